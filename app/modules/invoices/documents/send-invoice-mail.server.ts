import type { Id } from "~/kernel/ids";
import { type Cents, formatMoney, toCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { formatDay } from "~/kernel/time";
import type { Mailer } from "~/modules/notifications/mailer.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { Settings } from "~/platform/env.server";
import type { ScopedFiles } from "~/platform/files/scoped-files.server";
import type { Documents } from "~/platform/pdf/documents.server";
import { type InvoiceContents, invoiceNumber } from "../invoice";
import { findIssued, paidAtIssue } from "../issued-invoice.store.server";
import type { PayPathOf } from "../pay-link";
import { InvoiceMail, invoiceSubject, invoiceText } from "./invoice.email";
import { invoiceReaders, voidReaders } from "./invoice-recipients.server";
import { InvoiceVoidedMail, invoiceVoidedSubject, invoiceVoidedText } from "./invoice-voided.email";
import { mailDocuments } from "./mail-documents.server";
import { printInvoice } from "./print-invoice.server";

type Needs = { db: ScopedDatabase<"job">; directory: Directory; files: ScopedFiles; documents: Documents; mailer: Mailer; settings: Pick<Settings, "linkKey"> };
type PayNeeds = Needs & { payPathOf: PayPathOf };

/** Mails an issued invoice with its PDF to the contacts with document rights. */
export async function sendInvoiceMail(s: PayNeeds, key: string, id: Id<"invoice">): Promise<void> {
  const [invoice, organization] = await Promise.all([findIssued(s.db, id), s.directory.organization(s.db.scope.organizationId)]);
  if (!invoice || !organization) throw new Error("mail about an invoice that was never issued");
  // Voided before the mail went out: there is nothing to pay.
  if (invoice.state !== "issued") return;
  const document = await printInvoice(s, id);
  if (!document) throw new Error("issued invoice without a PDF");
  const { emails, portalEnabled } = await invoiceReaders(s.db, invoice.customerId);
  const money = (amount: Cents) => formatMoney(amount, organization.currency, organization.locale);
  const deposit = await paidAtIssue(s.db, id);
  const payPath = deposit < invoice.total ? await s.payPathOf(id) : null;
  const props = {
    organization,
    number: invoiceNumber(invoice.number),
    amount: money(toCents(invoice.total - deposit)),
    deposit: deposit > 0 ? { paid: money(deposit), total: money(invoice.total) } : null,
    dueDay: formatDay(invoice.dueDay, organization.locale),
    units: unitsOf(invoice),
    payAt: payPath && organization.publicOrigin + payPath,
    link: portalEnabled ? organization.publicOrigin + paths.customer.invoice(id) : null,
  };
  const mail = { template: "invoice-issued" as const, props, subject: invoiceSubject, text: invoiceText, html: InvoiceMail };
  await mailDocuments(s, key, { ...mail, emails, files: [document] });
}

/** Tells those who got an issued invoice, and still get its customer's, that it was voided. */
export async function sendInvoiceVoidedMail(s: Needs, key: string, id: Id<"invoice">): Promise<void> {
  const [invoice, organization] = await Promise.all([findIssued(s.db, id), s.directory.organization(s.db.scope.organizationId)]);
  if (!invoice || !organization) throw new Error("mail about an invoice that was never issued");
  const { emails, portalEnabled } = await voidReaders(s.db, id, invoice.customerId);
  const document = emails.length > 0 ? await printInvoice(s, id) : null;
  if (!document) return;
  const link = portalEnabled ? organization.publicOrigin + paths.customer.invoice(id) : null;
  const props = { organization, number: invoiceNumber(invoice.number), units: unitsOf(invoice), link };
  const mail = { template: "invoice-voided" as const, props, subject: invoiceVoidedSubject, text: invoiceVoidedText, html: InvoiceVoidedMail };
  await mailDocuments(s, key, { ...mail, emails, files: [document] });
}

/** "unit 12", "units 12, 14" */
export function unitsOf({ contents }: { contents: InvoiceContents }): string {
  const units = [...new Set(contents.groups.map(({ unit }) => unit))];
  return `${units.length === 1 ? "unit" : "units"} ${units.join(", ")}`;
}
