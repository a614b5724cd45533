import type { Id } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";
import { DAY, type UtcMs } from "~/kernel/time";
import { keepingCosts } from "./jobs/costs";
import type { Job, Technician } from "./jobs/job";
import { titleOf } from "./service-requests/service-request";
import { type BoardState, canBill, canCancel, canClock, canEdit, canMove, canReopen, canUnbill, type HoldReason, type WorkOrderState } from "./work-order";
import { type WorkOrderEvent, workOrderJournal } from "./work-order.journal";

/** Time a technician spent on a job; at most one runs per technician. */
export type LaborEntry = {
  id: Id<"laborEntry">;
  jobId: Id<"job">;
  technician: Technician;
  startedAt: UtcMs;
  stoppedAt: UtcMs | null;
};

export type Head = { title: string; lead: Technician | null; promisedAt: UtcMs | null; purchaseOrder: string | null };

/**
 * A work order with everything a decision needs. Each part has the order's version of its last change, so a person
 * only gets a conflict if someone else changed the part they had open.
 */
export type Order = Head & {
  id: Id<"workOrder">;
  number: number;
  assetId: Id<"asset">;
  customerId: Id<"customer">;
  version: number;
  headVersion: number;
  stateVersion: number;
  state: WorkOrderState;
  holdReason: HoldReason | null;
  stateSince: UtcMs;
  completedAt: UtcMs | null;
  /** Version of the rates and taxes at completion; null while the current ones apply. */
  rulesVersion: number | null;
  jobs: readonly Job[];
  clocks: readonly LaborEntry[];
};

/** Far above any real order. */
export const MOST_JOBS = 200;

export type JobDraft = Omit<Job, "version" | "position">;

/** Commands on an order. `seen` is the order's version on the user's page. */
export type WorkOrderCommand =
  /** `why`: the reason for completing what a vendor still works on. */
  | { intent: "move"; seen: number; to: BoardState; holdReason: HoldReason | null; rulesVersion: number; why?: string }
  | { intent: "reopen"; why: string }
  | { intent: "cancel"; why: string }
  /** From issuing or voiding an invoice. `seen` is the version that the invoice was computed from. */
  | { intent: "bill"; seen: number; invoiceId: Id<"invoice"> }
  | { intent: "unbill"; invoiceId: Id<"invoice"> }
  | { intent: "change-head"; seen: number; head: Head }
  /** `keepsCosts` for an author who can't see costs: the lines keep the costs they have. */
  | { intent: "save-job"; seen: number; job: JobDraft; keepsCosts?: boolean }
  | { intent: "remove-job"; seen: number; jobId: Id<"job"> }
  /** Adds approved lines: to the job they were requested for if it has no lines yet, otherwise as a new job. */
  | { intent: "place-approved"; job: JobDraft }
  /** Adds or removes approved outside work. On a locked order only the cost changes; the customer's price stays. */
  | { intent: "place-outside"; job: JobDraft }
  | { intent: "lift-outside"; jobId: Id<"job"> }
  | { intent: "start-clock"; entryId: Id<"laborEntry">; jobId: Id<"job">; technician: Technician }
  | { intent: "stop-clock"; entryId: Id<"laborEntry"> }
  | { intent: "correct-clock"; entryId: Id<"laborEntry">; startedAt: UtcMs; stoppedAt: UtcMs; why: string };

export type WorkOrderRefusal =
  | { kind: "not-allowed"; message: string }
  | { kind: "stale" }
  | { kind: "no-reason" }
  | { kind: "not-found" }
  | { kind: "job-in-use"; message: string }
  | { kind: "job-gone"; message: string }
  | { kind: "bad-times"; message: string };

/** What a decision changes, and its journal entry. Parts not named stay as they are. */
export type Change = {
  event: WorkOrderEvent;
  order?: Partial<Pick<Order, "state" | "holdReason" | "stateSince" | "stateVersion" | "completedAt" | "rulesVersion" | "headVersion"> & Head>;
  job?: Job;
  removedJob?: Id<"job">;
  clocks?: readonly LaborEntry[];
};

type Decided = Result<Change, WorkOrderRefusal>;
const notAllowed = (message: string): Decided => err({ kind: "not-allowed", message });
const notFound: Decided = err({ kind: "not-found" });
const stale: Decided = err({ kind: "stale" });

