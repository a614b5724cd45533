import { type ReviewReason, reviewLabels } from "~/modules/assets/meters/judge-reading";
import type { Meter } from "~/modules/assets/meters/meter";
import { meterLabels } from "~/modules/assets/meters/meter-labels";
import type { Baseline, Plan } from "./plan";
import type { MetersNow } from "./schedule-state";

/** What looks like a slip of the hand about a meter that somebody typed. */
export type MeterDoubt = { meter: Meter; reason: ReviewReason | "ahead" | "beyond" };
export type Doubtful = { kind: "doubtful"; doubts: readonly MeterDoubt[] };

const labels = {
  ...reviewLabels,
  rollback: "doesn't fit the readings before and after that day",
  ahead: "is more than the unit has now",
  beyond: "is further ahead than one interval",
};

/** Names doubts for the form that confirms them, so that a new doubt is asked about again. */
export const doubtKey = (doubts: readonly MeterDoubt[]): string => doubts.map(({ meter, reason }) => `${meter}-${reason}`).join(" ");
export const doubtQuestion = (doubts: readonly MeterDoubt[]): string =>
  doubts.map(({ meter, reason }) => `${meterLabels[meter]}: it ${labels[reason]}.`).join(" ");

/** Doubts about where a schedule begins, by the unit's meters now: it wasn't done at what isn't reached, and isn't due first later than by its plan. */
export function doubtsAboutStart({ means, meters }: Baseline, plan: Plan, now: MetersNow): MeterDoubt[] {
  return Object.entries(meters).flatMap(([name, value]): MeterDoubt[] => {
    const meter = name as Meter; // the baseline's keys
    const current = now[meter];
    if (!current) return [];
    if (means === "last-done") return value > current.value ? [{ meter, reason: "ahead" }] : [];
    const interval = plan.meters.find((one) => one.meter === meter);
    return interval && value > current.value + interval.every ? [{ meter, reason: "beyond" }] : [];
  });
}
