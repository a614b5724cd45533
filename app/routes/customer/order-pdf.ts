import { parseId } from "~/kernel/ids";
import { printOrderSummary } from "~/modules/work-orders/print-order.server";
import { documentForCustomer } from "../serve-paper.server";

export const loader = documentForCustomer("work-order:read", async ({ services, params }) => {
  const id = parseId("workOrder", params.orderId);
  return id && printOrderSummary(services, id);
});
