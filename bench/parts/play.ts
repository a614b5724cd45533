import { startVitest, type TestCase } from "vitest/node";

type Played<Result> = { result: Result; failed: string[] };

/**
 * Runs a test file of the workers project, with variables that make it larger than in `npm test`. `resultOf` reads what
 * its tests left in their meta; without it, nothing was played and this throws.
 */
export async function playInWorkerd<Result>(
  file: string,
  variables: Record<`VITE_${string}`, string>,
  resultOf: (tests: readonly TestCase[]) => Result | undefined,
): Promise<Played<Result>> {
  Object.assign(process.env, variables);
  const vitest = await startVitest("test", [file], { project: ["workers"], watch: false, reporters: [{}], testTimeout: 0 });
  try {
    const tests = vitest.state.getTestModules().flatMap((module) => [...module.children.allTests()]);
    const result = resultOf(tests);
    const failed = tests.flatMap((test) => test.result().errors?.map(({ message }) => `${test.name}: ${message}`) ?? []);
    if (!result) throw new Error(`nothing was played: ${failed.join("\n") || vitest.state.getUnhandledErrors().map(String).join("\n")}`);
    return { result, failed };
  } finally {
    await vitest.close();
  }
}
