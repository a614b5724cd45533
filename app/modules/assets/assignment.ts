import { err, ok, type Result } from "~/kernel/result";
import { DAY, dayOf, startOfNamedDay, toUtcMs, type UtcMs } from "~/kernel/time";

/** When a driver has a vehicle: from `from` up to but excluding `to`; null is open-ended. */
export type Period = { from: UtcMs; to: UtcMs | null };
export type AssignmentRefusal = { kind: "not-a-day" } | { kind: "backwards" } | { kind: "overlaps" };

export const assignmentRefusalMessages: Record<AssignmentRefusal["kind"], string> = {
  "not-a-day": "Enter a valid date.",
  backwards: "The last day is before the first. Check both dates.",
  overlaps: "This driver already has this unit on some of these days.",
};

/**
 * The period between two days in the shop's time zone. An assignment from today starts now, so that a unit unassigned in
 * the morning can be assigned again in the afternoon.
 */
export function periodOf(days: { first: string; last: string | null }, zone: string, now: UtcMs): Result<Period, AssignmentRefusal> {
  const first = startOfNamedDay(days.first, zone);
  const last = days.last === null ? null : startOfNamedDay(days.last, zone);
  if (first === null || (days.last !== null && last === null)) return err({ kind: "not-a-day" });
  if (last !== null && last < first) return err({ kind: "backwards" });
  const from = days.first === dayOf(now, zone) ? now : first;
  // Noon of the next day is safe however many hours the day has.
  const to = last === null ? null : startOfNamedDay(dayOf(toUtcMs(last + 1.5 * DAY), zone), zone);
  return ok({ from, to });
}

const never = ({ from, to }: Period): boolean => to !== null && to <= from;

export const overlap = (a: Period, b: Period): boolean => !never(a) && !never(b) && (a.to === null || b.from < a.to) && (b.to === null || a.from < b.to);

/** A driver can have many units and a unit many drivers, but the same pair only once at a time. */
export function decideAssignment(wanted: Period, present: readonly Period[]): Result<Period, AssignmentRefusal> {
  return present.some((period) => overlap(wanted, period)) ? err({ kind: "overlaps" }) : ok(wanted);
}

/** The end of an assignment ended now; one that hasn't begun becomes empty. */
export const endOf = ({ from }: Period, now: UtcMs): UtcMs => toUtcMs(Math.max(from, now));
