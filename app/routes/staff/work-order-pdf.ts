import { parseId } from "~/kernel/ids";
import { printOrderSummary } from "~/modules/work-orders/documents/print-order.server";
import { documentForStaff } from "../parts/serve-document.server";

export const loader = documentForStaff("work-order:read", async ({ services, params }) => {
  const id = parseId("workOrder", params.orderId);
  return id && printOrderSummary(services, id);
});
