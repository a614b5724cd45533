import { parseId } from "~/kernel/ids";
import { printInvoice, printInvoiceCopy } from "~/modules/invoices/documents/print-invoice.server";
import { documentForStaff } from "../parts/serve-document.server";

/** With its account, or as it was issued where that is asked for. */
export const loader = documentForStaff("invoice:read", async ({ services, params, url }) => {
  const id = parseId("invoice", params.invoiceId);
  return id && (url.searchParams.has("issued") ? printInvoice(services, id) : printInvoiceCopy(services, id));
});
