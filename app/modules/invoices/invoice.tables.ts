import { sql } from "drizzle-orm";
import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Terms } from "~/kernel/payment-terms";
import { customers } from "~/modules/customers/customer.tables";
import { estimates } from "~/modules/estimates/estimate.tables";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import { cents, day, id, instant, json, oneOf, organizationColumn, thousandths } from "~/platform/database/columns";
import type { Actor } from "~/platform/database/tenant.tables";
import type { CoreReturn } from "./cores/core";
import type { FrozenAuthorization } from "./frozen-authorization";
import type { InvoiceContents, InvoiceState } from "./invoice";
import type { LedgerEntry, Method } from "./receivables/ledger";

export const invoices = sqliteTable(
  "invoices",
  {
    organizationId: organizationColumn(),
    id: id("invoice").notNull(),
    /** Assigned at issue, so numbers have no gaps; a void invoice keeps its number. */
    number: integer("number"),
    /** For lists in this order: drafts come after all numbers, discarded ones before. */
    numberOrder: integer("number_order").generatedAlwaysAs(sql`coalesce(number, case when state = 'draft' then 1000000000000 else 0 end)`),
    customerId: id("customer", "customer_id").notNull(),
    state: text("state").$type<InvoiceState>().notNull(),
    /** Fixed at issue; a draft's contents are computed from its orders. */
    contents: json<InvoiceContents>("contents"),
    total: cents("total_cents").notNull().default(sql`0`),
    /** Sum of its ledger entries, recomputed in SQL in each batch that adds one. */
    applied: cents("applied_cents").notNull().default(sql`0`),
    /** What is left of the total, for lists in this order. */
    balanceOrder: cents("balance_order_cents").generatedAlwaysAs(sql`total_cents - applied_cents`),
    /** Cores neither returned nor forfeited; stored so that lists can filter by it. */
    coresOut: thousandths("cores_out_thousandths").notNull().default(sql`0`),
    terms: text("terms").$type<Terms>(),
    issuedAt: instant("issued_at"),
    dueDay: day("due_day"),
    /** For lists in this order: a draft comes after all that have a due day. */
    dueOrder: day("due_order").generatedAlwaysAs(sql`coalesce(due_day, '9999-12-31')`),
    /** End of the due day in the shop's time zone. */
    dueAt: instant("due_at"),
    /** The latest reminder that was sent (see reminders/reminder.ts). */
    reminded: integer("reminded_step"),
    voidedAt: instant("voided_at"),
    voidReason: text("void_reason"),
    version: integer("version").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    uniqueIndex("invoices_number").on(t.organizationId, t.number).where(sql`number is not null`),
    foreignKey({ columns: [t.organizationId, t.customerId], foreignColumns: [customers.organizationId, customers.id] }),
    index("invoices_by_number").on(t.organizationId, t.numberOrder, t.id),
    index("invoices_by_due_day").on(t.organizationId, t.dueOrder, t.id),
    index("invoices_by_balance").on(t.organizationId, t.balanceOrder, t.id),
    index("invoices_by_state").on(t.organizationId, t.state, t.id),
    index("invoices_by_customer").on(t.organizationId, t.customerId, t.id),
    index("invoices_with_cores_out").on(t.organizationId, t.coresOut).where(sql`state = 'issued' and cores_out_thousandths > 0`),
    index("invoices_owed").on(t.organizationId, t.dueAt).where(sql`state = 'issued' and applied_cents < total_cents`),
    oneOf(t.state, ["draft", "issued", "void"]),
    oneOf(t.terms, ["receipt", "net-15", "net-30", "net-45", "net-60"]),
  ],
);

/** The orders of an invoice. An order is on at most one draft or issued invoice. */
export const invoiceOrders = sqliteTable(
  "invoice_orders",
  {
    organizationId: organizationColumn(),
    invoiceId: id("invoice", "invoice_id").notNull(),
    workOrderId: id("workOrder", "work_order_id").notNull(),
    /** Fixed at issue; null on a draft, and where nobody had to agree. */
    authorized: json<FrozenAuthorization>("authorized"),
    /** When voiding or discarding the invoice released the order. */
    releasedAt: instant("released_at"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.invoiceId, t.workOrderId] }),
    foreignKey({ columns: [t.organizationId, t.invoiceId], foreignColumns: [invoices.organizationId, invoices.id] }),
    foreignKey({ columns: [t.organizationId, t.workOrderId], foreignColumns: [workOrders.organizationId, workOrders.id] }),
    uniqueIndex("invoice_orders_living").on(t.organizationId, t.workOrderId).where(sql`released_at is null`),
  ],
);

