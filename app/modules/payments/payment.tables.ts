import { type SQL, sql } from "drizzle-orm";
import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Id } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import { customers } from "~/modules/customers/customer.tables";
import { estimates } from "~/modules/estimates/estimate.tables";
import { invoices, ledgerEntries } from "~/modules/invoices/invoice.tables";
import { cents, flag, id, instant, oneOf, organizationColumn } from "~/platform/database/columns";
import type { IntentState, PaymentOutcome, PayWay } from "./checkouts/payment-intent";
import type { EvidenceState } from "./disputes/dispute";
import type { RefundState } from "./refunds/refund-request";
import type { SquareDispute, SquarePayment, SquareRefund } from "./square/square";

export const paymentIntents = sqliteTable(
  "payment_intents",
  {
    organizationId: organizationColumn(),
    id: id("paymentIntent").notNull(),
    customerId: id("customer", "customer_id").notNull(),
    forEstimate: id("estimate", "for_estimate_id"),
    amount: cents("amount_cents").notNull(),
    currency: text("currency").notNull(),
    way: text("way").$type<PayWay>().notNull(),
    /** The account at Square that its checkout was made for. */
    merchantId: text("merchant_id").notNull(),
    state: text("state").$type<IntentState>().notNull(),
    /** When money that is on its way should arrive. */
    expectedDay: text("expected_day"),
    /** Of the payment link at Square, or of the invoice. */
    linkId: text("link_id"),
    url: text("url"),
    squareOrderId: text("square_order_id"),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    version: integer("version").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.customerId], foreignColumns: [customers.organizationId, customers.id] }),
    foreignKey({ columns: [t.organizationId, t.forEstimate], foreignColumns: [estimates.organizationId, estimates.id] }),
    uniqueIndex("payment_intents_by_order").on(t.organizationId, t.squareOrderId).where(sql`square_order_id is not null`),
    uniqueIndex("payment_intents_living_deposit")
      .on(t.organizationId, t.forEstimate)
      .where(sql`for_estimate_id is not null and state in ('creating', 'open', 'pending')`),
    index("payment_intents_living").on(t.organizationId, t.state).where(sql`state in ('creating', 'open', 'pending')`),
    oneOf(t.state, ["creating", "open", "pending", "paid", "closed", "failed"]),
    oneOf(t.way, ["card", "bank"]),
  ],
);

/** Whose money is on its way; with the condition of the partial index. */
export const isOnItsWay = sql`${paymentIntents.state} = 'pending' and ${paymentIntents.state} in ('creating', 'open', 'pending')`;

/** What a payment pays. An invoice is in one living payment at most. */
export const paymentShares = sqliteTable(
  "payment_shares",
  {
    organizationId: organizationColumn(),
    intentId: id("paymentIntent", "intent_id").notNull(),
    invoiceId: id("invoice", "invoice_id").notNull(),
    amount: cents("amount_cents").notNull(),
    position: integer("position").notNull(),
    isLiving: flag("is_living").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.intentId, t.invoiceId] }),
    foreignKey({ columns: [t.organizationId, t.intentId], foreignColumns: [paymentIntents.organizationId, paymentIntents.id] }),
    foreignKey({ columns: [t.organizationId, t.invoiceId], foreignColumns: [invoices.organizationId, invoices.id] }),
    uniqueIndex("payment_shares_living").on(t.organizationId, t.invoiceId).where(sql`is_living = 1`),
  ],
);

/** Something of the payment that is on its way to a row's invoice; `more` are conditions. */
const pendingShare = (organizationId: Id<"organization">, column: SQL, more: SQL = sql``) =>
  sql`select ${column} from ${paymentShares} join ${paymentIntents} on ${paymentIntents.organizationId} = ${paymentShares.organizationId} and ${paymentIntents.id} = ${paymentShares.intentId} where ${paymentShares.organizationId} = ${organizationId} and ${paymentShares.invoiceId} = ${invoices.id} and ${paymentShares.isLiving} = 1 and ${paymentIntents.state} = 'pending'${more}`;

