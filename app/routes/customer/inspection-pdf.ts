import { parseId } from "~/kernel/ids";
import { printInspection } from "~/modules/inspections/documents/print-inspection.server";
import { documentForCustomer } from "../parts/serve-document.server";

export const loader = documentForCustomer("inspection:read", async ({ services, params }) => {
  const id = parseId("inspection", params.inspectionId);
  return id && printInspection(services, id);
});
