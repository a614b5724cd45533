import { parseId } from "~/kernel/ids";
import { printEstimate } from "~/modules/estimates/documents/print-estimate.server";
import { documentForStaff, wantedRevision } from "../parts/serve-document.server";

export const loader = documentForStaff("estimate:read", async ({ services, params, url }) => {
  const id = parseId("estimate", params.estimateId);
  return id && printEstimate(services, id, wantedRevision(url));
});
