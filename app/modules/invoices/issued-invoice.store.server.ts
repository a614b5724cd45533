import { and, eq, isNull, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import { contacts, customers } from "~/modules/customers/customer.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { invoices, ledgerEntries } from "./invoice.tables";

export type IssuedDatabase = ScopedDatabase<"staff"> | ScopedDatabase<"customer"> | ScopedDatabase<"job">;

/** An issued or voided invoice as fixed at issue. A customer's scope reads only that customer's invoices. */
export async function findIssued(db: IssuedDatabase, id: Id<"invoice">) {
  const { scope } = db;
  const own = scope.audience === "customer" ? eq(invoices.customerId, scope.partyId as Id<"customer">) : undefined; // a customer's session names its customer
  const { number, state, customerId, contents, terms, issuedAt, dueDay, voidedAt, total, applied } = invoices;
  const [row] = await db.query({
    from: invoices,
    columns: { number, state, customerId, contents, terms, issuedAt, dueDay, voidedAt, total, applied },
    where: and(eq(invoices.id, id), own),
    limit: 1,
  });
  if (!row || row.number === null || !row.contents || !row.terms || row.issuedAt === null || !row.dueDay) return null;
  return { ...row, number: row.number, contents: row.contents, terms: row.terms, issuedAt: row.issuedAt, dueDay: row.dueDay };
}

/** What deposits paid of an invoice when it was issued. */
export async function paidAtIssue(db: IssuedDatabase, id: Id<"invoice">): Promise<Cents> {
  const l = ledgerEntries;
  const [row] = await db.query({
    from: l,
    columns: { sum: sql<number>`coalesce(sum(${l.amount}), 0)` },
    where: and(eq(l.invoiceId, id), sql`${l.at} = (select issued_at from invoices where organization_id = ${db.scope.organizationId} and id = ${id})`),
    limit: 1,
  });
  return toCents(row?.sum ?? 0);
}

/** Whether the customer's portal is on, and the customer's own address if it has no contacts. */
export async function accountAddress(
  db: ScopedDatabase<"staff"> | ScopedDatabase<"job">,
  customerId: Id<"customer">,
): Promise<{ portalEnabled: boolean; ownEmail: string | null }> {
  const [[customer], people] = await db.queries(
    { from: customers, columns: { email: customers.email, portalEnabled: customers.portalEnabled }, where: eq(customers.id, customerId), limit: 1 },
    { from: contacts, columns: { id: contacts.id }, where: and(eq(contacts.customerId, customerId), isNull(contacts.archivedAt)), limit: 1 },
  );
  return { portalEnabled: customer?.portalEnabled ?? false, ownEmail: people.length === 0 ? (customer?.email ?? null) : null };
}
