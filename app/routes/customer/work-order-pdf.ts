import { parseId } from "~/kernel/ids";
import { printOrderSummary } from "~/modules/work-orders/documents/print-order.server";
import { documentForCustomer } from "../parts/serve-document.server";

export const loader = documentForCustomer("work-order:read", async ({ services, params }) => {
  const id = parseId("workOrder", params.orderId);
  return id && printOrderSummary(services, id);
});
