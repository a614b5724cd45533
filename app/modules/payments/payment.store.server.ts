import { and, asc, desc, eq, lte, ne, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { Effect } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { customers } from "~/modules/customers/customer.tables";
import { invoices } from "~/modules/invoices/invoice.tables";
import { effectRow } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { squarePayments } from "./payment.tables";

type SquarePaymentRow = Omit<typeof squarePayments.$inferInsert, "organizationId">;

const MOST = 1_000;
/** Of one pass: each is asked about by itself. */
const MOST_WAITING = 100;

/** Payments as Square has them, and what became of each here. */
export function paymentStore(db: ScopedDatabase<"job"> | ScopedDatabase<"customer"> | ScopedDatabase<"staff">) {
  const { scope } = db;
  const own = (of: SQLiteColumn) => (scope.audience === "customer" ? eq(of, scope.partyId) : undefined);
  return {
    /** The issued invoice of this number. */
    async issued(wanted: number): Promise<{ id: Id<"invoice">; customerId: Id<"customer"> } | null> {
      const columns = { id: invoices.id, customerId: invoices.customerId };
      const [row] = await db.query({
        from: invoices,
        columns,
        where: and(own(invoices.customerId), eq(invoices.number, wanted), eq(invoices.state, "issued")),
        limit: 1,
      });
      return row ?? null;
    },

    async payment(wanted: string) {
      const p = squarePayments;
      const [row] = await db.query({
        from: p,
        columns: {
          id: p.id,
          intentId: p.intentId,
          customerId: p.customerId,
          entryId: p.entryId,
          status: p.status,
          outcome: p.outcome,
          amount: p.amount,
          currency: p.currency,
          merchantId: p.merchantId,
          merchantName: p.merchantName,
          createdAt: p.createdAt,
          updatedAt: p.updatedAt,
          customer: sql<string | null>`${customers.name}`.as("customer"),
        },
        leftJoin: [[customers, eq(customers.id, p.customerId)]],
        where: eq(p.id, wanted),
        limit: 1,
      });
      return row ?? null;
    },

    /** Whether another payment of this checkout is on its way. */
    async isAwaited(intent: Id<"paymentIntent">, besides: string): Promise<boolean> {
      const { id: its, intentId, outcome } = squarePayments;
      const where = and(eq(intentId, intent), eq(outcome, "waiting"), ne(its, besides));
      return (await db.query({ from: squarePayments, columns: { id: its }, where, limit: 1 })).length > 0;
    },

    /** Payments of this account that are neither completed nor failed, oldest first. */
    async waiting(merchant: string): Promise<string[]> {
      const { id: its, outcome, merchantId, createdAt } = squarePayments;
      const where = and(eq(outcome, "waiting"), eq(merchantId, merchant));
      return (await db.query({ from: squarePayments, columns: { id: its }, where, orderBy: [asc(createdAt)], limit: MOST_WAITING })).map(({ id: one }) => one);
    },

    /** The payment at Square behind an account's entry. */
    async paymentOfEntry(entry: Id<"entry">): Promise<{ id: string; currency: string; merchantId: string; merchantName: string } | null> {
      const { id: its, currency: paidIn, merchantId, merchantName, entryId } = squarePayments;
      const columns = { id: its, currency: paidIn, merchantId, merchantName };
      const [row] = await db.query({ from: squarePayments, columns, where: eq(entryId, entry), limit: 1 });
      return row ?? null;
    },

    /** A payment as Square has it; an older report never replaces a newer one, and what is on an account stays there. */
    paymentRow: (row: SquarePaymentRow): Statement =>
      db.upsert(
        squarePayments,
        row,
        [squarePayments.id],
        {
          status: row.status,
          outcome: row.outcome,
          fee: row.fee,
          receiptUrl: row.receiptUrl,
          updatedAt: row.updatedAt,
          intentId: row.intentId,
          customerId: row.customerId,
          entryId: row.entryId,
        },
        sql`${squarePayments.updatedAt} <= excluded.updated_at and (${squarePayments.outcome} <> 'applied' or excluded.outcome = 'applied')`,
      ),

    /** What Square learns of a payment that is on the account already. */
    keptRow: ({ id: its, status, fee, receiptUrl, updatedAt }: Pick<SquarePaymentRow, "id" | "status" | "fee" | "receiptUrl" | "updatedAt">): Statement =>
      db.update(squarePayments, { status, fee, receiptUrl, updatedAt }, and(eq(squarePayments.id, its), lte(squarePayments.updatedAt, updatedAt)) as SQL), // `and` of conditions is one

    /** A payment that fitted no invoice is on this account now. */
    assignedRow: (wanted: string, { customerId: payer, entryId }: { customerId: Id<"customer">; entryId: Id<"entry"> }): Statement =>
      db.update(
        squarePayments,
        { outcome: "applied", customerId: payer, entryId },
        and(eq(squarePayments.id, wanted), eq(squarePayments.outcome, "unclear")) as SQL, // `and` of conditions is one
      ),

    write: (rows: readonly Statement[], effects: readonly Effect[], at: UtcMs) => db.batch([...rows, ...effects.map((effect) => effectRow(db, effect, at))]),

    /** Money that came by our checkout and fits none of our records, newest first. */
    unclear: () =>
      db.query({
        from: squarePayments,
        columns: { id: squarePayments.id, amount: squarePayments.amount, currency: squarePayments.currency, createdAt: squarePayments.createdAt },
        where: and(eq(squarePayments.outcome, "unclear"), eq(squarePayments.status, "COMPLETED")),
        orderBy: [desc(squarePayments.createdAt)],
        limit: MOST,
      }),
  };
}
