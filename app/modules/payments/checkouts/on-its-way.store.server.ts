import { and, eq, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { paymentIntents, paymentShares } from "../payment.tables";
import type { Pending } from "./on-its-way";

const MOST = 20_000;

/** Money that is on its way. */
export function onItsWayStore(db: ScopedDatabase<"job"> | ScopedDatabase<"customer"> | ScopedDatabase<"staff">) {
  const { id, forEstimate, amount, state, expectedDay } = paymentIntents;
  return {
    /** Invoices whose money is on its way. */
    async pendingInvoices(): Promise<Id<"invoice">[]> {
      const rows = await db.query({
        from: paymentIntents,
        columns: { invoiceId: paymentShares.invoiceId },
        join: [[paymentShares, eq(paymentShares.intentId, id)]],
        where: eq(state, "pending"),
        limit: MOST,
      });
      return rows.map(({ invoiceId }) => invoiceId);
    },

    /** What is on its way for an estimate's deposit. */
    async pendingFor(estimate: Id<"estimate">): Promise<Pending | null> {
      const [row] = await db.query({
        from: paymentIntents,
        columns: { amount, expectedDay },
        where: and(eq(forEstimate, estimate), eq(state, "pending")),
        limit: 1,
      });
      return row ?? null;
    },

    /** What is on its way to each of these invoices; those without are left out. */
    async pendingOn(wanted: readonly Id<"invoice">[]): Promise<Map<Id<"invoice">, Pending>> {
      const rows = await db.query({
        from: paymentShares,
        columns: { invoiceId: paymentShares.invoiceId, sum: sql<number>`sum(${paymentShares.amount})`, day: sql<string | null>`max(${expectedDay})`.as("day") },
        join: [[paymentIntents, eq(paymentIntents.id, paymentShares.intentId)]],
        where: and(sql`${paymentShares.invoiceId} in (select value from json_each(${JSON.stringify(wanted)}))`, eq(state, "pending")),
        groupBy: [paymentShares.invoiceId],
        limit: MOST,
      });
      return new Map(rows.map(({ invoiceId, sum, day }) => [invoiceId, { amount: toCents(sum), expectedDay: day }]));
    },
  };
}
