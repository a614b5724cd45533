import type { Id } from "~/kernel/ids";
import { type Cents, formatMoney, sumCents, toCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { formatDay } from "~/kernel/time";
import type { Mailer } from "~/modules/notifications/mailer.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { Settings } from "~/platform/env.server";
import type { ScopedFiles } from "~/platform/files/scoped-files.server";
import type { Documents } from "~/platform/pdf/documents.server";
import { invoiceNumber } from "../invoice";
import { methodLabels } from "../receivables/ledger";
import { invoiceReaders } from "./invoice-recipients.server";
import { mailDocuments } from "./mail-documents.server";
import { printCopyAsOf } from "./print-invoice.server";
import { ReceiptMail, receiptSubject, receiptText } from "./receipt.email";
import { findReceipt } from "./receipt.store.server";

type Needs = { db: ScopedDatabase<"job">; directory: Directory; files: ScopedFiles; documents: Documents; mailer: Mailer; settings: Pick<Settings, "linkKey"> };

/** Mails a payment's receipt, with a copy of each invoice that it paid. */
export async function sendReceiptMail(s: Needs, key: string, id: Id<"entry">): Promise<void> {
  const [payment, organization] = await Promise.all([findReceipt(s.db, id), s.directory.organization(s.db.scope.organizationId)]);
  if (!organization) throw new Error("receipt without its organization");
  // Put right before the mail went out: its figures are wrong.
  if (!payment) return;
  const { people, portalEnabled } = await invoiceReaders(s.db, payment.customerId, "payment");
  if (people.length === 0) return;
  const { currency, locale } = organization;
  const money = (amount: Cents) => formatMoney(amount, currency, locale);
  const credit = toCents(payment.amount - sumCents(payment.on.map(({ applied }) => applied)));
  const props = {
    organization,
    amount: money(payment.amount),
    method: [methodLabels[payment.method], payment.reference].filter(Boolean).join(" "),
    day: formatDay(payment.day, locale),
    estimate: payment.estimate === null ? null : `E-${payment.estimate}`,
    on: payment.on.map(({ number, applied, open }) => ({ number: invoiceNumber(number), paid: money(applied), open: open > 0 ? money(open) : null })),
    credit: credit > 0 ? money(credit) : null,
    link: portalEnabled ? organization.publicOrigin + paths.customer.invoices : null,
  };
  const files = [];
  for (const { invoiceId } of payment.on) files.push(await printCopyAsOf(s, invoiceId, { ...payment, edition: `receipt-${id}` }));
  await mailDocuments(s, key, { template: "receipt", props, subject: receiptSubject, text: receiptText, html: ReceiptMail, people, files });
}