/** Entries of all customer accounts; rows are added, never changed. */
export const ledgerEntries = sqliteTable(
  "ledger_entries",
  {
    organizationId: organizationColumn(),
    id: id("entry").notNull(),
    customerId: id("customer", "customer_id").notNull(),
    /** The account version that added it, and its position within that version. */
    version: integer("version").notNull(),
    position: integer("position").notNull(),
    kind: text("kind").$type<LedgerEntry["kind"]>().notNull(),
    sourceId: id("entry", "source_id").notNull(),
    invoiceId: id("invoice", "invoice_id"),
    forInvoice: id("invoice", "for_invoice_id"),
    forEstimate: id("estimate", "for_estimate_id"),
    corrects: id("entry", "corrects_id"),
    amount: cents("amount_cents").notNull(),
    method: text("method").$type<Method>(),
    reference: text("reference"),
    day: day("day").notNull(),
    why: text("why"),
    at: instant("at").notNull(),
    actor: json<Actor>("actor").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    uniqueIndex("ledger_entries_by_account").on(t.organizationId, t.customerId, t.version, t.position),
    foreignKey({ columns: [t.organizationId, t.customerId], foreignColumns: [customers.organizationId, customers.id] }),
    foreignKey({ columns: [t.organizationId, t.sourceId], foreignColumns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.invoiceId], foreignColumns: [invoices.organizationId, invoices.id] }),
    foreignKey({ columns: [t.organizationId, t.forEstimate], foreignColumns: [estimates.organizationId, estimates.id] }),
    index("ledger_entries_by_day").on(t.organizationId, t.customerId, t.day),
    index("ledger_entries_by_estimate").on(t.organizationId, t.forEstimate).where(sql`for_estimate_id is not null`),
    index("ledger_entries_through_square").on(t.organizationId, t.day).where(sql`method = 'square'`),
    index("ledger_entries_by_invoice").on(t.organizationId, t.invoiceId),
    oneOf(t.kind, ["payment", "credit", "credit-note", "allocation", "release", "refund", "reversal", "reinstatement", "correction", "chargeback"]),
    oneOf(t.method, ["cash", "check", "ach", "card", "square"]),
  ],
);

/** What the rules of accounts need of an entry. */
export const entryColumns = {
  id: ledgerEntries.id,
  kind: ledgerEntries.kind,
  sourceId: ledgerEntries.sourceId,
  invoiceId: ledgerEntries.invoiceId,
  forInvoice: ledgerEntries.forInvoice,
  corrects: ledgerEntries.corrects,
  amount: ledgerEntries.amount,
  method: ledgerEntries.method,
  reference: ledgerEntries.reference,
  day: ledgerEntries.day,
  why: ledgerEntries.why,
  at: ledgerEntries.at,
};

/** Money of a source that is promised elsewhere and can't be applied, such as a refund on its way; nothing once that ended. */
export const reservations = sqliteTable(
  "reservations",
  {
    organizationId: organizationColumn(),
    id: id("refund").notNull(),
    customerId: id("customer", "customer_id").notNull(),
    sourceId: id("entry", "source_id").notNull(),
    amount: cents("amount_cents").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    index("reservations_living").on(t.organizationId, t.customerId).where(sql`amount_cents > 0`),
    foreignKey({ columns: [t.organizationId, t.customerId], foreignColumns: [customers.organizationId, customers.id] }),
    foreignKey({ columns: [t.organizationId, t.sourceId], foreignColumns: [ledgerEntries.organizationId, ledgerEntries.id] }),
  ],
);

/** By source, for what of a customer's credit is reserved. */
export const reservedColumns = {
  held: sql<number>`sum(${reservations.amount})`,
  free: sql<number>`(select coalesce(sum(case when invoice_id is null then amount_cents else -amount_cents end), 0) from ledger_entries where ledger_entries.organization_id = reservations.organization_id and ledger_entries.source_id = reservations.source_id)`,
};

/** Returns and forfeits of cores; rows are added, never changed. */
export const coreReturns = sqliteTable(
  "core_returns",
  {
    organizationId: organizationColumn(),
    id: id("coreReturn").notNull(),
    invoiceId: id("invoice", "invoice_id").notNull(),
    lineId: id("line", "line_id").notNull(),
    outcome: text("outcome").$type<CoreReturn["outcome"]>().notNull(),
    quantity: thousandths("quantity_thousandths").notNull(),
    credited: cents("credited_cents").notNull(),
    /** The credit note on the account; if it is reversed, the core is out again. */
    creditNote: id("entry", "credit_note_id"),
    /** Why a forfeit was undone. */
    why: text("why"),
    at: instant("at").notNull(),
    actor: json<Actor>("actor").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    index("core_returns_by_invoice").on(t.organizationId, t.invoiceId),
    uniqueIndex("core_returns_by_credit_note").on(t.organizationId, t.creditNote).where(sql`credit_note_id is not null`),
    foreignKey({ columns: [t.organizationId, t.invoiceId], foreignColumns: [invoices.organizationId, invoices.id] }),
    foreignKey({ columns: [t.organizationId, t.creditNote], foreignColumns: [ledgerEntries.organizationId, ledgerEntries.id] }),
    oneOf(t.outcome, ["credited", "forfeited", "reopened"]),
  ],
);
