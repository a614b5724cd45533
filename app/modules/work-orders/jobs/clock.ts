import type { Id } from "~/kernel/ids";
import { err, ok } from "~/kernel/result";
import { DAY, type UtcMs } from "~/kernel/time";
import { type Decided, type LaborEntry, named, notAllowed, notFound, type Order, running, type WorkOrderCommand } from "../order";
import { canClock, canEdit } from "../work-order";
import { workOrderJournal } from "../work-order.journal";

type Command<I extends WorkOrderCommand["intent"]> = Extract<WorkOrderCommand, { intent: I }>;

/** The running clocks of an order, stopped now. */
export const stopped = (order: Order, now: UtcMs): LaborEntry[] => running(order.clocks).map((entry) => ({ ...entry, stoppedAt: now }));

/** A unit that is worked on is at the shop. */
export const isHere = ({ arrivedAt, releasedAt }: Order, now: UtcMs): Partial<Pick<Order, "arrivedAt" | "releasedAt">> =>
  arrivedAt !== null && releasedAt === null ? {} : { arrivedAt: now, releasedAt: null };

export function startClock(order: Order, { entryId, jobId, technician }: Command<"start-clock">, now: UtcMs): Decided {
  const allowed = canClock(order.state);
  if (allowed !== true) return notAllowed(allowed);
  const job = order.jobs.find(({ id }) => id === jobId);
  if (!job) return notFound;
  // Switching jobs within an order stops the person's other clock in the same change.
  const other = running(order.clocks).filter((entry) => entry.technician.id === technician.id);
  if (other.some((entry) => entry.jobId === jobId)) return notAllowed("Your clock is already running on this job.");
  const starts = order.state === "open" || order.state === "on-hold";
  return ok({
    event: workOrderJournal.of("clock.started", { ...named(order), job: job.position, technician: technician.name }),
    // Starting a clock starts the work.
    order: starts
      ? { state: "in-progress", holdReason: null, heldFrom: null, stateSince: now, stateVersion: order.version + 1, ...isHere(order, now) }
      : undefined,
    clocks: [...other.map((entry) => ({ ...entry, stoppedAt: now })), { id: entryId, jobId, technician, startedAt: now, stoppedAt: null }],
  });
}

export function stopClock(order: Order, entryId: Id<"laborEntry">, now: UtcMs): Decided {
  const entry = order.clocks.find(({ id }) => id === entryId);
  if (!entry) return notFound;
  if (entry.stoppedAt !== null) return notAllowed("This clock is already stopped.");
  return ok({
    event: workOrderJournal.of("clock.stopped", {
      ...named(order),
      job: jobNumber(order, entry),
      technician: entry.technician.name,
      minutes: Math.round((now - entry.startedAt) / 60_000),
    }),
    clocks: [{ ...entry, stoppedAt: now }],
  });
}

export function correctClock(order: Order, { entryId, startedAt, stoppedAt, why }: Command<"correct-clock">, now: UtcMs): Decided {
  const allowed = order.state === "invoiced" ? canEdit(order.state) : true;
  if (allowed !== true) return notAllowed(allowed);
  const entry = order.clocks.find(({ id }) => id === entryId);
  if (!entry) return notFound;
  if (why === "") return err({ kind: "no-reason" });
  if (stoppedAt <= startedAt) return err({ kind: "bad-times", message: "The end must be after the start." });
  if (stoppedAt > now) return err({ kind: "bad-times", message: "The end is in the future." });
  if (stoppedAt - startedAt > DAY) return err({ kind: "bad-times", message: "That's more than a day on the clock. Check both dates." });
  return ok({
    event: workOrderJournal.of("clock.corrected", {
      ...named(order),
      job: jobNumber(order, entry),
      technician: entry.technician.name,
      why,
      before: { startedAt: entry.startedAt, stoppedAt: entry.stoppedAt },
      after: { startedAt, stoppedAt },
    }),
    clocks: [{ ...entry, startedAt, stoppedAt }],
  });
}

const jobNumber = (order: Order, { jobId }: LaborEntry) => order.jobs.find(({ id }) => id === jobId)?.position ?? null;
