// Read here too, so that the campaign prints what the test's own failure would.
import { formatRun, type RunResult } from "../../tests/world/repairs/run-result.ts";
import { playInWorkerd } from "../parts/play.ts";

export type RepairsOptions = { seed: number; size: number; report?(message: string): void };
export type RepairsResult = { app: RunResult; control: RunResult; failed: string[]; formatted: string };

/** Plays `size` cases of the property of repairs in workerd, as `tests/repairs.workers.test.ts` does with a few, and a tenth as many against its naive control. */
export async function repairs({ seed, size, report = () => {} }: RepairsOptions): Promise<RepairsResult> {
  report(`playing ${size} cases of seed ${seed}`);
  const { result, failed } = await playInWorkerd(
    "tests/repairs.workers.test.ts",
    { VITE_REPAIRS_SEED: String(seed), VITE_REPAIRS_SIZE: String(size) },
    (tests) => {
      const [app, control] = tests.map((test) => test.meta().repairs);
      return app && control && { app, control };
    },
  );
  return { ...result, failed, formatted: formatRun(result.app) };
}