/** Columns of a query of invoices: what is on its way to each, and when it is expected. */
export const pendingColumns = (organizationId: Id<"organization">) => ({
  pendingAmount: sql<number | null>`(${pendingShare(organizationId, sql`${paymentShares.amount}`)})`.as("pending_amount"),
  pendingDay: sql<string | null>`(${pendingShare(organizationId, sql`${paymentIntents.expectedDay}`)})`.as("pending_day"),
});

/** The account at Square that takes it. */
export const pendingMerchantColumn = (organizationId: Id<"organization">) =>
  sql<string | null>`(${pendingShare(organizationId, sql`${paymentIntents.merchantId}`)})`.as("pending_merchant");

/** Those columns of a row as a payment on its way; null where none is. */
export const pendingOfRow = (row: { pendingAmount: number | null; pendingDay: string | null }): { amount: Cents; expectedDay: string | null } | null =>
  row.pendingAmount === null ? null : { amount: toCents(row.pendingAmount), expectedDay: row.pendingDay };

/** Whether all that a row's invoice needs is on its way, and not late: expected on this day or after. */
export const isAllPending = (organizationId: Id<"organization">, from: string): SQL =>
  sql`exists (${pendingShare(
    organizationId,
    sql`1`,
    sql` and ${paymentShares.amount} >= ${invoices.total} - ${invoices.applied} and coalesce(${paymentIntents.expectedDay}, ${from}) >= ${from}`,
  )})`;

/** Square's notices as they came, once each. */
export const squareEvents = sqliteTable(
  "square_events",
  {
    organizationId: organizationColumn(),
    id: text("id").notNull(),
    type: text("type").notNull(),
    raw: text("raw").notNull(),
    receivedAt: instant("received_at").notNull(),
    handledAt: instant("handled_at"),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.id] })],
);

export const squarePayments = sqliteTable(
  "square_payments",
  {
    organizationId: organizationColumn(),
    id: text("id").notNull(),
    intentId: id("paymentIntent", "intent_id"),
    customerId: id("customer", "customer_id"),
    entryId: id("entry", "entry_id"),
    status: text("status").$type<SquarePayment["status"]>().notNull(),
    outcome: text("outcome").$type<PaymentOutcome>().notNull(),
    amount: cents("amount_cents").notNull(),
    fee: cents("fee_cents"),
    currency: text("currency").notNull(),
    /** The account at Square that took it, and its name then. */
    merchantId: text("merchant_id").notNull(),
    merchantName: text("merchant_name").notNull(),
    receiptUrl: text("receipt_url"),
    createdAt: instant("created_at").notNull(),
    /** By Square's clock: an older state never replaces a newer one. */
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.intentId], foreignColumns: [paymentIntents.organizationId, paymentIntents.id] }),
    foreignKey({ columns: [t.organizationId, t.entryId], foreignColumns: [ledgerEntries.organizationId, ledgerEntries.id] }),
    index("square_payments_by_intent").on(t.organizationId, t.intentId),
    index("square_payments_by_entry").on(t.organizationId, t.entryId).where(sql`entry_id is not null`),
    index("square_payments_waiting").on(t.organizationId, t.createdAt).where(sql`outcome = 'waiting'`),
    index("square_payments_unclear").on(t.organizationId, t.outcome).where(sql`outcome = 'unclear'`),
    oneOf(t.status, ["APPROVED", "PENDING", "COMPLETED", "CANCELED", "FAILED"]),
    oneOf(t.outcome, ["applied", "waiting", "failed", "unclear", "elsewhere"]),
  ],
);

