import { and, asc, between, eq, gte, inArray, lte, sql } from "drizzle-orm";
import { toCents } from "~/kernel/money";
import { ledgerEntries } from "~/modules/invoices/invoice.tables";
import type { Period } from "~/modules/invoices/statements/statement";
import { isOnItsWay, paymentIntents, squarePayments } from "~/modules/payments/payment.tables";
import type { DaySum } from "~/modules/payments/payouts/square-days";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

/** Three kinds on each day of two years and a day. */
const MOST = 3 * 731;

/** What came and went through Square on each day of a period, with Square's fees, and what is expected on it. */
export async function readSquareDays(db: ScopedDatabase<"staff">, { from, through }: Period): Promise<DaySum[]> {
  const [l, p, i] = [ledgerEntries, squarePayments, paymentIntents];
  const [rows, pending] = await db.queries(
    {
      from: l,
      columns: {
        day: l.day,
        kind: l.kind,
        count: sql<number>`count(*)`,
        amount: sql<number>`sum(${l.amount})`,
        fee: sql<number>`coalesce(sum(${p.fee}), 0)`,
        withoutFee: sql<number>`sum(case when ${p.fee} is null then 1 else 0 end)`,
      },
      leftJoin: [[p, eq(p.entryId, l.id)]],
      where: and(eq(l.method, "square"), inArray(l.kind, ["payment", "refund", "chargeback"]), gte(l.day, from), lte(l.day, through)),
      groupBy: [l.day, l.kind],
      orderBy: [asc(l.day)],
      limit: MOST,
    },
    {
      from: i,
      columns: { day: i.expectedDay, count: sql<number>`count(*)`, amount: sql<number>`sum(${i.amount})` },
      where: and(isOnItsWay, between(i.expectedDay, from, through)),
      groupBy: [i.expectedDay],
      limit: MOST,
    },
  );
  return [
    ...rows.map(({ kind, amount, fee, ...row }) => ({ ...row, kind: kind as DaySum["kind"], amount: toCents(amount), fee: toCents(fee) })), // one of the kinds asked for
    ...pending.map(({ day, count, amount }) => ({ day: day ?? "", kind: "pending" as const, count, amount: toCents(amount), fee: toCents(0), withoutFee: 0 })),
  ];
}
