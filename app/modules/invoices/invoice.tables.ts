import { sql } from "drizzle-orm";
import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Id } from "~/kernel/ids";
import type { Cents, Quantity } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import { customers } from "~/modules/customers/customer.tables";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import { type Actor, organizationColumn } from "~/platform/database/tenant.tables";
import type { CoreReturn } from "./cores/core";
import type { InvoiceContents, InvoiceState, Terms } from "./invoice";
import type { LedgerEntry, Method } from "./receivables/ledger";

export const invoices = sqliteTable(
  "invoices",
  {
    organizationId: organizationColumn(),
    id: text("id").$type<Id<"invoice">>().notNull(),
    /** Taken when it is issued, so that the numbers have no gaps; a void one keeps it. */
    number: integer("number"),
    customerId: text("customer_id").$type<Id<"customer">>().notNull(),
    state: text("state").$type<InvoiceState>().notNull(),
    /** What it says, fixed when it is issued; a draft is worked out from its orders. */
    contents: text("contents", { mode: "json" }).$type<InvoiceContents>(),
    total: integer("total_cents").$type<Cents>().notNull().default(sql`0`),
    /** What is on it: the sum of its ledger entries, worked out by the database in each batch that adds one. */
    applied: integer("applied_cents").$type<Cents>().notNull().default(sql`0`),
    /** How many of its cores are neither back nor forfeited; kept so that lists can filter by it. */
    coresOut: integer("cores_out_thousandths").$type<Quantity>().notNull().default(sql`0`),
    terms: text("terms").$type<Terms>(),
    issuedAt: integer("issued_at").$type<UtcMs>(),
    dueDay: text("due_day"),
    /** The end of the due day where the shop is. */
    dueAt: integer("due_at").$type<UtcMs>(),
    voidedAt: integer("voided_at").$type<UtcMs>(),
    voidReason: text("void_reason"),
    version: integer("version").notNull(),
    createdAt: integer("created_at").$type<UtcMs>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    uniqueIndex("invoices_number").on(t.organizationId, t.number).where(sql`number is not null`),
    foreignKey({ columns: [t.organizationId, t.customerId], foreignColumns: [customers.organizationId, customers.id] }),
    index("invoices_by_state").on(t.organizationId, t.state, t.id),
    index("invoices_by_customer").on(t.organizationId, t.customerId, t.id),
    index("invoices_with_cores_out").on(t.organizationId, t.coresOut).where(sql`state = 'issued' and cores_out_thousandths > 0`),
    index("invoices_owed").on(t.organizationId, t.dueAt).where(sql`state = 'issued' and applied_cents < total_cents`),
  ],
);

/** The work that an invoice charges for. One living invoice holds an order at most. */
export const invoiceOrders = sqliteTable(
  "invoice_orders",
  {
    organizationId: organizationColumn(),
    invoiceId: text("invoice_id").$type<Id<"invoice">>().notNull(),
    workOrderId: text("work_order_id").$type<Id<"workOrder">>().notNull(),
    /** When the invoice was voided or discarded, and gave the order back. */
    releasedAt: integer("released_at").$type<UtcMs>(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.invoiceId, t.workOrderId] }),
    foreignKey({ columns: [t.organizationId, t.invoiceId], foreignColumns: [invoices.organizationId, invoices.id] }),
    foreignKey({ columns: [t.organizationId, t.workOrderId], foreignColumns: [workOrders.organizationId, workOrders.id] }),
    uniqueIndex("invoice_orders_living").on(t.organizationId, t.workOrderId).where(sql`released_at is null`),
  ],
);

/** The accounts of all customers; rows are added and never changed. */
export const ledgerEntries = sqliteTable(
  "ledger_entries",
  {
    organizationId: organizationColumn(),
    id: text("id").$type<Id<"entry">>().notNull(),
    customerId: text("customer_id").$type<Id<"customer">>().notNull(),
    /** The account's version that added it, and its place among what was added with it. */
    version: integer("version").notNull(),
    position: integer("position").notNull(),
    kind: text("kind").$type<LedgerEntry["kind"]>().notNull(),
    sourceId: text("source_id").$type<Id<"entry">>().notNull(),
    invoiceId: text("invoice_id").$type<Id<"invoice">>(),
    forInvoice: text("for_invoice_id").$type<Id<"invoice">>(),
    amount: integer("amount_cents").$type<Cents>().notNull(),
    method: text("method").$type<Method>(),
    reference: text("reference"),
    day: text("day"),
    why: text("why"),
    at: integer("at").$type<UtcMs>().notNull(),
    actor: text("actor", { mode: "json" }).$type<Actor>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    uniqueIndex("ledger_entries_by_account").on(t.organizationId, t.customerId, t.version, t.position),
    foreignKey({ columns: [t.organizationId, t.customerId], foreignColumns: [customers.organizationId, customers.id] }),
    foreignKey({ columns: [t.organizationId, t.sourceId], foreignColumns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.invoiceId], foreignColumns: [invoices.organizationId, invoices.id] }),
    index("ledger_entries_by_invoice").on(t.organizationId, t.invoiceId),
  ],
);

/** What became of the cores that were charged; rows are added and never changed. */
export const coreReturns = sqliteTable(
  "core_returns",
  {
    organizationId: organizationColumn(),
    id: text("id").$type<Id<"coreReturn">>().notNull(),
    invoiceId: text("invoice_id").$type<Id<"invoice">>().notNull(),
    lineId: text("line_id").$type<Id<"line">>().notNull(),
    outcome: text("outcome").$type<CoreReturn["outcome"]>().notNull(),
    quantity: integer("quantity_thousandths").$type<Quantity>().notNull(),
    credited: integer("credited_cents").$type<Cents>().notNull(),
    /** What put the credit on the account; reversed there, the core is out again. */
    creditNote: text("credit_note_id").$type<Id<"entry">>(),
    /** Why a forfeit was taken back. */
    why: text("why"),
    at: integer("at").$type<UtcMs>().notNull(),
    actor: text("actor", { mode: "json" }).$type<Actor>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    index("core_returns_by_invoice").on(t.organizationId, t.invoiceId),
    uniqueIndex("core_returns_by_credit_note").on(t.organizationId, t.creditNote).where(sql`credit_note_id is not null`),
    foreignKey({ columns: [t.organizationId, t.invoiceId], foreignColumns: [invoices.organizationId, invoices.id] }),
    foreignKey({ columns: [t.organizationId, t.creditNote], foreignColumns: [ledgerEntries.organizationId, ledgerEntries.id] }),
  ],
);
