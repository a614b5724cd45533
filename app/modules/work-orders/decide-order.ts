import type { Id } from "~/kernel/ids";
import { err, never, ok } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { canCancelOrder } from "./cancel";
import { correctClock, discardClock, isHere, startClock, stopClock, stopped } from "./jobs/clock";
import { removeJob, saveJob } from "./jobs/edit-job";
import type { Job, OrderLine } from "./jobs/job";
import { decidedOn, isRefusedWork } from "./lines/authorization";
import { jobsWith } from "./lines/jobs-with";
import { isDeferral, type LineDecision } from "./lines/line-decision";
import { type Decided, named, notAllowed, type Order, stale, type WorkOrderCommand } from "./order";
import { canArrive, canBill, canEdit, canMove, canRelease, canReopen, canUnbill } from "./work-order";
import { workOrderJournal } from "./work-order.journal";

export function decide(order: Order, command: WorkOrderCommand, now: UtcMs): Decided {
  switch (command.intent) {
    case "move":
      return move(order, command, now);
    case "arrive":
      return arrive(order, now);
    case "release":
      return release(order, now);
    case "reopen":
      return leave(order, canReopen(order.state), command, now, "work-order.reopened");
    case "cancel":
      return leave(order, canCancelOrder(order), command, now, "work-order.canceled");
    case "bill":
      return command.seen === order.version ? bill(order, canBill(order.state), command, now, "work-order.invoiced") : stale;
    case "unbill":
      return bill(order, canUnbill(order.state), command, now, "work-order.invoice-voided");
    case "change-head":
      return changeHead(order, command);
    case "save-job":
      return saveJob(order, command);
    case "remove-job":
      return removeJob(order, command);
    case "start-clock":
      return startClock(order, command, now);
    case "stop-clock":
      return stopClock(order, command.entryId, now);
    case "correct-clock":
      return correctClock(order, command, now);
    case "discard-clock":
      return discardClock(order, command, now);
    default:
      return never(command);
  }
}

function changeHead(order: Order, { seen, head }: Extract<WorkOrderCommand, { intent: "change-head" }>): Decided {
  const allowed = canEdit(order.state);
  if (allowed !== true) return notAllowed(allowed);
  if (seen < order.headVersion) return stale;
  return ok({ event: workOrderJournal.of("work-order.changed", { ...head, ...named(order) }), order: { ...head, headVersion: order.version + 1 } });
}

function move(order: Order, command: Extract<WorkOrderCommand, { intent: "move" }>, now: UtcMs): Decided {
  if (command.seen < order.stateVersion) return stale;
  const allowed = canMove(order.state, command.to);
  if (allowed !== true) return notAllowed(allowed);
  if (command.to === "on-hold" && command.holdReason === null) return err({ kind: "no-reason" });
  const finished = command.to === "completed" && order.state !== "completed";
  if (finished) {
    const open = order.jobs.find((job) => job.correction === "" && !isLeftOut(order, job, command.notDone ?? []));
    if (open) return notAllowed(`Enter the correction for "${open.complaint}" on job ${open.position} first.`);
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
      heldFrom: command.to !== "on-hold" ? null : order.state === "on-hold" ? order.heldFrom : order.state,
      stateSince: order.state === command.to ? order.stateSince : now,
      stateVersion: order.version + 1,
      ...(finished ? { completedAt: now, rulesVersion: command.rulesVersion } : {}),
      ...(command.to === "in-progress" ? isHere(order, now) : {}),
    },
    ...(finished ? { jobs: withDone(order, (line) => !command.notDone?.includes(line.id)) } : {}),
    // Clocks only run while work is in progress.
    clocks: command.to === "in-progress" ? [] : stopped(order, now),
  });
}

function arrive(order: Order, now: UtcMs): Decided {
  const allowed = canArrive(order);
  if (allowed !== true) return notAllowed(allowed);
  return ok({ event: workOrderJournal.of("work-order.arrived", named(order)), order: { arrivedAt: now, releasedAt: null } });
}

function release(order: Order, now: UtcMs): Decided {
  const allowed = canRelease(order);
  if (allowed !== true) return notAllowed(allowed);
  return ok({ event: workOrderJournal.of("work-order.released", named(order)), order: { releasedAt: now } });
}

const isDeclined = (order: Order, line: OrderLine): boolean => isRefusedWork(decidedOn(order, line.id).state);
/** A job of which nothing was done, because the customer declined it or it was left for later. */
const isLeftOut = (order: Order, { lines }: Job, notDone: readonly Id<"line">[]): boolean =>
  lines.length > 0 && lines.every((line) => notDone.includes(line.id) || isDeclined(order, line));

/** The jobs whose lines get another answer to whether they were done. Declined lines are not asked about. */
const withDone = (order: Order, doneOf: (line: OrderLine) => boolean | null): Job[] =>
  changedJobs(order, (line) => {
    const done = isDeclined(order, line) ? null : doneOf(line);
    return done === line.done ? line : { ...line, done };
  });

/** The jobs of a canceled order: deferred work that it offered again is deferred again, unless the new line is deferred itself. */
const released = (order: Order): Job[] =>
  changedJobs(order, (line) => (line.revivedFrom === null || isDeferral(decidedOn(order, line.id).state) ? line : { ...line, revivedFrom: null }));

/** Jobs with other lines, each a new version of the job. */
const changedJobs = (order: Order, of: (line: OrderLine) => OrderLine): Job[] => jobsWith(order, of).map((job) => ({ ...job, version: order.version + 1 }));

type Leaving = { why: string; anew?: boolean };

function leave(order: Order, allowed: true | string, { why, anew }: Leaving, now: UtcMs, code: "work-order.reopened" | "work-order.canceled"): Decided {
  if (allowed !== true) return notAllowed(allowed);
  if (why === "") return err({ kind: "no-reason" });
  const to = code === "work-order.reopened" ? "in-progress" : "canceled";
  return ok({
    event: workOrderJournal.of(code, { ...named(order), from: order.state, to, why, ...(anew ? { anew } : {}) }),
    order: { state: to, holdReason: null, heldFrom: null, stateSince: now, stateVersion: order.version + 1, completedAt: null, rulesVersion: null },
    jobs: to === "canceled" ? released(order) : withDone(order, ({ done }) => done || null),
    clocks: stopped(order, now),
  });
}

type Billing = { invoiceId: Id<"invoice">; reasoned?: readonly LineDecision[]; why?: string };

/** Adds the order to an invoice or releases it; the rates of its completion and all decisions stay. */
function bill(
  order: Order,
  allowed: true | string,
  { invoiceId, reasoned: decisions = [], why = "" }: Billing,
  now: UtcMs,
  code: "work-order.invoiced" | "work-order.invoice-voided",
): Decided {
  if (allowed !== true) return notAllowed(allowed);
  const event = workOrderJournal.of(code, { ...named(order), invoice: invoiceId, ...(why ? { why } : {}) });
  const state = code === "work-order.invoiced" ? "invoiced" : "completed";
  return ok({ event, order: { state, stateSince: now, stateVersion: order.version + 1 }, decisions });
}
