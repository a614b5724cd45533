export const boardStates = ["draft", "open", "in-progress", "on-hold", "completed"] as const;
export type BoardState = (typeof boardStates)[number];
/** Invoiced and cancelled orders are found by filter, not on the board. */
export type WorkOrderState = BoardState | "invoiced" | "cancelled";

export const holdReasons = ["approval", "parts", "vendor"] as const;
export type HoldReason = (typeof holdReasons)[number];

/** What an order is called: on its docket, in mails, in lists. */
export const docketNumber = (number: number): string => `WO-${number}`;

export const stateLabels: Record<WorkOrderState, string> = {
  draft: "Draft",
  open: "Open",
  "in-progress": "In progress",
  "on-hold": "On hold",
  completed: "Completed",
  invoiced: "Invoiced",
  cancelled: "Cancelled",
};

export const holdLabels: Record<HoldReason, string> = {
  approval: "waiting for approval",
  parts: "waiting for parts",
  vendor: "at an outside shop",
};

/**
 * The life cycle: from each state, where an order may go, and otherwise the reason why not.
 * Server, board and tests read this one table.
 */
const NOT_STARTED = "Open it first: a draft has not been released to the floor.";
const DONE = "It is completed and locked. A manager can reopen it on its page.";
const BILLED = "It is invoiced; the invoice holds it as it was.";
const CANCELLED = "It was cancelled.";
const START = "Work has to be in progress before it can be completed.";
const BACK = "Work has begun; it cannot be a draft again.";

const moves: Record<WorkOrderState, Record<BoardState, true | string>> = {
  draft: { draft: true, open: true, "in-progress": NOT_STARTED, "on-hold": NOT_STARTED, completed: NOT_STARTED },
  open: { draft: true, open: true, "in-progress": true, "on-hold": true, completed: START },
  "in-progress": { draft: BACK, open: true, "in-progress": true, "on-hold": true, completed: true },
  "on-hold": { draft: BACK, open: true, "in-progress": true, "on-hold": true, completed: START },
  completed: { draft: DONE, open: DONE, "in-progress": DONE, "on-hold": DONE, completed: true },
  invoiced: { draft: BILLED, open: BILLED, "in-progress": BILLED, "on-hold": BILLED, completed: BILLED },
  cancelled: { draft: CANCELLED, open: CANCELLED, "in-progress": CANCELLED, "on-hold": CANCELLED, completed: CANCELLED },
};

/** True, or the reason why an order in `from` cannot be moved to `to`. */
export const canMove = (from: WorkOrderState, to: BoardState): true | string => moves[from][to];

/** Whether an order that is not on hold may be put there. */
export const canHold = (state: WorkOrderState): boolean => state !== "on-hold" && canMove(state, "on-hold") === true;

/** Whether what an order says, its jobs, lines and clocks, may still change; otherwise the reason why not. */
export const canEdit = (state: WorkOrderState): true | string =>
  state === "completed" ? DONE : state === "invoiced" ? BILLED : state === "cancelled" ? CANCELLED : true;

/** Work is only timed once an order is released to the floor. */
export const canClock = (state: WorkOrderState): true | string => (state === "draft" ? NOT_STARTED : canEdit(state));

export const canReopen = (state: WorkOrderState): true | string =>
  state === "completed" ? true : state === "invoiced" ? BILLED : state === "cancelled" ? CANCELLED : "It is not completed.";

export const canCancel = (state: WorkOrderState): true | string => canEdit(state);

/** Only finished work goes on an invoice; while a draft holds it, it may still be reopened. */
export const canBill = (state: WorkOrderState): true | string =>
  state === "completed" ? true : state === "invoiced" ? "It is on an invoice already." : state === "cancelled" ? CANCELLED : "It is not completed.";

/** An invoice that is voided gives its orders back. */
export const canUnbill = (state: WorkOrderState): true | string => (state === "invoiced" ? true : "It is not invoiced.");
