import type { Id } from "~/kernel/ids";
import { dayOf, type UtcMs } from "~/kernel/time";
import type { Meter } from "~/modules/assets/meters/meter";
import type { WorkOrderState } from "~/modules/work-orders/work-order";
import { runningStates } from "~/modules/work-orders/work-order";
import type { Reset } from "./plan";

/** Work on an order that names a schedule. */
export type ScheduledWork = {
  /** The job that it began with: what was not done of it can go on as a job of a later order. */
  began: Id<"job">;
  state: WorkOrderState;
  /** When it was done first; counts while its order is completed. */
  doneAt: UtcMs | null;
  /** What became of its lines; "empty" if the job has none. */
  lines: "done" | "not-done" | "empty";
  /** The counted meters when it was done. */
  meters: Partial<Record<Meter, number>>;
};
/** What a person wrote down: done elsewhere, or skipped with a reason. `at` is when it was written. */
export type WrittenRecord = {
  id?: Id<"scheduleRecord">;
  kind: "done" | "skipped";
  day: string;
  at: UtcMs;
  meters: Partial<Record<Meter, number>>;
  until?: string | null;
};

/** A time that counts: the job that the work began with, or the record that somebody wrote. */
export type Done = Reset & { began?: Id<"job">; record?: Id<"scheduleRecord"> };

/**
 * The times that count, in order. An order counts while it is completed; one that was reopened or canceled does not. Completed
 * again, it counts from when its work was done first. Work that went on to another order is done once, when the last of its
 * orders is. On one day, the last by the clock counts: of a record that was written down on a later day nobody knows the
 * hour, so it comes after the others of its day, in the order in which such records were written. At the same moment, an order is before a record.
 */
export function resetsOf(work: readonly ScheduledWork[], records: readonly WrittenRecord[], zone: string): Done[] {
  const done = [...new Set(work.map(({ began }) => began))].flatMap((began): Timed[] => {
    const its = work.filter((one) => one.began === began);
    if (its.some(isOpenWork)) return [];
    const completed = its.flatMap((one) => (isDone(one, its) && one.doneAt !== null ? [{ at: one.doneAt, meters: one.meters }] : []));
    const last = completed.sort((a, b) => a.at - b.at).at(-1);
    return last ? [{ reset: { kind: "done", day: dayOf(last.at, zone), meters: last.meters, began }, at: last.at, isLate: false }] : [];
  });
  const written = records.map(
    ({ id, kind, day, at, meters, until }): Timed => ({ reset: { kind, day, meters, until, record: id }, at, isLate: dayOf(at, zone) !== day }),
  );
  return [...done, ...written].sort(inTime).map(({ reset }) => reset);
}

/** `isLate`: written down on a later day, at `at`. */
type Timed = { reset: Done; at: UtcMs; isLate: boolean };

function inTime(a: Timed, b: Timed): number {
  if (a.reset.day !== b.reset.day) return a.reset.day < b.reset.day ? -1 : 1;
  return Number(a.isLate) - Number(b.isLate) || a.at - b.at;
}

/** A job whose lines all went on to another order was not done; one that never had any was. */
const isDone = ({ state, lines }: ScheduledWork, { length }: readonly ScheduledWork[]): boolean =>
  (state === "completed" || state === "invoiced") && (lines === "done" || (lines === "empty" && length === 1));

/** An order with the schedule's work that is still open: it isn't made a second time. */
export const isOpenWork = ({ state }: Pick<ScheduledWork, "state">): boolean => runningStates.some((running) => running === state);
