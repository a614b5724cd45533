import { and, eq, isNull, lt, or } from "drizzle-orm";
import { type Clock, dayOf } from "~/kernel/time";
import { customers } from "~/modules/customers/customer.tables";
import { effectRow, entryRow } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { ScopedFiles } from "~/platform/files/scoped-files.server";
import { log } from "~/platform/log.server";
import type { Documents } from "~/platform/pdf/documents.server";
import { invoiceReaders } from "../documents/invoice-recipients.server";
import { entryOf, keepStatement } from "./email-statement.server";
import { lastMonth } from "./statement";
import { findStatement } from "./statement.store.server";

type Needs = { db: ScopedDatabase<"job">; directory: Directory; files: ScopedFiles; documents: Documents; clock: Clock };

/** Customers of one pass; the next pass goes on with the others. */
const AT_ONCE = 20;

/**
 * On the first day of the shop's month, mails last month's statement to the customers who get it monthly, unless nothing
 * happened and nothing is owed. Each customer's row says through which day that is done, so a pass that stops is gone on with.
 */
export async function mailMonthlyStatements(s: Needs): Promise<number> {
  const organization = await s.directory.organization(s.db.scope.organizationId);
  const now = s.clock.now();
  const period = organization && lastMonth(dayOf(now, organization.zone));
  if (!organization || !period) return 0;
  const { monthlyStatement, statementThrough, archivedAt } = customers;
  const due = await s.db.query({
    from: customers,
    columns: { id: customers.id },
    where: and(eq(monthlyStatement, true), isNull(archivedAt), or(isNull(statementThrough), lt(statementThrough, period.through))),
    limit: AT_ONCE,
  });
  for (const { id } of due) {
    const done = s.db.update(customers, { statementThrough: period.through }, eq(customers.id, id));
    const [found, { emails }] = await Promise.all([findStatement(s.db, id, period, organization.zone), invoiceReaders(s.db, id, "statement")]);
    if (!found.ok) log.warn("statement.not-mailed", { organizationId: s.db.scope.organizationId, customerId: id, reason: found.error.kind });
    if (!found.ok || emails.length === 0 || (found.value.lines.length === 0 && found.value.closing === 0)) {
      await s.db.batch([done]);
      continue;
    }
    const edition = `monthly-${period.through}`;
    const mail = await keepStatement(s, id, found.value, edition);
    await s.db.batch([entryRow(s.db, entryOf(id, period, `${id}:${edition}`, now)), done, effectRow(s.db, mail, now)]);
  }
  return due.length;
}
