import type { Meter } from "~/modules/assets/meters/meter";
import type { Baseline } from "./plan";
import type { MetersNow } from "./schedule-state";

/** `now`: counts from today and the current meters. `due`: due at once, as nobody knows when it was done. */
export type Start = { kind: "now" } | { kind: "due" } | { kind: "known"; baseline: Baseline };

/** Where a schedule that starts so begins. */
export function baselineOf(start: Start, meters: MetersNow, today: string): Baseline {
  if (start.kind === "known") return start.baseline;
  const current = Object.fromEntries(Object.entries(meters).map(([meter, { value }]) => [meter, value])) as Partial<Record<Meter, number>>;
  return { means: start.kind === "now" ? "last-done" : "first-due", day: today, meters: current };
}
