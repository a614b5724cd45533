import type { Id } from "~/kernel/ids";
import { type Cents, formatMoney } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { formatDay, type UtcMs } from "~/kernel/time";
import type { Mailer } from "~/modules/notifications/mailer.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { Settings } from "~/platform/env.server";
import type { ScopedFiles } from "~/platform/files/scoped-files.server";
import type { Documents } from "~/platform/pdf/documents.server";
import { invoiceReaders } from "../documents/invoice-recipients.server";
import { mailDocuments } from "../documents/mail-documents.server";
import { printCopyAsOf, printInvoice } from "../documents/print-invoice.server";
import { unitsOf } from "../documents/send-invoice-mail.server";
import { balanceOf, invoiceNumber } from "../invoice";
import { findIssued } from "../issued-invoice.store.server";
import type { PayPathOf } from "../pay-link";
import { daysLate, dueText } from "./reminder";
import { ReminderMail, reminderSubject, reminderText } from "./reminder.email";

type Needs = {
  db: ScopedDatabase<"job">;
  directory: Directory;
  files: ScopedFiles;
  documents: Documents;
  mailer: Mailer;
  payPathOf: PayPathOf;
  isOnItsWay(id: Id<"invoice">): Promise<boolean>;
  settings: Pick<Settings, "linkKey">;
};
type Facts = {
  invoiceId: Id<"invoice">;
  /** The shop's day on which it was decided, and what was open then. */
  day: string;
  open: Cents;
  /** The account's version then, if money was applied to the invoice. */
  account: { version: number; at: UtcMs } | null;
};

/** Reminds a customer of an invoice, unless it was paid or voided meanwhile, or its money set out. */
export async function sendReminderMail(s: Needs, key: string, { invoiceId, day, open, account }: Facts): Promise<void> {
  const [invoice, organization] = await Promise.all([findIssued(s.db, invoiceId), s.directory.organization(s.db.scope.organizationId)]);
  if (!invoice || !organization) throw new Error("reminder of an invoice that was never issued");
  if (balanceOf(invoice) <= 0 || (await s.isOnItsWay(invoiceId))) return;
  const { people, portalEnabled } = await invoiceReaders(s.db, invoice.customerId, "reminder");
  const document =
    account === null
      ? await printInvoice(s, invoiceId)
      : await printCopyAsOf(s, invoiceId, { edition: `account-${account.version}`, accountVersion: account.version, at: account.at });
  if (!document) throw new Error("issued invoice without a PDF");
  const { currency, locale, publicOrigin } = organization;
  const payPath = await s.payPathOf(invoiceId);
  const late = daysLate(invoice.dueDay, day);
  const props = {
    organization,
    payAt: payPath && publicOrigin + payPath,
    number: invoiceNumber(invoice.number),
    open: formatMoney(open, currency, locale),
    dueDay: formatDay(invoice.dueDay, locale),
    due: dueText(late),
    isLate: late > 0,
    units: unitsOf(invoice),
    link: portalEnabled ? publicOrigin + paths.customer.invoice(invoiceId) : null,
  };
  const mail = { template: "invoice-reminder" as const, props, subject: reminderSubject, text: reminderText, html: ReminderMail };
  await mailDocuments(s, key, { ...mail, people, files: [document] });
}
