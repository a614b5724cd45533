// Read here too, so that the campaign prints what the test's own failure would.
import { formatRun, type RunResult } from "../../tests/world/square-notices/run-result.ts";
import { playInWorkerd } from "../parts/play.ts";

export type PaymentsOptions = { seed: number; size: number; minutes: number; report?(message: string): void };
export type PaymentsResult = { it: RunResult; failed: string[]; formatted: string };

/** Plays shops in workerd until Square made `size` notices or the minutes are over, as `tests/payments.workers.test.ts` does with a few. */
export async function payments({ seed, size, minutes, report = () => {} }: PaymentsOptions): Promise<PaymentsResult> {
  report(`playing ${size} notices of seed ${seed}`);
  const { result, failed } = await playInWorkerd(
    "tests/payments.workers.test.ts",
    { VITE_PAYMENTS_SEED: String(seed), VITE_PAYMENTS_SIZE: String(size), VITE_PAYMENTS_MINUTES: String(minutes) },
    ([test]) => test?.meta().payments,
  );
  return { it: result, failed, formatted: formatRun(result) };
}
