import { and, asc, desc, eq, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import { customers } from "~/modules/customers/customer.tables";
import { estimates } from "~/modules/estimates/estimate.tables";
import { balanceOf, statusOf } from "~/modules/invoices/invoice";
import { invoiceOrders, invoices, ledgerEntries, reservations, reservedColumns } from "~/modules/invoices/invoice.tables";
import { type LedgerEntry, reservedCredit } from "~/modules/invoices/receivables/ledger";
import { pendingColumns, pendingOfRow } from "~/modules/payments/payment.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

const PER_PAGE = 30;
const MOST_OPEN = 50;
const MOST_SOURCES = 30;
const NEWEST = 5;

const i = invoices;
const l = ledgerEntries;
const owedBy = (id: Id<"customer">): SQL => and(eq(i.customerId, id), sql`${i.state} = 'issued' and ${i.applied} < ${i.total}`) as SQL; // `and` of conditions is one
/** The unapplied amount: of a customer the credit, of a source its remaining money. */
const free = sql<number>`coalesce(sum(case when ${l.invoiceId} is null then ${l.amount} else -${l.amount} end), 0)`;

/** A customer's balance, overdue amount and credit. */
const figures = (id: Id<"customer">, now: UtcMs) =>
  [
    {
      from: i,
      columns: {
        owed: sql<number>`coalesce(sum(${i.total} - ${i.applied}), 0)`,
        overdue: sql<number>`coalesce(sum(case when ${i.dueAt} <= ${now} then ${i.total} - ${i.applied} else 0 end), 0)`,
        count: sql<number>`count(*)`,
      },
      where: owedBy(id),
      limit: 1,
    },
    { from: l, columns: { credit: free }, where: eq(l.customerId, id), limit: 1 },
    {
      from: reservations,
      columns: reservedColumns,
      where: and(eq(reservations.customerId, id), sql`${reservations.amount} > 0`),
      groupBy: [reservations.sourceId],
      limit: MOST_SOURCES,
    },
  ] as const;

/** `reserved`: what of the credit is on its way back to the customer. */
type Figures = { owed: Cents; overdue: Cents; credit: Cents; reserved: Cents };
const figuresIn = (
  owed: { owed: number; overdue: number } | undefined,
  credit: { credit: number } | undefined,
  held: Parameters<typeof reservedCredit>[0],
): Figures => ({
  owed: toCents(owed?.owed ?? 0),
  overdue: toCents(owed?.overdue ?? 0),
  credit: toCents(credit?.credit ?? 0),
  reserved: reservedCredit(held),
});

/** The remaining value of a payment or credit, and what can be done with it. A core's credit is only reinstated by the core's return. */
type SourceBalance = { worth: Cents; isLiving: boolean; mayReverse: boolean; mayReinstate: boolean };

/** The position of an entry in its account; the next page starts after it. */
export type AccountCursor = { version: number; position: number };

/** A customer's account: balance, open invoices, unapplied money, and all entries, newest first. */
export async function readAccount(db: ScopedDatabase<"staff">, id: Id<"customer">, { now, before }: { now: UtcMs; before: AccountCursor | null }) {
  const isCorrected = (entry: typeof l.id | typeof l.sourceId) =>
    sql<number>`exists (select 1 from ledger_entries fix where fix.organization_id = ${db.scope.organizationId} and fix.corrects_id = ${entry})`;
  const below = before && or(lt(l.version, before.version), and(eq(l.version, before.version), lt(l.position, before.position)));
  const [[customer], [owed], [credit], held, open, rows, sums] = await db.queries(
    { from: customers, columns: { id: customers.id, name: customers.name, portalEnabled: customers.portalEnabled }, where: eq(customers.id, id), limit: 1 },
    ...figures(id, now),
    {
      from: i,
      columns: { id: i.id, number: i.number, state: i.state, total: i.total, applied: i.applied, dueAt: i.dueAt, dueDay: i.dueDay },
      where: owedBy(id),
      orderBy: [asc(i.dueAt), asc(i.number)],
      limit: MOST_OPEN,
    },
    {
      from: l,
      columns: {
        id: l.id,
        kind: l.kind,
        sourceId: l.sourceId,
        amount: l.amount,
        method: l.method,
        reference: l.reference,
        day: l.day,
        why: l.why,
        at: l.at,
        actor: l.actor,
        version: l.version,
        position: l.position,
        invoiceId: l.invoiceId,
        corrects: l.corrects,
        isCorrected: isCorrected(l.id),
        isOfCorrected: isCorrected(l.sourceId),
        number: sql<number | null>`${i.number}`.as("number"),
      },
      leftJoin: [[i, eq(i.id, sql`coalesce(${l.invoiceId}, ${l.forInvoice})`)]],
      where: and(eq(l.customerId, id), below ?? undefined),
      orderBy: [desc(l.version), desc(l.position)],
      limit: PER_PAGE + 1,
    },
    { from: l, columns: { sourceId: l.sourceId, free }, where: eq(l.customerId, id), groupBy: [l.sourceId], orderBy: [desc(free)], limit: MOST_SOURCES },
  );
  if (!customer) return null;
  const entries = rows.slice(0, PER_PAGE);
  const lying = new Map(sums.filter((source) => source.free > 0).map((source) => [source.sourceId, toCents(source.free)]));
  const last = entries.at(-1);
  return {
    customer,
    ...figuresIn(owed, credit, held),
    /** Open invoices by due date, and their total number. */
    openCount: owed?.count ?? 0,
    open: open.map((row) => ({ ...row, status: statusOf(row, now), balance: balanceOf(row) })),
    sources: (await readSources([...lying.keys()])).map((source) => ({ ...source, free: lying.get(source.id) ?? toCents(0) })),
    entries: entries.map((entry) => ({ ...entry, isCorrected: entry.isCorrected === 1, isOfCorrected: entry.isOfCorrected === 1 })),
    /** For the payments and credits on this page: what can still be refunded, reversed or reinstated. */
    summary: await readSummary([...new Set(entries.filter(({ invoiceId }) => invoiceId === null).map(({ sourceId }) => sourceId))]),
    next: rows.length > PER_PAGE && last ? { version: last.version, position: last.position } : null,
  };

  async function readSources(ids: readonly Id<"entry">[]) {
    if (ids.length === 0) return [];
    return db.query({
      from: l,
      columns: {
        id: l.id,
        kind: l.kind,
        amount: l.amount,
        method: l.method,
        reference: l.reference,
        day: l.day,
        why: l.why,
        /** Number of the estimate that it is a deposit for. */
        estimate: sql<number | null>`${estimates.number}`.as("estimate"),
      },
      leftJoin: [[estimates, eq(estimates.id, l.forEstimate)]],
      where: and(eq(l.customerId, id), inArray(l.id, [...ids])),
      orderBy: [asc(l.version), asc(l.position)],
      limit: MOST_SOURCES,
    });
  }

  async function readSummary(ids: readonly Id<"entry">[]): Promise<Record<Id<"entry">, SourceBalance>> {
    if (ids.length === 0) return {};
    const count = (kind: LedgerEntry["kind"]) => sql`sum(case when ${l.kind} = ${kind} then 1 else 0 end)`;
    const found = await db.query({
      from: l,
      columns: {
        sourceId: l.sourceId,
        worth: sql<number>`sum(case when ${l.invoiceId} is null then ${l.amount} else 0 end)`,
        reversed: sql<number>`${count("reversal")} > ${count("reinstatement")}`,
        corrected: sql<number>`sum(case when ${l.corrects} = ${l.sourceId} then 1 else 0 end) > 0`,
        refunded: sql<number>`${count("refund")} > sum(case when ${l.kind} = 'correction' and ${l.corrects} <> ${l.sourceId} then 1 else 0 end)`,
        ofCore: sql<number>`exists (select 1 from core_returns where organization_id = ${db.scope.organizationId} and credit_note_id = ${l.sourceId})`,
      },
      where: and(eq(l.customerId, id), inArray(l.sourceId, [...ids])),
      groupBy: [l.sourceId],
      limit: PER_PAGE,
    });
    return Object.fromEntries(
      found.map(({ sourceId, worth, reversed, corrected, refunded, ofCore }) => [
        sourceId,
        {
          worth: toCents(worth),
          isLiving: reversed === 0 && corrected === 0,
          mayReverse: reversed === 0 && corrected === 0 && refunded === 0,
          mayReinstate: reversed === 1 && corrected === 0 && ofCore === 0,
        },
      ]),
    );
  }
}

/** A short version for the customer record: balance and newest invoices. */
export async function readCustomerReceivables(db: ScopedDatabase<"staff">, id: Id<"customer">, now: UtcMs) {
  const [[owed], [credit], held, newest] = await db.queries(...figures(id, now), {
    from: i,
    columns: {
      id: i.id,
      number: i.number,
      state: i.state,
      total: i.total,
      applied: i.applied,
      dueAt: i.dueAt,
      dueDay: i.dueDay,
      ...pendingColumns(db.scope.organizationId),
    },
    where: and(eq(i.customerId, id), sql`(${i.state} <> 'void' or ${i.number} is not null)`),
    orderBy: [desc(i.id)],
    limit: NEWEST,
  });
  return {
    ...figuresIn(owed, credit, held),
    newest: newest.map((row) => ({ ...row, status: statusOf(row, now), balance: balanceOf(row), pending: pendingOfRow(row) })),
  };
}

/** The invoices of an order, voided ones included. */
export async function readInvoicesOfOrder(db: ScopedDatabase<"staff">, id: Id<"workOrder">, now: UtcMs) {
  const rows = await db.query({
    from: invoiceOrders,
    columns: { id: i.id, number: i.number, state: i.state, total: i.total, applied: i.applied, dueAt: i.dueAt },
    join: [[i, eq(i.id, invoiceOrders.invoiceId)]],
    where: and(eq(invoiceOrders.workOrderId, id), sql`(${i.state} <> 'void' or ${i.number} is not null)`),
    orderBy: [desc(i.id)],
    limit: NEWEST,
  });
  return rows.map((row) => ({ id: row.id, number: row.number, status: statusOf(row, now) }));
}

/** Balance and credit of the session's customer. */
export async function readPortalBalance(db: ScopedDatabase<"customer">, now: UtcMs): Promise<Figures> {
  const [[owed], [credit], held] = await db.queries(...figures(db.scope.partyId as Id<"customer">, now)); // a customer's session names its customer
  return figuresIn(owed, credit, held);
}
