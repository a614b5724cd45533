import { and, asc, eq, lt, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { invoices } from "~/modules/invoices/invoice.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { isOnItsWay, paymentIntents, paymentShares, pendingColumns, pendingMerchantColumn, pendingOfRow } from "../payment.tables";
import type { Pending } from "./on-its-way";

const MOST = 20_000;
const MOST_LATE = 80;

/** Money that is on its way. */
export function onItsWayStore(db: ScopedDatabase<"job"> | ScopedDatabase<"customer"> | ScopedDatabase<"staff">) {
  const { id, customerId, forEstimate, amount, state, expectedDay, merchantId } = paymentIntents;
  return {
    /** Invoices whose money is on its way. */
    async pendingInvoices(): Promise<Id<"invoice">[]> {
      const rows = await db.query({
        from: paymentIntents,
        columns: { invoiceId: paymentShares.invoiceId },
        join: [[paymentShares, eq(paymentShares.intentId, id)]],
        where: isOnItsWay,
        limit: MOST,
      });
      return rows.map(({ invoiceId }) => invoiceId);
    },

    /** What was expected before this day, longest awaited first. */
    late(before: string): Promise<{ id: Id<"paymentIntent">; expectedDay: string | null }[]> {
      return db.query({
        from: paymentIntents,
        columns: { id, expectedDay },
        where: and(isOnItsWay, lt(expectedDay, before)),
        orderBy: [asc(expectedDay)],
        limit: MOST_LATE,
      });
    },

    /** All that is on its way from a customer; null where nothing is. */
    async pendingOf(customer: Id<"customer">): Promise<Pick<Pending, "amount" | "expectedDay"> | null> {
      const sum = sql<number | null>`sum(${amount})`;
      const day = sql<string | null>`max(${expectedDay})`.as("day");
      const [row] = await db.query({ from: paymentIntents, columns: { sum, day }, where: and(eq(customerId, customer), isOnItsWay), limit: 1 });
      return row?.sum ? { amount: toCents(row.sum), expectedDay: row.day } : null;
    },

    /** What is on its way for an estimate's deposit. */
    async pendingFor(estimate: Id<"estimate">): Promise<Pending | null> {
      const [row] = await db.query({
        from: paymentIntents,
        columns: { amount, expectedDay, merchantId },
        where: and(eq(forEstimate, estimate), eq(state, "pending")),
        limit: 1,
      });
      return row ?? null;
    },

    /** What is on its way to each of these invoices; those without are left out. */
    async pendingOn(wanted: readonly Id<"invoice">[]): Promise<Map<Id<"invoice">, Pending>> {
      const { organizationId } = db.scope;
      const rows = await db.query({
        from: invoices,
        columns: { invoiceId: invoices.id, ...pendingColumns(organizationId), merchant: pendingMerchantColumn(organizationId) },
        where: sql`${invoices.id} in (select value from json_each(${JSON.stringify(wanted)}))`,
        limit: MOST,
      });
      return new Map(
        rows.flatMap((row) => {
          const pending = pendingOfRow(row);
          return pending && row.merchant !== null ? [[row.invoiceId, { ...pending, merchantId: row.merchant }] as const] : [];
        }),
      );
    },
  };
}
