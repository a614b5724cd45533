import { startVitest } from "vitest/node";
// Read here too, so that the campaign prints what the test's own failure would.
import { formatRun, type RunResult } from "../../tests/world/filings/run-result.ts";

export type DvirOptions = { seed: number; size: number; report?(message: string): void };
export type DvirResult = { it: RunResult; failed: string[]; formatted: string };

/** Plays shops in workerd until their drivers signed `size` filings, as `tests/filings.workers.test.ts` does with a few. */
export async function dvir({ seed, size, report = () => {} }: DvirOptions): Promise<DvirResult> {
  Object.assign(process.env, { VITE_FILINGS_SEED: String(seed), VITE_FILINGS_SIZE: String(size) });
  report(`playing ${size} filings of seed ${seed}`);
  const vitest = await startVitest("test", ["tests/filings.workers.test.ts"], { project: ["workers"], watch: false, reporters: [{}], testTimeout: 0 });
  try {
    const tests = vitest.state.getTestModules().flatMap((file) => [...file.children.allTests()]);
    const it = tests[0]?.meta().filings;
    const failed = tests.flatMap((test) => test.result().errors?.map(({ message }) => `${test.name}: ${message}`) ?? []);
    if (!it) throw new Error(`nothing was played: ${failed.join("\n") || vitest.state.getUnhandledErrors().map(String).join("\n")}`);
    return { it, failed, formatted: formatRun(it) };
  } finally {
    await vitest.close();
  }
}
