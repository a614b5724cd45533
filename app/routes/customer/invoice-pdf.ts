import { parseId } from "~/kernel/ids";
import { printInvoice, printInvoiceCopy } from "~/modules/invoices/documents/print-invoice.server";
import { readInvoiceNote } from "~/modules/payments/payment.read.server";
import { documentForCustomer } from "../parts/serve-document.server";

/** With its account, or as it was issued where that is asked for. */
export const loader = documentForCustomer("invoice:read", async ({ services, session, params, url }) => {
  const id = parseId("invoice", params.invoiceId);
  if (!id || url.searchParams.has("issued")) return id && printInvoice(services, id);
  return printInvoiceCopy(services, id, await readInvoiceNote(services, session.organization, id));
});
