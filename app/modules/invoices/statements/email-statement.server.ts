import type { Effect } from "~/kernel/effects";
import type { EventOf } from "~/kernel/events";
import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock, UtcMs } from "~/kernel/time";
import { readLetterhead } from "~/modules/organizations/letterhead.server";
import { type IdTaken, saveNew } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { ScopedFiles } from "~/platform/files/scoped-files.server";
import { exceededQuota, type OverQuota } from "~/platform/http/quotas.server";
import type { Documents } from "~/platform/pdf/documents.server";
import { invoiceReaders } from "../documents/invoice-recipients.server";
import { invoiceEffects } from "../invoice.effects";
import { invoiceJournal } from "../invoice.journal";
import type { Period } from "./statement";
import { statementDocument } from "./statement.pdf.server";
import { type AccountDatabase, findStatement, type NamedStatement } from "./statement.store.server";

type Printing = { db: AccountDatabase; directory: Directory; files: ScopedFiles; documents: Documents };
type Needs = Printing & { db: ScopedDatabase<"staff">; clock: Clock };
export type EmailStatementRefusal = { kind: "not-found" } | { kind: "too-long" } | { kind: "no-recipient" } | OverQuota | IdTaken;

/** Mails a customer's statement of a period, and answers to whom. A form submitted twice mails once. */
export async function emailStatement(
  s: Needs,
  customerId: Id<"customer">,
  period: Period,
  id: Id<"statement">,
  note: string | null = null,
): Promise<Result<readonly string[], EmailStatementRefusal>> {
  const { emails } = await invoiceReaders(s.db, customerId, "statement");
  const found = await findStatement(s.db, customerId, period, s.db.scope.organization.zone);
  if (!found.ok) return found;
  if (emails.length === 0) return err({ kind: "no-recipient" });
  const over = await exceededQuota(s, "mail");
  if (over) return err(over);
  const mail = await keepStatement(s, customerId, found.value, id, note);
  const saved = await saveNew(s.db, entryOf(customerId, period, id, s.clock.now()), [], [mail]);
  return saved.ok ? ok(emails) : saved;
}

/** Prints a statement as it is now and keeps it, and answers with the effect that mails it. Kept before, each attempt sends the same. */
export async function keepStatement(s: Printing, customerId: Id<"customer">, statement: NamedStatement, edition: string, note: string | null): Promise<Effect> {
  const { from, through, closing } = statement;
  await s.documents.kept(mailedStatement({ customerId, from, through, edition }), async () => {
    const { shop, organization } = await readLetterhead(s, s.db.scope.organizationId);
    return statementDocument(statement, shop, organization, note);
  });
  return invoiceEffects.of("mail.statement", `mail.statement:${customerId}:${edition}`, { customerId, from, through, closing, edition });
}

export const mailedStatement = ({ customerId, from, through, edition }: Period & { customerId: Id<"customer">; edition: string }) => ({
  kind: "statement",
  id: customerId,
  edition: `${from} ${through} ${edition}`,
});

export const entryOf = (customerId: Id<"customer">, { from, through }: Period, id: string, at: UtcMs) => ({
  record: { kind: "statement", id, version: 1 },
  at,
  event: invoiceJournal.of("statement.emailed", { from, through }) as EventOf<typeof invoiceJournal>,
  about: customerId,
});
