import { and, desc, eq, inArray, isNotNull, lt, ne, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { summarizeCores } from "~/modules/invoices/cores/core";
import { findCores } from "~/modules/invoices/cores/core.store.server";
import { balanceOf, statusOf } from "~/modules/invoices/invoice";
import { invoiceOrders, invoices, ledgerEntries } from "~/modules/invoices/invoice.tables";
import type { PortalInvoiceFilter } from "~/modules/invoices/invoice-filters";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

const PER_PAGE = 50;
const MOST_PAYMENTS = 80;

/** Invoices issued to the session's customer. Drafts have no number and are internal. */
const own = (db: ScopedDatabase<"customer">) => and(eq(invoices.customerId, db.scope.partyId as Id<"customer">), isNotNull(invoices.number)); // a customer's session names its customer

const { id, number, state, total, applied, issuedAt, dueDay, dueAt, voidedAt } = invoices;
const listColumns = { id, number, state, total, applied, issuedAt, dueDay, dueAt, voidedAt };

type Wanted = { filter: PortalInvoiceFilter; before: number | null; now: UtcMs };

export async function readPortalInvoices(db: ScopedDatabase<"customer">, { filter, before, now }: Wanted) {
  const rows = await db.query({
    from: invoices,
    columns: listColumns,
    where: and(own(db), filtered(filter, now), before === null ? undefined : lt(invoices.number, before)),
    orderBy: [desc(invoices.number)],
    limit: PER_PAGE + 1,
  });
  const page = rows.slice(0, PER_PAGE).map((row) => ({ ...row, status: statusOf(row, now), balance: balanceOf(row) }));
  return { rows: page, next: rows.length > PER_PAGE ? (page.at(-1)?.number ?? null) : null };
}

function filtered(filter: PortalInvoiceFilter, now: UtcMs): SQL | undefined {
  switch (filter) {
    case "open":
      return sql`${state} = 'issued' and ${applied} < ${total}`;
    case "overdue":
      return sql`${state} = 'issued' and ${applied} < ${total} and ${dueAt} <= ${now}`;
    case "paid":
      return sql`${state} = 'issued' and ${applied} >= ${total}`;
    case "all":
      return undefined;
  }
}

/** The customer's invoices of an order, for the order's page. */
export async function readPortalInvoicesOfOrder(db: ScopedDatabase<"customer">, order: Id<"workOrder">, now: UtcMs) {
  const rows = await db.query({
    from: invoices,
    columns: listColumns,
    join: [[invoiceOrders, eq(invoiceOrders.invoiceId, invoices.id)]],
    where: and(own(db), eq(invoiceOrders.workOrderId, order)),
    orderBy: [desc(invoices.number)],
    limit: PER_PAGE,
  });
  return rows.map((row) => ({ id: row.id, number: row.number, status: statusOf(row, now) }));
}

/** An invoice as its customer sees it: contents, status, payments and credits. */
export async function readPortalInvoice(db: ScopedDatabase<"customer">, wanted: Id<"invoice">, now: UtcMs) {
  const [row] = await db.query({
    from: invoices,
    columns: { ...listColumns, contents: invoices.contents, terms: invoices.terms },
    where: and(own(db), eq(invoices.id, wanted)),
    limit: 1,
  });
  if (!row?.contents) return null;
  const { contents, ...invoice } = row;
  const customerId = db.scope.partyId as Id<"customer">; // a customer's session names its customer
  const l = ledgerEntries;
  const entries = await db.query({
    from: l,
    columns: { id: l.id, kind: l.kind, sourceId: l.sourceId, amount: l.amount, at: l.at },
    // Its allocations, and its credit notes (which may be entirely credit) with their refunds and reversals; without payments that were mistyped.
    where: and(
      eq(l.customerId, customerId),
      sql`not exists (select 1 from ledger_entries fix where fix.organization_id = ${db.scope.organizationId} and fix.corrects_id in (${l.sourceId}, ${l.id}))`,
      ne(l.kind, "correction"),
      sql`(${l.invoiceId} = ${wanted} or (${l.invoiceId} is null and ${l.sourceId} in (select id from ledger_entries where organization_id = ${db.scope.organizationId} and for_invoice_id = ${wanted} and kind = 'credit-note')))`,
    ),
    orderBy: [desc(l.version), desc(l.position)],
    limit: MOST_PAYMENTS,
  });
  const sources = await db.query({
    from: l,
    columns: { id: l.id, kind: l.kind, method: l.method, reference: l.reference, day: l.day },
    where: inArray(
      l.id,
      entries.map(({ id: entry, kind, sourceId }) => (kind === "refund" ? entry : sourceId)),
    ),
    limit: MOST_PAYMENTS,
  });
  const settled = await findCores(db, { id: wanted, customerId, contents });
  // Who recorded a core return and why a forfeit was undone are internal.
  const cores = summarizeCores({
    state: invoice.state,
    ...settled,
    returns: settled.returns.map(({ actor: _, creditNote: __, ...summary }) => ({ ...summary, why: null })),
  });
  const payments = entries.map(({ sourceId, ...entry }) => {
    const source = sources.find((one) => one.id === (entry.kind === "refund" ? entry.id : sourceId));
    return { ...entry, of: source?.kind ?? null, method: source?.method ?? null, reference: source?.reference ?? null, day: source?.day ?? null };
  });
  return { invoice: { ...invoice, status: statusOf(invoice, now), balance: balanceOf(invoice) }, contents, cores, payments };
}
