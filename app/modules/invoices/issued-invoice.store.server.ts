import { and, eq } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { invoices } from "./invoice.tables";

export type IssuedDatabase = ScopedDatabase<"staff"> | ScopedDatabase<"customer"> | ScopedDatabase<"job">;

/** What was fixed of an invoice that was issued, voided since or not. A customer's scope reaches the customer's own. */
export async function findIssued(db: IssuedDatabase, id: Id<"invoice">) {
  const { scope } = db;
  const own = scope.audience === "customer" ? eq(invoices.customerId, scope.partyId as Id<"customer">) : undefined; // a customer's session names its customer
  const { number, state, customerId, contents, terms, issuedAt, dueDay, total } = invoices;
  const [row] = await db.query({
    from: invoices,
    columns: { number, state, customerId, contents, terms, issuedAt, dueDay, total },
    where: and(eq(invoices.id, id), own),
    limit: 1,
  });
  if (!row || row.number === null || !row.contents || !row.terms || row.issuedAt === null || !row.dueDay) return null;
  return { ...row, number: row.number, contents: row.contents, terms: row.terms, issuedAt: row.issuedAt, dueDay: row.dueDay };
}
