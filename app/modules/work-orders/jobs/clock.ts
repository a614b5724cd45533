import type { Id } from "~/kernel/ids";
import { err, ok } from "~/kernel/result";
import { DAY, MINUTE, type UtcMs } from "~/kernel/time";
import { type ClockKeeper, type Decided, type LaborEntry, named, notAllowed, notFound, type Order, running, type WorkOrderCommand } from "../order";
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

/** So long after its start a technician may discard a clock of their own. */
const OWN_DISCARD = 15 * MINUTE;

/** True if someone may discard this clock, or the reason why not. */
export function canDiscard(state: Order["state"], entry: Pick<LaborEntry, "technician" | "startedAt">, by: ClockKeeper, now: UtcMs): true | string {
  if (state === "invoiced") return canEdit(state);
  if (by.mayAny) return true;
  if (by.id !== entry.technician.id) return "Only an owner or manager can discard someone else's clock.";
  return now - entry.startedAt <= OWN_DISCARD || "This clock was started more than 15 minutes ago. Ask an owner or manager to discard it.";
}

/** Takes back a clock that was started by mistake, as if it had never run; the journal keeps it. */
export function discardClock(order: Order, { entryId, by, why }: Command<"discard-clock">, now: UtcMs): Decided {
  const entry = order.clocks.find(({ id }) => id === entryId);
  if (!entry) return notFound;
  const allowed = canDiscard(order.state, entry, by, now);
  if (allowed !== true) return notAllowed(allowed);
  if (why === "") return err({ kind: "no-reason" });
  const { technician, startedAt, stoppedAt } = entry;
  return ok({
    event: workOrderJournal.of("clock.discarded", {
      ...named(order),
      job: jobNumber(order, entry),
      technician: technician.name,
      why,
      period: { startedAt, stoppedAt },
    }),
    discardedClock: entryId,
  });
}

const jobNumber = (order: Order, { jobId }: LaborEntry) => order.jobs.find(({ id }) => id === jobId)?.position ?? null;
