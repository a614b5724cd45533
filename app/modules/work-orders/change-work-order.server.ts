import type { Id } from "~/kernel/ids";
import type { Result } from "~/kernel/result";
import type { Order } from "./order";
import { type Asked, type ChangeNeeds, type ChangeRefusal, runOrderCommand } from "./order-command.step.server";

export type { ChangeNeeds, ChangeRefusal };

/** Commands that need nothing but the order. Canceling, starting a clock and what approvals add have use cases of their own. */
type Alone = Extract<Asked, { intent: "move" | "reopen" | "change-head" | "save-job" | "remove-job" | "stop-clock" | "correct-clock" }>;

/** Runs one command of a person on an order. */
export const changeWorkOrder = (s: ChangeNeeds, id: Id<"workOrder">, asked: Alone): Promise<Result<Order, ChangeRefusal>> => runOrderCommand(s, id, asked);
