import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Cents } from "~/kernel/money";
import { ledgerEntries } from "~/modules/invoices/invoice.tables";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { squareRefunds } from "../payment.tables";

type SquareRefundRow = Omit<typeof squareRefunds.$inferInsert, "organizationId">;

const MOST = 1_000;

/** Refunds as Square has them. */
export function squareRefundStore(db: ScopedDatabase<"job"> | ScopedDatabase<"staff">) {
  const { scope } = db;
  return {
    async find(wanted: string) {
      const r = squareRefunds;
      const [row] = await db.query({
        from: r,
        columns: {
          id: r.id,
          paymentId: r.paymentId,
          entryId: r.entryId,
          status: r.status,
          amount: r.amount,
          updatedAt: r.updatedAt,
          reason: r.reason,
          entered: sql<number | null>`${ledgerEntries.amount}`.as("entered"),
        },
        leftJoin: [[ledgerEntries, eq(ledgerEntries.id, r.entryId)]],
        where: eq(r.id, wanted),
        limit: 1,
      });
      return row ?? null;
    },

    /** A refund at Square of this payment and amount that no request is known to have made. */
    async unclaimed(payment: string, refunded: Cents): Promise<string | null> {
      const r = squareRefunds;
      const [row] = await db.query({
        from: r,
        columns: { id: r.id },
        where: and(
          eq(r.paymentId, payment),
          eq(r.amount, refunded),
          inArray(r.status, ["PENDING", "COMPLETED"]),
          sql`${r.id} not in (select square_id from refund_requests where organization_id = ${scope.organizationId} and square_id is not null)`,
        ),
        orderBy: [desc(r.updatedAt)],
        limit: 1,
      });
      return row?.id ?? null;
    },

    /** Refunds of a payment that are on no account. */
    async onNone(payment: string): Promise<string[]> {
      const { id: its, paymentId, entryId } = squareRefunds;
      const rows = await db.query({ from: squareRefunds, columns: { id: its }, where: and(eq(paymentId, payment), isNull(entryId)), limit: MOST });
      return rows.map((row) => row.id);
    },

    row: (row: SquareRefundRow): Statement =>
      db.upsert(
        squareRefunds,
        row,
        [squareRefunds.id],
        { status: row.status, updatedAt: row.updatedAt, entryId: row.entryId },
        sql`${squareRefunds.entryId} is null and ${squareRefunds.updatedAt} <= excluded.updated_at`,
      ),
  };
}
