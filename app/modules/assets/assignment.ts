import { err, ok, type Result } from "~/kernel/result";
import { DAY, dayOf, startOfNamedDay, toUtcMs, type UtcMs } from "~/kernel/time";

/** From when to when a driver has a vehicle: `to` is the first instant of not having it, or null while nobody said. */
export type Period = { from: UtcMs; to: UtcMs | null };
export type AssignmentRefusal = { kind: "not-a-day" } | { kind: "backwards" } | { kind: "overlaps" };

export const assignmentRefusalMessages: Record<AssignmentRefusal["kind"], string> = {
  "not-a-day": "That is not a day.",
  backwards: "The last day is before the first.",
  overlaps: "The driver has this unit on some of these days already.",
};

/**
 * The period that two days in the shop's zone mean. Assigned for today is assigned from now on, so that a unit
 * given back in the morning can be taken again in the afternoon.
 */
export function periodOf(days: { first: string; last: string | null }, zone: string, now: UtcMs): Result<Period, AssignmentRefusal> {
  const first = startOfNamedDay(days.first, zone);
  const last = days.last === null ? null : startOfNamedDay(days.last, zone);
  if (first === null || (days.last !== null && last === null)) return err({ kind: "not-a-day" });
  if (last !== null && last < first) return err({ kind: "backwards" });
  const from = days.first === dayOf(now, zone) ? now : first;
  // Noon of the day after, however many hours the day itself has.
  const to = last === null ? null : startOfNamedDay(dayOf(toUtcMs(last + 1.5 * DAY), zone), zone);
  return ok({ from, to });
}

const never = ({ from, to }: Period): boolean => to !== null && to <= from;

export const overlap = (a: Period, b: Period): boolean => !never(a) && !never(b) && (a.to === null || b.from < a.to) && (b.to === null || a.from < b.to);

/** A driver may have many units, and a unit many drivers; the same two only once at a time. */
export function decideAssignment(wanted: Period, present: readonly Period[]): Result<Period, AssignmentRefusal> {
  return present.some((period) => overlap(wanted, period)) ? err({ kind: "overlaps" }) : ok(wanted);
}

/** When an assignment ends that is given back now: one that never began is as if it had not been. */
export const endOf = ({ from }: Period, now: UtcMs): UtcMs => toUtcMs(Math.max(from, now));
