import type { Id } from "~/kernel/ids";
import { DAY, dayOf, HOUR, later, startOfNamedDay, type UtcMs } from "~/kernel/time";
import type { Revision } from "./revision";

/** An estimate with its revisions, the oldest first; of a very long row of them, the newest. */
export type Estimate = {
  id: Id<"estimate">;
  number: number;
  assetId: Id<"asset">;
  customerId: Id<"customer">;
  workOrderId: Id<"workOrder"> | null;
  version: number;
  revisions: readonly Revision[];
};

export const newest = ({ revisions }: Pick<Estimate, "revisions">): Revision => {
  const last = revisions.at(-1);
  if (!last) throw new Error("an estimate without a revision");
  return last;
};
export const draftOf = (estimate: Pick<Estimate, "revisions">): Revision | null => (newest(estimate).state === "draft" ? newest(estimate) : null);
/** What the customer has: the newest revision that was sent. */
export const latestSent = ({ revisions }: Pick<Estimate, "revisions">): Revision | null => revisions.findLast(({ offer }) => offer !== null) ?? null;

export const revisionOf = ({ revisions }: Estimate, wanted: number): Revision | undefined => revisions.find(({ revision }) => revision === wanted);

/** Its last day ends at midnight where the shop is. */
export const isExpired = (validThrough: string, now: UtcMs, zone: string): boolean => validThrough < dayOf(now, zone);

/** Two days before its last day, at nine in the morning; not at all where that is less than a day away. */
export function reminderOf(validThrough: string, now: UtcMs, zone: string): UtcMs | null {
  const last = startOfNamedDay(validThrough, zone);
  const at = last === null ? null : later(last, -2 * DAY + 9 * HOUR);
  return at !== null && at > later(now, DAY) ? at : null;
}
