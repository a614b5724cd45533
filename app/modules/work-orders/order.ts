import type { Id } from "~/kernel/ids";
import { err, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import type { Job, JobDraft, Technician } from "./jobs/job";
import type { Collision, JobBase } from "./jobs/merge-job";
import type { LineDecision } from "./lines/line-decision";
import type { OrderWork } from "./lines/order-authorization";
import type { BoardState, HoldReason, WorkOrderState } from "./work-order";
import type { WorkOrderEvent } from "./work-order.journal";

/** Who discards a clock, and whether they may discard anybody's. */
export type ClockKeeper = { id: string; mayAny: boolean };

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
export type Order = Head &
  OrderWork & {
    id: Id<"workOrder">;
    number: number;
    assetId: Id<"asset">;
    customerId: Id<"customer">;
    version: number;
    headVersion: number;
    stateVersion: number;
    state: WorkOrderState;
    holdReason: HoldReason | null;
    /** The state that a hold began in and ends in. */
    heldFrom: WorkOrderState | null;
    stateSince: UtcMs;
    completedAt: UtcMs | null;
    /** When its unit came to the shop, and left again; null if not yet. */
    arrivedAt: UtcMs | null;
    releasedAt: UtcMs | null;
    /** Version of the rates and taxes at completion; null while the current ones apply. */
    rulesVersion: number | null;
    /** The estimate with whose answer the customer named a limit; null if they named none. */
    mostNamedOn: Id<"estimate"> | null;
    clocks: readonly LaborEntry[];
    /** Whether the customer was tax exempt when it was opened. */
    openedTaxExempt: boolean;
  };

/** Far above any real order. */
export const MOST_JOBS = 200;

/** Commands on an order. `seen` is the order's version on the user's page. */
export type WorkOrderCommand =
  /** `why`: the reason for completing what a vendor still works on. `notDone`: lines that were not done, when it is completed. */
  | { intent: "move"; seen: number; to: BoardState; holdReason: HoldReason | null; rulesVersion: number; why?: string; notDone?: readonly Id<"line">[] }
  /** The unit came to the shop, or left it. `keeps`: the order stays with its customer, although the unit has another owner now. */
  | { intent: "arrive"; keeps?: boolean }
  | { intent: "release" }
  /** `anew`: the work is done again, so its day is that of the next completion. */
  | { intent: "reopen"; why: string; anew?: boolean }
  | { intent: "cancel"; why: string }
  /** From issuing or voiding an invoice. `seen` is the version that the invoice was computed from. */
  /** `reasoned`: the shop's decisions about what is billed without authorization; `why`: their reason. */
  | { intent: "bill"; seen: number; invoiceId: Id<"invoice">; reasoned?: readonly LineDecision[]; why?: string }
  | { intent: "unbill"; invoiceId: Id<"invoice"> }
  | { intent: "change-head"; seen: number; head: Head }
  /**
   * `base` is the job as the form showed it, to merge with what others saved meanwhile; without it a newer job is stale.
   * `keepsCosts` for an author who can't see costs: the lines keep the costs they have. `why`: for removing approved lines, and for correcting a completed order (`corrects`)
   * before it is invoiced.
   */
  | { intent: "save-job"; seen: number; job: JobDraft; base?: JobBase | null; keepsCosts?: boolean; why?: string; corrects?: boolean }
  /** `why`: for removing approved lines with it. */
  | { intent: "remove-job"; seen: number; jobId: Id<"job">; why?: string }
  | { intent: "start-clock"; entryId: Id<"laborEntry">; jobId: Id<"job">; technician: Technician }
  | { intent: "stop-clock"; entryId: Id<"laborEntry"> }
  | { intent: "correct-clock"; entryId: Id<"laborEntry">; startedAt: UtcMs; stoppedAt: UtcMs; why: string }
  | { intent: "discard-clock"; entryId: Id<"laborEntry">; by: ClockKeeper; why: string };

export type WorkOrderRefusal =
  | { kind: "not-allowed"; message: string }
  | { kind: "stale" }
  | ({ kind: "collides" } & Collision)
  | { kind: "no-reason" }
  /** The unit has another owner than the order's customer, and nobody chose whose order it is. */
  | { kind: "other-owner"; message: string }
  | { kind: "not-found" }
  | { kind: "job-in-use"; message: string }
  | { kind: "job-gone"; message: string }
  | { kind: "line-offered"; message: string }
  | { kind: "line-authorized"; message: string }
  | { kind: "bad-times"; message: string };

/** What a decision changes, and its journal entry. Parts not named stay as they are. */
export type Change = {
  event: WorkOrderEvent;
  order?: Partial<
    Omit<
      Order,
      "id" | "number" | "assetId" | "customerId" | "version" | "jobs" | "clocks" | "decisions" | "rules" | "taxExempt" | "isInternal" | "openedTaxExempt"
    >
  >;
  /** Jobs that were added or changed. Of their lines, those at the order's next version changed; those that are gone are removed. */
  jobs?: readonly Job[];
  removedJob?: Id<"job">;
  clocks?: readonly LaborEntry[];
  discardedClock?: Id<"laborEntry">;
  /** Lines that go to another order, with their decisions; the one who moves them writes them there. */
  moved?: readonly Id<"line">[];
  /** Added to those of the order. */
  decisions?: readonly LineDecision[];
};

export type Decided = Result<Change, WorkOrderRefusal>;
export const notAllowed = (message: string): Decided => err({ kind: "not-allowed", message });
export const notFound: Decided = err({ kind: "not-found" });
export const stale: Decided = err({ kind: "stale" });

/** The order after a change, at the next version. */
export function applied(order: Order, change: Change): Order {
  const changed = change.jobs ?? [];
  const jobs = order.jobs.filter(({ id }) => id !== change.removedJob && !changed.some((job) => job.id === id));
  const clocks = order.clocks.filter(({ id }) => id !== change.discardedClock && !change.clocks?.some((entry) => entry.id === id));
  const living = [...jobs, ...changed].sort((a, b) => a.position - b.position);
  const ids = new Set(living.flatMap(({ lines }) => lines.map(({ id }) => id)));
  return {
    ...order,
    ...change.order,
    version: order.version + 1,
    jobs: living,
    // Decisions about removed lines stay on record, but count for nothing.
    decisions: [...order.decisions, ...(change.decisions ?? [])].filter(({ lineId }) => ids.has(lineId)),
    clocks: [...clocks, ...(change.clocks ?? [])].sort((a, b) => a.startedAt - b.startedAt),
  };
}

/** Whether the customer sees a difference: progress and jobs, but not clocks or what is chosen for a draft. */
export const isSeenByCustomer = ({ event, order, jobs, removedJob }: Change): boolean =>
  event.code !== "estimate-lines.chosen" && (order !== undefined || jobs !== undefined || removedJob !== undefined);

export const running = (clocks: readonly LaborEntry[]): LaborEntry[] => clocks.filter(({ stoppedAt }) => stoppedAt === null);

/** The order as its events name it. */
export const named = ({ number, title }: Pick<Order, "number" | "title">) => ({ number, order: title });
