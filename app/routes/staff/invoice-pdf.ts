import { parseId } from "~/kernel/ids";
import { printInvoice } from "~/modules/invoices/documents/print-invoice.server";
import { documentForStaff } from "../parts/serve-document.server";

export const loader = documentForStaff("invoice:read", async ({ services, params }) => {
  const id = parseId("invoice", params.invoiceId);
  return id && printInvoice(services, id);
});
