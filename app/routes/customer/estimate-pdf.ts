import { parseId } from "~/kernel/ids";
import { printEstimate } from "~/modules/estimates/documents/print-estimate.server";
import { paperForCustomer, wantedRevision } from "../parts/serve-document.server";

export const loader = paperForCustomer("estimate:read", async ({ services, params, url }) => {
  const id = parseId("estimate", params.estimateId);
  return id && printEstimate(services, id, wantedRevision(url));
});
