import { startVitest } from "vitest/node";
// Read here too, so that the campaign prints what the test's own failure would.
import { formatRun, type RunResult } from "../../tests/world/square-notices/run-result.ts";

export type PaymentsOptions = { seed: number; size: number; minutes: number; report?(message: string): void };
export type PaymentsResult = { it: RunResult; failed: string[]; formatted: string };

/** Plays shops in workerd until Square made `size` notices or the minutes are over, as `tests/payments.workers.test.ts` does with a few. */
export async function payments({ seed, size, minutes, report = () => {} }: PaymentsOptions): Promise<PaymentsResult> {
  Object.assign(process.env, { VITE_PAYMENTS_SEED: String(seed), VITE_PAYMENTS_SIZE: String(size), VITE_PAYMENTS_MINUTES: String(minutes) });
  report(`playing ${size} notices of seed ${seed}`);
  const vitest = await startVitest("test", ["tests/payments.workers.test.ts"], { project: ["workers"], watch: false, reporters: [{}], testTimeout: 0 });
  try {
    const tests = vitest.state.getTestModules().flatMap((file) => [...file.children.allTests()]);
    const it = tests[0]?.meta().payments;
    const failed = tests.flatMap((test) => test.result().errors?.map(({ message }) => `${test.name}: ${message}`) ?? []);
    if (!it) throw new Error(`nothing was played: ${failed.join("\n") || vitest.state.getUnhandledErrors().map(String).join("\n")}`);
    return { it, failed, formatted: formatRun(it) };
  } finally {
    await vitest.close();
  }
}
