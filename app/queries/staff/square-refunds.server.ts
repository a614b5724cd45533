import { and, asc, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { Id } from "~/kernel/ids";
import { type Cents, sumCents, toCents } from "~/kernel/money";
import { invoices, ledgerEntries } from "~/modules/invoices/invoice.tables";
import { freeOf, invoicesOf, type LedgerEntry, worthOf } from "~/modules/invoices/receivables/ledger";
import { refundRequests } from "~/modules/payments/payment.tables";
import { isReserved, type RefundRequest, refundableOf, whyNotByHand } from "~/modules/payments/refunds/refund-request";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

/** Far above what a page's payments have. */
const MOST = 2_000;

/** As one parameter: a statement of D1 takes a hundred. */
const among = (column: SQLiteColumn, ids: readonly string[]): SQL => sql`${column} in (select value from json_each(${JSON.stringify(ids)}))`;

/** A payment that came through Square: what can still be refunded of it, which invoices that opens, and the refunds asked for. */
export type SquareRefundable = {
  sourceId: Id<"entry">;
  most: Cents;
  /** What of that may be paid back another way, because Square could not. */
  byHand: Cents;
  /** The name of the account at Square that took it, where another one is connected now. */
  otherAccount: string | null;
  /** What is on its way back. */
  reserved: Cents;
  /** What of it is on no invoice. */
  free: Cents;
  /** What of it is on each invoice, in order of allocation. */
  on: { invoiceId: Id<"invoice">; number: number | null; amount: Cents }[];
  /** Newest first. */
  requests: Pick<RefundRequest, "id" | "state" | "amount" | "problem" | "createdAt">[];
};

const otherAccountSql = ({ scope: { organizationId } }: ScopedDatabase<"staff">) =>
  sql<
    string | null
  >`(select merchant_name from square_payments where organization_id = ${organizationId} and entry_id = ${ledgerEntries.id} and merchant_id <> (select merchant_id from square_connections where organization_id = ${organizationId}))`;

type Shown = Pick<LedgerEntry, "id" | "kind" | "method">;

/** Those of a page's entries that came through Square. */
export async function readSquareRefundables(db: ScopedDatabase<"staff">, shown: readonly Shown[]): Promise<Record<string, SquareRefundable>> {
  const ids = [...new Set(shown.filter(({ kind, method }) => kind === "payment" && method === "square").map(({ id }) => id))];
  if (ids.length === 0) return {};
  const l = ledgerEntries;
  const r = refundRequests;
  const [entries, requests] = await db.queries(
    {
      from: l,
      columns: { id: l.id, sourceId: l.sourceId, invoiceId: l.invoiceId, amount: l.amount, otherAccount: otherAccountSql(db) },
      where: among(l.sourceId, ids),
      orderBy: [asc(l.version), asc(l.position)],
      limit: MOST,
    },
    {
      from: r,
      columns: { id: r.id, sourceId: r.sourceId, state: r.state, amount: r.amount, problem: r.problem, createdAt: r.createdAt },
      where: among(r.sourceId, ids),
      orderBy: [desc(r.createdAt)],
      limit: MOST,
    },
  );
  const touched = [...new Set(entries.flatMap(({ invoiceId }) => invoiceId ?? []))];
  const numbers = new Map(
    touched.length === 0
      ? []
      : (await db.query({ from: invoices, columns: { id: invoices.id, number: invoices.number }, where: among(invoices.id, touched), limit: MOST })).map(
          ({ id, number }) => [id, number],
        ),
  );
  const all = entries as unknown as LedgerEntry[]; // the sums below read these four columns
  return Object.fromEntries(
    ids.map((sourceId): [string, SquareRefundable] => {
      const asked = requests.filter((one) => one.sourceId === sourceId).map(({ sourceId: _, ...one }) => one);
      const most = refundableOf(worthOf(all, sourceId), asked);
      return [
        sourceId,
        {
          sourceId,
          most,
          otherAccount: entries.find(({ id }) => id === sourceId)?.otherAccount ?? null,
          byHand: whyNotByHand(asked) === null ? most : toCents(0),
          reserved: sumCents(asked.filter(isReserved).map(({ amount }) => amount)),
          free: toCents(Math.max(0, freeOf(all, sourceId))),
          on: [...invoicesOf(all, sourceId)].map(([invoiceId, amount]) => ({ invoiceId, number: numbers.get(invoiceId) ?? null, amount })),
          requests: asked,
        },
      ];
    }),
  );
}

/** Refunds of a customer that are on their way back through Square. */
export const readRefundsUnderWay = (db: ScopedDatabase<"staff">, customerId: Id<"customer">) =>
  db.query({
    from: refundRequests,
    columns: { id: refundRequests.id, amount: refundRequests.amount, state: refundRequests.state, problem: refundRequests.problem },
    where: and(eq(refundRequests.customerId, customerId), inArray(refundRequests.state, ["asked", "pending"])),
    orderBy: [asc(refundRequests.createdAt)],
    limit: MOST,
  });
