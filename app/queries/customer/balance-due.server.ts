import { and, asc, eq, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { balanceOf, statusOf } from "~/modules/invoices/invoice";
import { invoices } from "~/modules/invoices/invoice.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

const MOST = 50;

/** The open invoices of the session's customer, oldest due first, at most 50. */
export async function readPortalOwed(db: ScopedDatabase<"customer">, now: UtcMs) {
  const { id, number, state, total, applied, dueDay, dueAt } = invoices;
  const rows = await db.query({
    from: invoices,
    columns: { id, number, state, total, applied, dueDay, dueAt },
    where: and(
      eq(invoices.customerId, db.scope.partyId as Id<"customer">), // a customer's session names its customer
      sql`${invoices.state} = 'issued' and ${invoices.applied} < ${invoices.total}`,
    ),
    orderBy: [asc(dueAt), asc(number)],
    limit: MOST + 1,
  });
  return {
    rows: rows.slice(0, MOST).map((row) => ({ id: row.id, number: row.number, dueDay: row.dueDay, status: statusOf(row, now), balance: balanceOf(row) })),
    hasMore: rows.length > MOST,
  };
}
