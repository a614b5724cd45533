import { and, asc, eq, gte, isNull, lt, lte, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";
import { dayOf, type UtcMs } from "~/kernel/time";
import type { BillTo } from "~/modules/customers/bill-to";
import { customers } from "~/modules/customers/customer.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { invoices, ledgerEntries } from "../invoice.tables";
import { instantsOf, type Period, type Statement, type StatementEntry, statementOf } from "./statement";

/** Per kind; far above two years of any customer, because a cut-off statement would be wrong. */
const MOST_LINES = 2_000;

export type AccountDatabase = ScopedDatabase<"staff"> | ScopedDatabase<"customer"> | ScopedDatabase<"job">;
export type NamedStatement = Statement & { customer: string; billTo: BillTo };

/**
 * A customer's account over a period, by the day on which money came in or went out. A customer's scope always reads its
 * own account, whatever id is given.
 */
export async function findStatement(
  db: AccountDatabase,
  wanted: Id<"customer"> | null,
  period: Period,
  zone: string,
): Promise<Result<NamedStatement, { kind: "not-found" } | { kind: "too-long" }>> {
  const { scope } = db;
  const id = scope.audience === "customer" ? (scope.partyId as Id<"customer">) : wanted; // a customer's session names its customer
  if (id === null) return err({ kind: "not-found" });
  const { since, until } = instantsOf(period, zone);
  const [i, l] = [invoices, ledgerEntries];
  const within = (column: typeof i.issuedAt | typeof i.voidedAt): SQL => and(gte(column, since), lt(column, until)) as SQL; // `and` of conditions is one
  const { organizationId } = scope;
  // A discarded draft was never issued, so it was never charged.
  const ownInvoices = and(eq(i.customerId, id), sql`${i.issuedAt} is not null`) as SQL; // `and` of conditions is one
  // Allocations and releases only move money between credit and invoices.
  const ownMoney = and(eq(l.customerId, id), isNull(l.invoiceId)) as SQL; // `and` of conditions is one
  // A corrected entry and its correction have the same day and cancel each other out.
  const isShown = sql`(${l.kind} <> 'correction' and not exists (select 1 from ledger_entries wrong where wrong.organization_id = ${organizationId} and wrong.corrects_id = ${l.id}))`;
  const sum = (column: typeof i.total | typeof l.amount) => sql<number>`coalesce(sum(${column}), 0)`;
  const [[customer], [issuedBefore], [voidedBefore], [moneyBefore], issued, voided, money, sources] = await db.queries(
    { from: customers, columns: { name: customers.name, address: customers.address, taxId: customers.taxId }, where: eq(customers.id, id), limit: 1 },
    { from: i, columns: { sum: sum(i.total) }, where: and(ownInvoices, lt(i.issuedAt, since)), limit: 1 },
    { from: i, columns: { sum: sum(i.total) }, where: and(ownInvoices, lt(i.voidedAt, since)), limit: 1 },
    { from: l, columns: { sum: sum(l.amount) }, where: and(ownMoney, lt(l.day, period.from)), limit: 1 },
    {
      from: i,
      columns: { at: i.issuedAt, number: i.number, total: i.total },
      where: and(ownInvoices, within(i.issuedAt)),
      orderBy: [asc(i.issuedAt)],
      limit: MOST_LINES,
    },
    {
      from: i,
      columns: { at: i.voidedAt, number: i.number, total: i.total },
      where: and(ownInvoices, within(i.voidedAt)),
      orderBy: [asc(i.voidedAt)],
      limit: MOST_LINES,
    },
    {
      from: l,
      columns: {
        at: l.at,
        on: l.day,
        kind: l.kind,
        sourceId: l.sourceId,
        amount: l.amount,
        method: l.method,
        reference: l.reference,
        number: sql<number | null>`${i.number}`.as("number"),
      },
      leftJoin: [[i, eq(i.id, l.forInvoice)]],
      where: and(ownMoney, gte(l.day, period.from), lte(l.day, period.through), isShown),
      orderBy: [asc(l.day), asc(l.version), asc(l.position)],
      limit: MOST_LINES,
    },
    {
      from: l,
      columns: { id: l.id, kind: l.kind, method: l.method, reference: l.reference, number: sql<number | null>`${i.number}`.as("number") },
      leftJoin: [[i, eq(i.id, l.forInvoice)]],
      where: sql`(${l.customerId} = ${id} and ${l.id} in (select source_id from ledger_entries where organization_id = ${organizationId} and customer_id = ${id} and kind in ('reversal', 'reinstatement') and day >= ${period.from} and day <= ${period.through}))`,
      limit: MOST_LINES,
    },
  );
  if (!customer) return err({ kind: "not-found" });
  if ([issued, voided, money].some((rows) => rows.length === MOST_LINES)) return err({ kind: "too-long" });
  const bare = { of: null, method: null, reference: null };
  const about = (kind: "invoice" | "void", sign: 1 | -1, { at, number, total }: { at: UtcMs | null; number: number | null; total: Cents }): StatementEntry[] =>
    at === null ? [] : [{ ...bare, at, on: dayOf(at, zone), kind, number, amount: toCents(sign * total) }];
  const entries = [
    ...issued.flatMap((row) => about("invoice", 1, row)),
    ...voided.flatMap((row) => about("void", -1, row)),
    ...money.flatMap(({ kind, sourceId, amount, ...row }): StatementEntry[] => {
      if (kind === "allocation" || kind === "release" || kind === "correction") return [];
      const undone = kind === "reversal" || kind === "reinstatement" ? sources.find((source) => source.id === sourceId) : undefined;
      const of = undone && (undone.kind === "payment" || undone.kind === "credit" || undone.kind === "credit-note") ? undone.kind : null;
      const paymentFacts = undone ? { method: undone.method, reference: undone.reference, number: undone.number } : {};
      return [{ ...row, ...paymentFacts, kind, of, amount: toCents(-amount) }];
    }),
  ];
  const opening = toCents((issuedBefore?.sum ?? 0) - (voidedBefore?.sum ?? 0) - (moneyBefore?.sum ?? 0));
  const { name, ...billTo } = customer;
  return ok({ ...statementOf(period, opening, entries), customer: name, billTo });
}
