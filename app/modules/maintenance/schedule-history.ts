import { dayOf, type UtcMs } from "~/kernel/time";
import type { Meter } from "~/modules/assets/meters/meter";
import type { WorkOrderState } from "~/modules/work-orders/work-order";
import { runningStates } from "~/modules/work-orders/work-order";
import type { Reset } from "./plan";

/** Work on an order that names a schedule. */
export type ScheduledWork = {
  state: WorkOrderState;
  completedAt: UtcMs | null;
  /** Its job is still on the order, and was done. */
  isDone: boolean;
  /** The counted meters at completion. */
  meters: Partial<Record<Meter, number>>;
};
/** What a person wrote down: done elsewhere, or skipped with a reason. */
export type WrittenRecord = { kind: "done" | "skipped"; day: string; meters: Partial<Record<Meter, number>> };

/** The times that count, in order. An order counts while it is completed; one that was reopened or canceled does not. */
export function resetsOf(work: readonly ScheduledWork[], records: readonly WrittenRecord[], zone: string): Reset[] {
  const done = work.flatMap(({ state, completedAt, isDone, meters }): Reset[] =>
    isDone && completedAt !== null && (state === "completed" || state === "invoiced") ? [{ kind: "done", day: dayOf(completedAt, zone), meters }] : [],
  );
  return [...done, ...records].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

/** An order with the schedule's work that is still open: it isn't made a second time. */
export const isOpenWork = ({ state }: Pick<ScheduledWork, "state">): boolean => runningStates.some((running) => running === state);
