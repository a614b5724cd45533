import { linesOf } from "./lines/order-authorization";
import type { Order } from "./order";
import { canCancel } from "./work-order";

/** What to do with an order on which work was done. */
export const COMPLETE_INSTEAD = "Complete it instead, and leave out what wasn't done.";

/** True, or the reason why the order can't be canceled: an order on which work was done, or time clocked, is completed. */
export function canCancelOrder(order: Pick<Order, "state" | "jobs" | "clocks">): true | string {
  const allowed = canCancel(order.state);
  if (allowed !== true) return allowed;
  if (linesOf(order).some(({ done }) => done === true)) return `Work on this order was done. ${COMPLETE_INSTEAD}`;
  if (order.clocks.length > 0) return `Time was clocked on this order. ${COMPLETE_INSTEAD} If a clock was started by mistake, discard it on its job first.`;
  return true;
}
