import { err, ok, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";

export const boardStates = ["draft", "open", "in-progress", "on-hold", "completed"] as const;
export type BoardState = (typeof boardStates)[number];
/** Invoiced and cancelled orders are found by filter, not on the board. */
export type WorkOrderState = BoardState | "invoiced" | "cancelled";

export const holdReasons = ["approval", "parts", "vendor"] as const;
export type HoldReason = (typeof holdReasons)[number];

export const stateWords: Record<WorkOrderState, string> = {
  draft: "Draft",
  open: "Open",
  "in-progress": "In progress",
  "on-hold": "On hold",
  completed: "Completed",
  invoiced: "Invoiced",
  cancelled: "Cancelled",
};

export const holdWords: Record<HoldReason, string> = {
  approval: "waiting for approval",
  parts: "waiting for parts",
  vendor: "at an outside shop",
};

/**
 * The life cycle: from each state, where an order may go, and otherwise the reason why not.
 * Server, board and tests read this one table.
 */
const NOT_STARTED = "Open it first: a draft has not been released to the floor.";
const DONE = "It is completed. Reopen it first.";
const BILLED = "It is invoiced; the invoice holds it as it was.";
const CANCELLED = "It was cancelled.";
const START = "Work has to be in progress before it can be completed.";
const BACK = "Work has begun; it cannot be a draft again.";

const moves: Record<WorkOrderState, Record<BoardState, true | string>> = {
  draft: { draft: true, open: true, "in-progress": NOT_STARTED, "on-hold": NOT_STARTED, completed: NOT_STARTED },
  open: { draft: true, open: true, "in-progress": true, "on-hold": true, completed: START },
  "in-progress": { draft: BACK, open: true, "in-progress": true, "on-hold": true, completed: true },
  "on-hold": { draft: BACK, open: true, "in-progress": true, "on-hold": true, completed: START },
  completed: { draft: DONE, open: DONE, "in-progress": true, "on-hold": DONE, completed: true },
  invoiced: { draft: BILLED, open: BILLED, "in-progress": BILLED, "on-hold": BILLED, completed: BILLED },
  cancelled: { draft: CANCELLED, open: CANCELLED, "in-progress": CANCELLED, "on-hold": CANCELLED, completed: CANCELLED },
};

/** True, or the reason why an order in `from` cannot be moved to `to`. */
export const canMove = (from: WorkOrderState, to: BoardState): true | string => moves[from][to];

export type WorkOrderStanding = { state: WorkOrderState; holdReason: HoldReason | null; stateSince: UtcMs; version: number };
export type Move = { to: BoardState; holdReason: HoldReason | null; version: number };
export type MoveRefusal = { kind: "not-allowed"; words: string } | { kind: "stale" } | { kind: "no-reason" };

/** A move binds to the version that its mover saw; a hold names what it waits for. */
export function decideMove(order: WorkOrderStanding, move: Move, now: UtcMs): Result<WorkOrderStanding, MoveRefusal> {
  if (move.version !== order.version) return err({ kind: "stale" });
  const allowed = canMove(order.state, move.to);
  if (allowed !== true) return err({ kind: "not-allowed", words: allowed });
  if (move.to === "on-hold" && move.holdReason === null) return err({ kind: "no-reason" });
  const stays = order.state === move.to;
  return ok({
    state: move.to,
    holdReason: move.to === "on-hold" ? move.holdReason : null,
    stateSince: stays ? order.stateSince : now,
    version: order.version + 1,
  });
}
