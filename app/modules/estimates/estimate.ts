import type { Id } from "~/kernel/ids";
import { DAY, dayOf, HOUR, later, startOfNamedDay, type UtcMs } from "~/kernel/time";
import type { Revision } from "./revision";

/** An estimate with its revisions, oldest first; of a very long list only the newest. */
export type Estimate = {
  id: Id<"estimate">;
  number: number;
  assetId: Id<"asset">;
  customerId: Id<"customer">;
  /** The order whose lines it offers. */
  workOrderId: Id<"workOrder">;
  version: number;
  revisions: readonly Revision[];
};

/** The newest revision, without drafts that an answer to the revision before them ended. */
export const newest = ({ revisions }: Pick<Estimate, "revisions">): Revision => {
  const last = revisions.findLast(({ state, offer }) => state !== "superseded" || offer !== null);
  if (!last) throw new Error("estimate without a revision");
  return last;
};
export const draftOf = (estimate: Pick<Estimate, "revisions">): Revision | null => (newest(estimate).state === "draft" ? newest(estimate) : null);
/** The revision the customer has: the newest one sent. */
export const latestSent = ({ revisions }: Pick<Estimate, "revisions">): Revision | null => revisions.findLast(({ offer }) => offer !== null) ?? null;

export const revisionOf = ({ revisions }: Estimate, wanted: number): Revision | undefined => revisions.find(({ revision }) => revision === wanted);

/** The last day ends at midnight in the shop's time zone. */
export const isExpired = (validThrough: string, now: UtcMs, zone: string): boolean => validThrough < dayOf(now, zone);

/** Reminder at 9 a.m. two days before the last day; null if that is less than a day away. */
export function reminderOf(validThrough: string, now: UtcMs, zone: string): UtcMs | null {
  const last = startOfNamedDay(validThrough, zone);
  const at = last === null ? null : later(last, -2 * DAY + 9 * HOUR);
  return at !== null && at > later(now, DAY) ? at : null;
}
