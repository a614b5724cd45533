import { parseId } from "~/kernel/ids";
import { printOrderSummary } from "~/modules/work-orders/print-order.server";
import { paperForStaff } from "../serve-paper.server";

export const loader = paperForStaff("work-order:read", async ({ services, params }) => {
  const id = parseId("workOrder", params.orderId);
  return id && printOrderSummary(services, id);
});
