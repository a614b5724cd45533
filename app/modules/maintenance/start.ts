import type { UtcMs } from "~/kernel/time";
import type { Baseline } from "./plan";

/** `now`: counts from today and the current meters. `due`: due at once, as nobody knows when it was done. */
export type Start = { kind: "now" } | { kind: "due" } | { kind: "known"; baseline: Baseline };

/** Where a schedule that starts so begins. From now on it counts by what the log has for this moment, also once a reading of it is corrected. */
export function baselineOf(start: Start, now: UtcMs, today: string): Baseline {
  if (start.kind === "known") return start.baseline;
  return { means: start.kind === "now" ? "last-done" : "first-due", day: today, meters: {}, at: now };
}
