import type { StoredEvent } from "~/kernel/events";
import { DAY, later, toUtcMs, type UtcMs } from "~/kernel/time";
import type { HoldReason, WorkOrderState } from "../work-order";
import { workOrderJournal } from "../work-order.journal";

/** Progress as the customer sees it, derived from the order's state and whether its estimate was approved. */
export const stages = ["received", "diagnosing", "approval", "parts", "vendor", "in-work", "ready"] as const;
export type Stage = (typeof stages)[number];

export const stageLabels: Record<Stage, string> = {
  received: "Received",
  diagnosing: "Diagnosing",
  approval: "Waiting for your approval",
  parts: "Waiting for parts",
  vendor: "At an outside shop",
  "in-work": "In progress",
  ready: "Ready for pickup",
};

/** The stages of an order without delays. */
const usual: readonly Stage[] = ["received", "diagnosing", "in-work", "ready"];

type OrderStatus = { state: WorkOrderState; holdReason: HoldReason | null };

/** Null for a canceled order. */
export function stageOf({ state, holdReason }: OrderStatus, isApproved: boolean): Stage | null {
  switch (state) {
    case "draft":
    case "open":
      return "received";
    case "in-progress":
      return isApproved ? "in-work" : "diagnosing";
    case "on-hold":
      return holdReason ?? "parts";
    case "completed":
    case "invoiced":
      return "ready";
    case "canceled":
      return null;
  }
}

/** A journal entry of the order. */
export type JournalEntry = StoredEvent & { at: UtcMs };

/** The state after a journal entry; null if the entry doesn't change it. */
function statusIn(entry: JournalEntry): OrderStatus | null {
  const event = workOrderJournal.read(entry);
  switch (event?.code) {
    case "work-order.moved":
    case "work-order.completed":
      return { state: event.body.to, holdReason: event.body.holdReason };
    case "work-order.reopened":
    // Only a clock that started the work is among these entries.
    case "clock.started":
      return { state: "in-progress", holdReason: null };
    default:
      return null;
  }
}

export type Step = { stage: Stage; at: UtcMs };
/** Stages reached so far, the current one last, and the stages that usually follow. */
export type Track = { stage: Stage; since: UtcMs; passed: readonly Step[]; ahead: readonly Stage[] };

type Tracked = OrderStatus & { createdAt: UtcMs; stateSince: UtcMs };

/** A revisited stage is listed once, where it was last reached. */
export function trackOf(order: Tracked, events: readonly JournalEntry[], approvedAt: UtcMs | null): Track | null {
  const approved = (at: UtcMs) => approvedAt !== null && approvedAt <= at;
  const now = stageOf(order, approvedAt !== null);
  if (now === null) return null;
  const moves = events
    .flatMap((event) => {
      const status = statusIn(event);
      return status ? [{ at: event.at, status }] : [];
    })
    .sort((a, b) => a.at - b.at);
  const steps: Step[] = [{ stage: "received", at: order.createdAt }];
  for (const [place, { at, status }] of moves.entries()) {
    add(steps, stageOf(status, approved(at)), at);
    const until = moves[place + 1]?.at ?? Number.POSITIVE_INFINITY;
    if (approvedAt !== null && at < approvedAt && approvedAt < until) add(steps, stageOf(status, true), approvedAt);
  }
  add(steps, now, toUtcMs(Math.max(order.stateSince, now === "in-work" ? (approvedAt ?? 0) : 0)));
  // A delay counts as before "in progress". Stages that lie ahead again are not listed as passed.
  const from = usual.includes(now) ? usual.indexOf(now) + 1 : usual.indexOf("in-work");
  const ahead = usual.slice(from).filter((stage) => stage !== "diagnosing" || approvedAt === null);
  const passed = steps.filter(({ stage }, at) => !ahead.includes(stage) && steps.findLastIndex((step) => step.stage === stage) === at);
  const last = passed.at(-1) ?? { stage: now, at: order.stateSince };
  return { stage: last.stage, since: last.at, passed, ahead };
}

function add(steps: Step[], stage: Stage | null, at: UtcMs): void {
  if (stage !== null && steps.at(-1)?.stage !== stage) steps.push({ stage, at });
}

/** How long a completed order stays on the customer's page, so there is time to pick up the unit. */
export const READY_FOR = 3 * DAY;
export const readySince = (now: UtcMs): UtcMs => later(now, -READY_FOR);