export function decide(order: Order, command: WorkOrderCommand, now: UtcMs): Decided {
  switch (command.intent) {
    case "move":
      return move(order, command, now);
    case "reopen":
      return leave(order, canReopen(order.state), command.why, now, "work-order.reopened");
    case "cancel":
      return leave(order, canCancel(order.state), command.why, now, "work-order.canceled");
    case "bill":
      return command.seen === order.version ? bill(order, canBill(order.state), command.invoiceId, now, "work-order.invoiced") : stale;
    case "unbill":
      return bill(order, canUnbill(order.state), command.invoiceId, now, "work-order.invoice-voided");
    case "place-approved":
      return placeApproved(order, command.job);
    case "place-outside":
      return placeOutside(order, command.job);
    case "lift-outside":
      return liftOutside(order, command.jobId);
    case "start-clock":
      return startClock(order, command, now);
    case "stop-clock":
      return stopClock(order, command.entryId, now);
    case "correct-clock":
      return correctClock(order, command, now);
    default:
      return edit(order, command);
  }
}

/** The order after a change, at the next version. */
export function applied(order: Order, change: Change): Order {
  const jobs = order.jobs.filter(({ id }) => id !== change.removedJob && id !== change.job?.id);
  const clocks = order.clocks.filter(({ id }) => !change.clocks?.some((entry) => entry.id === id));
  return {
    ...order,
    ...change.order,
    version: order.version + 1,
    jobs: (change.job ? [...jobs, change.job] : jobs).sort((a, b) => a.position - b.position),
    clocks: [...clocks, ...(change.clocks ?? [])].sort((a, b) => a.startedAt - b.startedAt),
  };
}

/** Whether the customer sees a difference: progress and jobs, but not clocks. */
export const isSeenByCustomer = ({ order, job, removedJob }: Change): boolean => order !== undefined || job !== undefined || removedJob !== undefined;

export const linesOf = (order: Pick<Order, "jobs">) => order.jobs.flatMap(({ lines }) => lines);
export const running = (clocks: readonly LaborEntry[]): LaborEntry[] => clocks.filter(({ stoppedAt }) => stoppedAt === null);

function move(order: Order, command: Extract<WorkOrderCommand, { intent: "move" }>, now: UtcMs): Decided {
  if (command.seen < order.stateVersion) return stale;
  const allowed = canMove(order.state, command.to);
  if (allowed !== true) return notAllowed(allowed);
  if (command.to === "on-hold" && command.holdReason === null) return err({ kind: "no-reason" });
  const finished = command.to === "completed" && order.state !== "completed";
  if (finished) {
    const open = order.jobs.find(({ correction }) => correction === "");
    if (open) return notAllowed(`Enter the correction for "${shortened(open.complaint)}" on job ${open.position} first.`);
  }
  const holdReason = command.to === "on-hold" ? command.holdReason : null;
  const moved = { ...named(order), from: order.state, to: command.to, holdReason };
  return ok({
    event: finished
      ? workOrderJournal.of("work-order.completed", { ...moved, ...(command.why ? { why: command.why } : {}) })
      : workOrderJournal.of("work-order.moved", moved),
    order: {
      state: command.to,
      holdReason,
      stateSince: order.state === command.to ? order.stateSince : now,
      stateVersion: order.version + 1,
      ...(finished ? { completedAt: now, rulesVersion: command.rulesVersion } : {}),
    },
    // Clocks only run while work is in progress.
    clocks: command.to === "in-progress" ? [] : stopped(order, now),
  });
}

function leave(order: Order, allowed: true | string, why: string, now: UtcMs, code: "work-order.reopened" | "work-order.canceled"): Decided {
  if (allowed !== true) return notAllowed(allowed);
  if (why === "") return err({ kind: "no-reason" });
  const to = code === "work-order.reopened" ? "in-progress" : "canceled";
  return ok({
    event: workOrderJournal.of(code, { ...named(order), from: order.state, to, why }),
    order: { state: to, holdReason: null, stateSince: now, stateVersion: order.version + 1, completedAt: null, rulesVersion: null },
    clocks: stopped(order, now),
  });
}

/** Adds the order to an invoice or releases it; the rates of its completion stay. */
function bill(order: Order, allowed: true | string, invoice: Id<"invoice">, now: UtcMs, code: "work-order.invoiced" | "work-order.invoice-voided"): Decided {
  if (allowed !== true) return notAllowed(allowed);
  const event = workOrderJournal.of(code, { ...named(order), invoice });
  return ok({ event, order: { state: code === "work-order.invoiced" ? "invoiced" : "completed", stateSince: now, stateVersion: order.version + 1 } });
}

const stopped = (order: Order, now: UtcMs) => running(order.clocks).map((entry) => ({ ...entry, stoppedAt: now }));

