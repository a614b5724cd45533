import { DAY, dayOf, later, type UtcMs } from "~/kernel/time";
import { type Estimate, newest } from "./estimate";

/** How long after its last day an estimate still counts as one that may be answered. */
const DAYS = 30;

/** The day that the last day of an estimate has to be before, for it to count as never answered. */
export const lapsedBefore = (now: UtcMs, zone: string): string => dayOf(later(now, -DAYS * DAY), zone);

/** Whether none of an order's estimates leads to work anymore: each was declined, or expired 30 days ago without an answer. */
export function isClosed(estimates: readonly Pick<Estimate, "revisions">[], lapsed: string): boolean {
  const living = estimates.map(newest).filter(({ state }) => state !== "withdrawn");
  return living.length > 0 && living.every(({ state, content }) => state === "declined" || (state === "sent" && content.validThrough < lapsed));
}
