import { startVitest } from "vitest/node";
// Read here too, so that the campaign prints what the test's own failure would.
import { formatRun, type RunResult } from "../../tests/world/repairs/run-result.ts";

export type RepairsOptions = { seed: number; size: number; report?(message: string): void };
export type RepairsResult = { app: RunResult; control: RunResult; failed: string[]; formatted: string };

/** Plays `size` cases of the property of repairs in workerd, as `tests/repairs.workers.test.ts` does with a few, and a tenth as many against its naive control. */
export async function repairs({ seed, size, report = () => {} }: RepairsOptions): Promise<RepairsResult> {
  Object.assign(process.env, { VITE_REPAIRS_SEED: String(seed), VITE_REPAIRS_SIZE: String(size) });
  report(`playing ${size} cases of seed ${seed}`);
  const vitest = await startVitest("test", ["tests/repairs.workers.test.ts"], { project: ["workers"], watch: false, reporters: [{}], testTimeout: 0 });
  try {
    const tests = vitest.state.getTestModules().flatMap((file) => [...file.children.allTests()]);
    const [app, control] = tests.map((test) => test.meta().repairs);
    const failed = tests.flatMap((test) => test.result().errors?.map(({ message }) => `${test.name}: ${message}`) ?? []);
    if (!app || !control) throw new Error(`the cases were not played: ${failed.join("\n") || vitest.state.getUnhandledErrors().map(String).join("\n")}`);
    return { app, control, failed, formatted: formatRun(app) };
  } finally {
    await vitest.close();
  }
}
