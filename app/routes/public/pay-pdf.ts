import { printInvoiceCopy } from "~/modules/invoices/documents/print-invoice.server";
import { readInvoiceNote } from "~/modules/payments/payment.read.server";
import { networkBehind } from "~/platform/http/origin.server";
import { orNotFound, refuse } from "~/platform/http/problem.server";
import { anyone } from "~/platform/http/public-guard.server";
import { documentAnswer } from "../parts/serve-document.server";
import { openPayLink } from "./pay/data.server";

/** The invoice of a pay link, with what was paid. */
export const loader = anyone.loader("the invoice behind a pay link", async ({ context, request, params, platform }) => {
  if (!(await platform.withinLimit("sign-in", networkBehind(request)))) throw new Response("Too many requests from here. Wait a minute.", { status: 429 });
  const { services, subject, organization } = await openPayLink(context, request, params.token);
  if (subject.kind !== "invoice") throw refuse(404, "Not found");
  const note = await readInvoiceNote(services, organization, subject.id);
  return documentAnswer(services.files, request, orNotFound(await printInvoiceCopy(services, subject.id, note)));
});
