import type { Id } from "~/kernel/ids";
import type { Result } from "~/kernel/result";
import type { Order } from "./order";
import { type Asked, type ChangeNeeds, type ChangeRefusal, runOrderCommand } from "./order-command.step.server";

export type { ChangeNeeds, ChangeRefusal };

type Move = Extract<Asked, { intent: "move" }>;
/** Commands that need nothing but the order. Completing, canceling, starting a clock and what approvals add have use cases of their own. */
type Alone =
  | (Omit<Move, "to" | "why"> & { to: Exclude<Move["to"], "completed"> })
  | Extract<Asked, { intent: "arrive" | "release" | "reopen" | "change-head" | "save-job" | "remove-job" | "stop-clock" | "correct-clock" }>;

/** Runs one command of a person on an order. */
export const changeWorkOrder = (s: ChangeNeeds, id: Id<"workOrder">, asked: Alone): Promise<Result<Order, ChangeRefusal>> => runOrderCommand(s, id, asked);
