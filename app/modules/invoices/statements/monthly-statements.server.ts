import type { Id } from "~/kernel/ids";
import { type Clock, dayOf } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { ScopedFiles } from "~/platform/files/scoped-files.server";
import { log } from "~/platform/log.server";
import type { Documents } from "~/platform/pdf/documents.server";
import { invoiceReaders } from "../documents/invoice-recipients.server";
import { entryOf, keepStatement } from "./email-statement.server";
import { monthlyStatementStore } from "./monthly-statement.store.server";
import { lastMonth } from "./statement";
import { findStatement } from "./statement.store.server";

/** What is written under a customer's balance, such as of money on its way. */
type NoteOf = (customer: Id<"customer">) => Promise<string | null>;
type Needs = { db: ScopedDatabase<"job">; directory: Directory; files: ScopedFiles; documents: Documents; clock: Clock; noteOf: NoteOf };

/** Customers of one pass; the next pass goes on with the others. */
const AT_ONCE = 20;

/**
 * From the first day of the shop's month, mails last month's statement to the customers who get it monthly, unless nothing
 * happened and nothing is owed. Each customer's row has the day through which that is done, so the next pass goes on where
 * one stopped, and after an outage it is late rather than missed.
 */
export async function mailMonthlyStatements(s: Needs): Promise<number> {
  const organization = await s.directory.organization(s.db.scope.organizationId);
  const now = s.clock.now();
  if (!organization) return 0;
  const period = lastMonth(dayOf(now, organization.zone));
  const store = monthlyStatementStore(s.db);
  const due = await store.due(period.through, AT_ONCE);
  for (const id of due) {
    const [found, { emails }] = await Promise.all([findStatement(s.db, id, period, organization.zone), invoiceReaders(s.db, id, "statement")]);
    if (!found.ok) log.warn("statement.not-mailed", { organizationId: s.db.scope.organizationId, customerId: id, reason: found.error.kind });
    if (!found.ok || emails.length === 0 || (found.value.lines.length === 0 && found.value.closing === 0)) {
      await store.skip(id, period.through);
      continue;
    }
    const edition = `monthly-${period.through}`;
    const mail = await keepStatement(s, id, found.value, edition, await s.noteOf(id));
    await store.mail(id, period.through, entryOf(id, period, `${id}:${edition}`, now), mail);
  }
  return due.length;
}
