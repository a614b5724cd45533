// Read here too, so that the campaign prints what the test's own failure would.
import { formatRun, type RunResult } from "../../tests/world/filings/run-result.ts";
import { playInWorkerd } from "../parts/play.ts";

export type DvirOptions = { seed: number; size: number; report?(message: string): void };
export type DvirResult = { it: RunResult; failed: string[]; formatted: string };

/** Plays shops in workerd until their drivers signed `size` filings, as `tests/filings.workers.test.ts` does with a few. */
export async function dvir({ seed, size, report = () => {} }: DvirOptions): Promise<DvirResult> {
  report(`playing ${size} filings of seed ${seed}`);
  const { result, failed } = await playInWorkerd(
    "tests/filings.workers.test.ts",
    { VITE_FILINGS_SEED: String(seed), VITE_FILINGS_SIZE: String(size) },
    ([test]) => test?.meta().filings,
  );
  return { it: result, failed, formatted: formatRun(result) };
}
