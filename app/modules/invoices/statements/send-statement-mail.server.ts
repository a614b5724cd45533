import type { Id } from "~/kernel/ids";
import { type Cents, formatMoney, toCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { formatDay } from "~/kernel/time";
import type { Mailer } from "~/modules/notifications/mailer.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { Documents } from "~/platform/pdf/documents.server";
import { invoiceReaders } from "../documents/invoice-recipients.server";
import { mailDocuments } from "../documents/mail-documents.server";
import { balanceLabel } from "./balance-label";
import { mailedStatement } from "./email-statement.server";
import type { Period } from "./statement";
import { StatementMail, statementSubject, statementText } from "./statement.email";

type Needs = { db: ScopedDatabase<"job">; directory: Directory; documents: Documents; mailer: Mailer };
type Facts = Period & { customerId: Id<"customer">; closing: Cents; edition: string };

/** Mails a statement that was kept for it. */
export async function sendStatementMail(s: Needs, key: string, facts: Facts): Promise<void> {
  const { customerId, from, through, closing } = facts;
  const [organization, document, { people, portalEnabled }] = await Promise.all([
    s.directory.organization(s.db.scope.organizationId),
    s.documents.find(mailedStatement(facts)),
    invoiceReaders(s.db, customerId, "statement"),
  ]);
  if (!organization || !document) throw new Error("statement to mail that was never kept");
  const { currency, locale, publicOrigin } = organization;
  const money = (amount: Cents) => formatMoney(amount, currency, locale);
  const balance = balanceLabel(toCents(closing));
  const props = {
    organization,
    from: formatDay(from, locale),
    through: formatDay(through, locale),
    balance: `${balance.term} ${money(balance.amount)}`,
    link: portalEnabled ? `${publicOrigin}${paths.customer.statement}?${new URLSearchParams({ from, through })}` : null,
  };
  const files = [{ ...document, name: `Statement ${from} to ${through}.pdf` }];
  await mailDocuments(s, key, { template: "statement", props, subject: statementSubject, text: statementText, html: StatementMail, people, files });
}
