import { renderToStaticMarkup } from "react-dom/server";
import type { Id } from "~/kernel/ids";
import { formatMoney } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { contactsTold } from "~/modules/customers/contacts-told.server";
import { dayInWords } from "~/modules/estimates/words";
import type { Mailer } from "~/modules/notifications/mailer.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { ScopedFiles } from "~/platform/files/scoped-files.server";
import type { Papers } from "~/platform/paper/papers.server";
import { invoiceNumber } from "./invoice";
import { InvoiceMail, invoiceSubject, invoiceText } from "./invoice.email";
import { accountAddress, findIssued } from "./issued-invoice.store.server";
import { printInvoice } from "./print-invoice.server";

type Needs = { db: ScopedDatabase<"job">; directory: Directory; files: ScopedFiles; papers: Papers; mailer: Mailer };

/** Sends an issued invoice with its PDF to the customer's people who may see documents. */
export async function sendInvoiceMail(s: Needs, key: string, id: Id<"invoice">): Promise<void> {
  const [invoice, organization] = await Promise.all([findIssued(s.db, id), s.directory.organization(s.db.scope.organizationId)]);
  if (!invoice || !organization) throw new Error("a mail about an invoice that was never issued");
  // Voided before the mail left: there is nothing to pay any more.
  if (invoice.state !== "issued") return;
  const paper = await printInvoice(s, id);
  if (!paper) throw new Error("an issued invoice without a PDF");
  const [{ portalEnabled, ownEmail }, people] = await Promise.all([
    accountAddress(s.db, invoice.customerId),
    contactsTold(s.db, invoice.customerId, "invoice"),
  ]);
  const emails = ownEmail ? [ownEmail] : people.map(({ email }) => email);
  const units = [...new Set(invoice.contents.groups.map(({ unit }) => unit))];
  const props = {
    organization,
    number: invoiceNumber(invoice.number),
    amount: formatMoney(invoice.total, organization.currency, organization.locale),
    dueDay: dayInWords(invoice.dueDay, organization.locale),
    units: `${units.length === 1 ? "unit" : "units"} ${units.join(", ")}`,
    link: portalEnabled ? organization.publicOrigin + paths.customer.invoice(id) : null,
  };
  const html = `<!doctype html>${renderToStaticMarkup(InvoiceMail(props))}`;
  const letter = { template: "invoice-issued", from: organization.name, subject: invoiceSubject(props), text: invoiceText(props), html };
  // Read back from where it is kept: each attempt sends the same bytes.
  const attachments = [{ name: paper.name, content: await s.papers.read(paper) }];
  // Each person's mail has a key of its own, so that a repeat after half of them sends nobody a second one.
  for (const email of emails) await s.mailer.send({ ...letter, key: `${key}:${email}`, to: email, attachments });
}