export const squareRefunds = sqliteTable(
  "square_refunds",
  {
    organizationId: organizationColumn(),
    id: text("id").notNull(),
    paymentId: text("payment_id").notNull(),
    entryId: id("entry", "entry_id"),
    status: text("status").$type<SquareRefund["status"]>().notNull(),
    amount: cents("amount_cents").notNull(),
    reason: text("reason"),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.entryId], foreignColumns: [ledgerEntries.organizationId, ledgerEntries.id] }),
    index("square_refunds_by_payment").on(t.organizationId, t.paymentId),
    oneOf(t.status, ["PENDING", "COMPLETED", "REJECTED", "FAILED"]),
  ],
);

/** Refunds that the office asked Square for. What is reserved can't be refunded again. */
export const refundRequests = sqliteTable(
  "refund_requests",
  {
    organizationId: organizationColumn(),
    /** Square's idempotency key, too. */
    id: id("refund").notNull(),
    customerId: id("customer", "customer_id").notNull(),
    /** The payment on the customer's account. */
    sourceId: id("entry", "source_id").notNull(),
    /** The same payment at Square. */
    paymentId: text("payment_id").notNull(),
    /** The refund at Square; null until it answered. */
    squareId: text("square_id"),
    state: text("state").$type<RefundState>().notNull(),
    amount: cents("amount_cents").notNull(),
    currency: text("currency").notNull(),
    why: text("why").notNull(),
    /** Why it failed. */
    problem: text("problem"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.customerId], foreignColumns: [customers.organizationId, customers.id] }),
    foreignKey({ columns: [t.organizationId, t.sourceId], foreignColumns: [ledgerEntries.organizationId, ledgerEntries.id] }),
    uniqueIndex("refund_requests_by_square").on(t.organizationId, t.squareId).where(sql`square_id is not null`),
    index("refund_requests_by_source").on(t.organizationId, t.sourceId),
    index("refund_requests_reserved").on(t.organizationId, t.state).where(sql`state in ('asked', 'pending')`),
    oneOf(t.state, ["asked", "pending", "completed", "failed", "unknown"]),
  ],
);

/** Payments that the payer's bank asks to have back. */
export const squareDisputes = sqliteTable(
  "square_disputes",
  {
    organizationId: organizationColumn(),
    id: text("id").notNull(),
    paymentId: text("payment_id").notNull(),
    /** Null until the payment is on a customer's account. */
    customerId: id("customer", "customer_id"),
    /** The payment on the customer's account. */
    sourceId: id("entry", "source_id"),
    /** What was taken back of it, once the dispute is lost. */
    entryId: id("entry", "entry_id"),
    state: text("state").$type<SquareDispute["state"]>().notNull(),
    amount: cents("amount_cents").notNull(),
    currency: text("currency").notNull(),
    reason: text("reason").notNull(),
    dueAt: instant("due_at"),
    evidence: text("evidence").$type<EvidenceState>(),
    evidenceAskedAt: instant("evidence_asked_at"),
    /** Why Square did not take the evidence, or nobody knows. */
    problem: text("problem"),
    createdAt: instant("created_at").notNull(),
    /** By Square's clock: an older state never replaces a newer one. */
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.customerId], foreignColumns: [customers.organizationId, customers.id] }),
    foreignKey({ columns: [t.organizationId, t.sourceId], foreignColumns: [ledgerEntries.organizationId, ledgerEntries.id] }),
    foreignKey({ columns: [t.organizationId, t.entryId], foreignColumns: [ledgerEntries.organizationId, ledgerEntries.id] }),
    index("square_disputes_by_payment").on(t.organizationId, t.paymentId),
    index("square_disputes_by_source").on(t.organizationId, t.sourceId),
    index("square_disputes_by_customer").on(t.organizationId, t.customerId),
    index("square_disputes_by_time").on(t.organizationId, t.createdAt),
    oneOf(t.state, ["INQUIRY_EVIDENCE_REQUIRED", "INQUIRY_PROCESSING", "INQUIRY_CLOSED", "EVIDENCE_REQUIRED", "PROCESSING", "WON", "LOST", "ACCEPTED"]),
    oneOf(t.evidence, ["asked", "sent", "failed", "unknown"]),
  ],
);