function edit(order: Order, command: Extract<WorkOrderCommand, { intent: "change-head" | "save-job" | "remove-job" }>): Decided {
  const allowed = canEdit(order.state);
  if (allowed !== true) return notAllowed(allowed);
  const next = order.version + 1;
  if (command.intent === "change-head") {
    if (command.seen < order.headVersion) return stale;
    return ok({ event: workOrderJournal.of("work-order.changed", { ...command.head, ...named(order) }), order: { ...command.head, headVersion: next } });
  }
  const known = order.jobs.find(({ id }) => id === (command.intent === "save-job" ? command.job.id : command.jobId));
  if (known && command.seen < known.version) return stale;
  if (command.intent === "save-job") {
    if (!known && order.jobs.length >= MOST_JOBS) return notAllowed(`A work order can have up to ${MOST_JOBS} jobs. Open another one for more.`);
    const position = known?.position ?? Math.max(0, ...order.jobs.map((job) => job.position)) + 1;
    const job = command.keepsCosts ? { ...command.job, lines: keepingCosts(command.job.lines, known?.lines ?? []) } : command.job;
    const event = workOrderJournal.of(known ? "job.changed" : "job.added", { ...job, ...named(order), job: position });
    return ok({ event, job: { ...job, position, version: next } });
  }
  if (!known) return notFound;
  if (order.clocks.some(({ jobId }) => jobId === known.id))
    return err({ kind: "job-in-use", message: "Someone clocked time on this job, so it can't be removed. Remove its lines instead." });
  return ok({ event: workOrderJournal.of("job.removed", { ...named(order), job: known.position, complaint: known.complaint }), removedJob: known.id });
}

function placeApproved(order: Order, job: JobDraft): Decided {
  const allowed = canEdit(order.state);
  if (allowed !== true) return notAllowed(allowed);
  if (order.jobs.some((known) => isPlaced(job, known))) return stale;
  const version = order.version + 1;
  // The estimate was for a complaint of this order: keep its cause and correction.
  const asked = order.jobs.find((known) => known.lines.length === 0 && titleOf(known.complaint) === titleOf(job.complaint));
  const placed = asked
    ? { ...asked, lines: job.lines, version }
    : { ...job, position: Math.max(0, ...order.jobs.map(({ position }) => position)) + 1, version };
  const event = workOrderJournal.of("approved-work.added", { ...named(order), job: placed.position, name: placed.complaint, lines: job.lines });
  return ok({ event, job: placed });
}

/** Whether approved lines are on a job already: one of their own, or the one they were requested for. */
export const isPlaced = (approved: Pick<Job, "id" | "lines">, on: Pick<Job, "id" | "lines">): boolean =>
  approved.id === on.id || on.lines.some(({ id }) => approved.lines.some((line) => line.id === id));

function placeOutside(order: Order, job: JobDraft): Decided {
  if (order.jobs.some(({ id }) => id === job.id)) return stale;
  const position = Math.max(0, ...order.jobs.map((known) => known.position)) + 1;
  const lines = canEdit(order.state) === true ? job.lines : job.lines.map((line) => ({ ...line, each: toCents(0) }));
  const event = workOrderJournal.of("outside-work.added", { ...named(order), job: position, name: job.complaint });
  return ok({ event, job: { ...job, lines, position, version: order.version + 1 } });
}

function liftOutside(order: Order, jobId: Id<"job">): Decided {
  const known = order.jobs.find(({ id }) => id === jobId);
  if (!known) return notFound;
  const allowed = canEdit(order.state);
  if (allowed !== true && known.lines.some(({ each }) => each !== 0)) return notAllowed(allowed);
  const event = workOrderJournal.of("outside-work.removed", { ...named(order), job: known.position, name: known.complaint });
  // A job with clocked time stays, without its lines.
  return order.clocks.some((entry) => entry.jobId === jobId)
    ? ok({ event, job: { ...known, lines: [], version: order.version + 1 } })
    : ok({ event, removedJob: jobId });
}

function startClock(order: Order, { entryId, jobId, technician }: Extract<WorkOrderCommand, { intent: "start-clock" }>, now: UtcMs): Decided {
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
    order: starts ? { state: "in-progress", holdReason: null, stateSince: now, stateVersion: order.version + 1 } : undefined,
    clocks: [...other.map((entry) => ({ ...entry, stoppedAt: now })), { id: entryId, jobId, technician, startedAt: now, stoppedAt: null }],
  });
}

function stopClock(order: Order, entryId: Id<"laborEntry">, now: UtcMs): Decided {
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

function correctClock(order: Order, { entryId, startedAt, stoppedAt, why }: Extract<WorkOrderCommand, { intent: "correct-clock" }>, now: UtcMs): Decided {
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

/** The order as its events name it. */
const named = ({ number, title }: Order) => ({ number, order: title });
const jobNumber = (order: Order, { jobId }: LaborEntry) => order.jobs.find(({ id }) => id === jobId)?.position ?? null;
const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);
