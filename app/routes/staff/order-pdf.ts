import { parseId } from "~/kernel/ids";
import { printOrderSummary } from "~/modules/work-orders/print-order.server";
import { documentForStaff } from "../serve-paper.server";

export const loader = documentForStaff("work-order:read", async ({ services, params }) => {
  const id = parseId("workOrder", params.orderId);
  return id && printOrderSummary(services, id);
});
