import type { Id } from "~/kernel/ids";
import { followsCost } from "~/modules/work-orders/lines/sublet-line";
import type { Order } from "~/modules/work-orders/order";

/** Why the customer's price stays as it is when this vendor's invoice is approved; null where it follows the cost. */
export function whyPriceFixed(order: Order, lineId: Id<"line">): string | null {
  if (order.state === "invoiced") return "The work order is invoiced, so the customer isn't charged for it.";
  if (order.state === "canceled") return "The work order was canceled, so the customer isn't charged for it.";
  return followsCost(order, lineId) ? null : "The customer's price is on the work order already, and it stays.";
}
