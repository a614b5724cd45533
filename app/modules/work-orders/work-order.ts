/** Of an order whose work isn't finished. */
export const runningStates = ["draft", "open", "in-progress", "on-hold"] as const;
export const boardStates = [...runningStates, "completed"] as const;
export type BoardState = (typeof boardStates)[number];
/** Invoiced and canceled orders are not on the board. */
export type WorkOrderState = BoardState | "invoiced" | "canceled";

export const holdReasons = ["approval", "parts", "vendor"] as const;
export type HoldReason = (typeof holdReasons)[number];

/** An order's number as people see it. */
export const docketNumber = (number: number): string => `WO-${number}`;

export const stateLabels: Record<WorkOrderState, string> = {
  draft: "Draft",
  open: "Open",
  "in-progress": "In progress",
  "on-hold": "On hold",
  completed: "Completed",
  invoiced: "Invoiced",
  canceled: "Canceled",
};

export const holdLabels: Record<HoldReason, string> = {
  approval: "waiting for approval",
  parts: "waiting for parts",
  vendor: "at an outside shop",
};

/**
 * The life cycle: where an order can move from each state, or the reason why not. Server, board and tests use this
 * table.
 */
const NOT_STARTED = "Open it first. It's still a draft.";
const DONE = "This order is completed and locked. A manager can reopen it on its page.";
const BILLED = "This order is invoiced and can't be changed.";
const CANCELED = "This order was canceled.";
const START = "Work must be in progress before it can be completed.";
const BACK = "Work has started, so it can't go back to draft.";

const moves: Record<WorkOrderState, Record<BoardState, true | string>> = {
  draft: { draft: true, open: true, "in-progress": NOT_STARTED, "on-hold": NOT_STARTED, completed: NOT_STARTED },
  open: { draft: true, open: true, "in-progress": true, "on-hold": true, completed: START },
  "in-progress": { draft: BACK, open: true, "in-progress": true, "on-hold": true, completed: true },
  "on-hold": { draft: BACK, open: true, "in-progress": true, "on-hold": true, completed: START },
  completed: { draft: DONE, open: DONE, "in-progress": DONE, "on-hold": DONE, completed: true },
  invoiced: { draft: BILLED, open: BILLED, "in-progress": BILLED, "on-hold": BILLED, completed: BILLED },
  canceled: { draft: CANCELED, open: CANCELED, "in-progress": CANCELED, "on-hold": CANCELED, completed: CANCELED },
};

/** True, or the reason why an order in `from` can't move to `to`. */
export const canMove = (from: WorkOrderState, to: BoardState): true | string => moves[from][to];

/** Whether an order in this state can be put on hold. */
export const canHold = (state: WorkOrderState): boolean => state !== "on-hold" && canMove(state, "on-hold") === true;

/** True if details, jobs, lines and clocks can still change, or the reason why not. */
export const canEdit = (state: WorkOrderState): true | string =>
  state === "completed" ? DONE : state === "invoiced" ? BILLED : state === "canceled" ? CANCELED : true;

/** Clocks need an opened order. */
export const canClock = (state: WorkOrderState): true | string => (state === "draft" ? NOT_STARTED : canEdit(state));

export const canReopen = (state: WorkOrderState): true | string =>
  state === "completed" ? true : state === "invoiced" ? BILLED : state === "canceled" ? CANCELED : "This order isn't completed.";

export const canArrive = (it: { state: WorkOrderState; arrivedAt: number | null; releasedAt: number | null }): true | string =>
  it.arrivedAt !== null && it.releasedAt === null ? "The unit is at the shop already." : canEdit(it.state);

/** Also after the work: most units leave when it is done. */
export const canRelease = (it: { arrivedAt: number | null; releasedAt: number | null }): true | string =>
  it.arrivedAt === null ? "The unit isn't at the shop." : it.releasedAt === null ? true : "The unit has left already.";

/** Decisions about lines are recorded until the order is invoiced. */
export const canAuthorize = (state: WorkOrderState): true | string => (state === "invoiced" ? BILLED : state === "canceled" ? CANCELED : true);

export const canCancel = (state: WorkOrderState): true | string => canEdit(state);

/** Only a completed order can be invoiced; while it is on a draft invoice it can still be reopened. */
export const canBill = (state: WorkOrderState): true | string =>
  state === "completed"
    ? true
    : state === "invoiced"
      ? "This order is already on an invoice."
      : state === "canceled"
        ? CANCELED
        : "This order isn't completed.";

/** Voiding an invoice releases its orders. */
export const canUnbill = (state: WorkOrderState): true | string => (state === "invoiced" ? true : "This order isn't invoiced.");
