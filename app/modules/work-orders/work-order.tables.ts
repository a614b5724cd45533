import { sql } from "drizzle-orm";
import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { basisPoints, cents, compact, day, flag, id, instant, json, lowered, oneOf, organizationColumn, thousandths } from "~/platform/database/columns";
import type { Line, LineKind } from "./jobs/job";
import type { JobOptions } from "./lines/job-options";
import type { AnswerWay, Deferral, Ground, Outcome } from "./lines/line-decision";
import type { ServiceRequest } from "./service-requests/service-request";
import type { HoldReason, WorkOrderState } from "./work-order";

export const workOrders = sqliteTable(
  "work_orders",
  {
    organizationId: organizationColumn(),
    id: id("workOrder").notNull(),
    number: integer("number").notNull(),
    title: text("title").notNull(),
    assetId: id("asset", "asset_id").notNull(),
    /** Set at creation: when a truck is sold, its orders stay with the owner of that day. */
    customerId: id("customer", "customer_id").notNull(),
    state: text("state").$type<WorkOrderState>().notNull(),
    holdReason: text("hold_reason").$type<HoldReason>(),
    /** The state that a hold began in and ends in. */
    heldFrom: text("held_from").$type<WorkOrderState>(),
    leadId: id("membership", "lead_id"),
    leadName: text("lead_name"),
    purchaseOrder: text("purchase_order"),
    lowerPurchaseOrder: lowered("lower_purchase_order", "purchase_order"),
    /** The customer's service request, if it came from the portal. */
    request: json<ServiceRequest>("request"),
    promisedAt: instant("promised_at"),
    /** For lists in this order: one without a promise comes after all that have one. */
    promisedOrder: instant("promised_order").generatedAlwaysAs(sql`coalesce(promised_at, 9007199254740991)`),
    stateSince: instant("state_since").notNull(),
    /** When its unit came to the shop, and left again; null if not yet. */
    arrivedAt: instant("arrived_at"),
    releasedAt: instant("released_at"),
    completedAt: instant("completed_at"),
    /** Version of the rates and taxes at completion; null while open, when the current ones apply. */
    rulesVersion: integer("rules_version"),
    /** Whether the customer was tax exempt when it was opened; the tax that counts is that of the day it is invoiced. */
    openedTaxExempt: flag("opened_tax_exempt").notNull().default(false),
    /** What the customer agreed to pay at most; see `AgreedMost`. */
    standingMost: cents("standing_most_cents"),
    namedMost: cents("named_most_cents"),
    approvedMost: cents("approved_most_cents"),
    /** The estimate with whose answer the limit was named. */
    mostNamedOn: id("estimate", "most_named_on"),
    /** Sums of the lines to bill before supplies and tax, and how many of them are not authorized, updated with each change for lists. */
    price: cents("price_cents").notNull().default(sql`0`),
    cost: cents("cost_cents").notNull().default(sql`0`),
    over: cents("over_cents").notNull().default(sql`0`),
    overLines: integer("over_lines").notNull().default(0),
    version: integer("version").notNull(),
    /** The order's versions at which its title and dates, and its state, last changed. */
    headVersion: integer("head_version").notNull().default(1),
    stateVersion: integer("state_version").notNull().default(1),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    uniqueIndex("work_orders_number").on(t.organizationId, t.number),
    foreignKey({ columns: [t.organizationId, t.assetId], foreignColumns: [assets.organizationId, assets.id] }),
    foreignKey({ columns: [t.organizationId, t.customerId], foreignColumns: [customers.organizationId, customers.id] }),
    index("work_orders_by_purchase_order").on(t.organizationId, t.lowerPurchaseOrder).where(sql`lower_purchase_order is not null`),
    index("work_orders_by_promise").on(t.organizationId, t.promisedOrder, t.id),
    index("work_orders_by_price").on(t.organizationId, t.price, t.id),
    index("work_orders_by_state").on(t.organizationId, t.state, t.stateSince),
    index("work_orders_by_asset").on(t.organizationId, t.assetId, t.number),
    index("work_orders_by_customer").on(t.organizationId, t.customerId, t.number),
    oneOf(t.state, ["draft", "open", "in-progress", "on-hold", "completed", "invoiced", "canceled"]),
    oneOf(t.holdReason, ["approval", "parts", "vendor"]),
    oneOf(t.heldFrom, ["draft", "open", "in-progress", "on-hold", "completed", "invoiced", "canceled"]),
  ],
);

/** The jobs of an order. */
export const workOrderJobs = sqliteTable(
  "work_order_jobs",
  {
    organizationId: organizationColumn(),
    id: id("job").notNull(),
    workOrderId: id("workOrder", "work_order_id").notNull(),
    position: integer("position").notNull(),
    complaint: text("complaint").notNull(),
    cause: text("cause").notNull(),
    correction: text("correction").notNull(),
    vmrs: text("vmrs"),
    technicianId: id("membership", "technician_id"),
    technicianName: text("technician_name"),
    options: json<JobOptions>("options"),
    version: integer("version").notNull(),
    /** The canned job that it was added from; null if it was written by hand. */
    cannedJobId: id("cannedJob", "canned_job_id"),
    /** The first job of the same work, where this one took over what was not done of it on another order. */
    continues: id("job", "continues"),
    /** When it was done first: at the order's completion, kept when the order is reopened unless the work is done anew. */
    doneAt: instant("done_at"),
    /** When it was removed from the order; it stays in the activity. */
    removedAt: instant("removed_at"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.workOrderId], foreignColumns: [workOrders.organizationId, workOrders.id] }),
    index("work_order_jobs_by_order").on(t.organizationId, t.workOrderId, t.position),
    index("work_order_jobs_continued").on(t.organizationId, t.continues).where(sql`continues is not null`),
  ],
);

/** What became of a job's lines: at least one was done, none was, or there are none. */
export const linesDone = sql<
  "done" | "not-done" | "empty"
>`coalesce((select case when max(l.done) = 1 then 'done' else 'not-done' end from work_order_lines l where l.organization_id = ${workOrderJobs.organizationId} and l.job_id = ${workOrderJobs.id} and l.removed_at is null having count(*) > 0), 'empty')`;

/** The lines of the jobs: the only record of work and price. Everything else refers to them. */
export const workOrderLines = sqliteTable(
  "work_order_lines",
  {
    organizationId: organizationColumn(),
    id: id("line").notNull(),
    workOrderId: id("workOrder", "work_order_id").notNull(),
    jobId: id("job", "job_id").notNull(),
    position: integer("position").notNull(),
    kind: text("kind").$type<LineKind>().notNull(),
    text: text("text").notNull(),
    partNumber: text("part_number"),
    /** For the search: as compactOf (kernel/search-term) writes what was typed. */
    compactPartNumber: compact("compact_part_number", "part_number"),
    /** Hours or pieces. */
    quantity: thousandths("quantity_thousandths").notNull(),
    each: cents("each_cents").notNull(),
    discount: basisPoints("discount_basis_points"),
    cost: cents("cost_cents"),
    supplies: flag("supplies").notNull(),
    safety: flag("safety").notNull(),
    /** The option of its job that it is in, and the part that a core is for. */
    option: id("option", "option_id"),
    ofLine: id("line", "of_line"),
    quoted: cents("quoted_cents"),
    /** The one estimate that it is on, and what is offered there; see `LineOffer`. */
    estimateId: id("estimate", "estimate_id"),
    offeredPrice: cents("offered_price_cents"),
    offeredThrough: day("offered_through"),
    quotedBefore: cents("quoted_before_cents"),
    isOffered: flag("is_offered").notNull(),
    /** The estimate on which it was first offered all or nothing, with others of its job. */
    offeredWith: id("estimate", "offered_with"),
    done: flag("done"),
    revivedFrom: id("line", "revived_from"),
    /** The outside work that it pays for, and whether its price follows that or isn't known yet. */
    vendorJobId: id("vendorJob", "vendor_job_id"),
    priceFollows: flag("price_follows").notNull(),
    priceOpen: flag("price_open").notNull(),
    /** Set while the newest decision about it defers it, for the list of deferred work. */
    deferredAs: text("deferred_as").$type<Deferral>(),
    deferredAt: instant("deferred_at"),
    version: integer("version").notNull(),
    writtenIn: integer("written_in").notNull(),
    /** When it was removed from the order; it stays in the activity. */
    removedAt: instant("removed_at"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.workOrderId], foreignColumns: [workOrders.organizationId, workOrders.id] }),
    foreignKey({ columns: [t.organizationId, t.jobId], foreignColumns: [workOrderJobs.organizationId, workOrderJobs.id] }),
    index("work_order_lines_by_order").on(t.organizationId, t.workOrderId, t.position),
    index("work_order_lines_by_part").on(t.organizationId, t.compactPartNumber).where(sql`compact_part_number is not null`),
    index("work_order_lines_deferred").on(t.organizationId, t.deferredAt).where(sql`deferred_at is not null`),
    index("work_order_lines_offered").on(t.organizationId, t.offeredThrough).where(sql`is_offered = 1`),
    // A deferred line is offered again as one living line at most.
    uniqueIndex("work_order_lines_revived").on(t.organizationId, t.revivedFrom).where(sql`revived_from is not null and removed_at is null`),
    oneOf(t.kind, ["labor", "part", "core", "fee", "outside"]),
    oneOf(t.deferredAs, ["declined", "withdrawn", "unanswered"]),
  ],
);

/** Decisions about lines. Rows are added, never changed. */
export const lineDecisions = sqliteTable(
  "line_decisions",
  {
    organizationId: organizationColumn(),
    lineId: id("line", "line_id").notNull(),
    sequence: integer("sequence").notNull(),
    outcome: text("outcome").$type<Outcome>().notNull(),
    amount: cents("amount_cents").notNull(),
    ground: text("ground").$type<Ground>(),
    reason: text("reason").notNull(),
    estimateId: id("estimate", "estimate_id"),
    revision: integer("revision"),
    by: text("by").notNull(),
    how: text("how").$type<AnswerWay>().notNull(),
    /** Whether staff confirmed that it splits lines that were offered all or nothing. */
    splits: flag("splits").notNull(),
    at: instant("at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.lineId, t.sequence] }),
    foreignKey({ columns: [t.organizationId, t.lineId], foreignColumns: [workOrderLines.organizationId, workOrderLines.id] }),
    oneOf(t.outcome, ["approved", "declined", "difference-declined", "unchosen", "reasoned", "withdrawn", "unanswered"]),
    oneOf(t.how, ["portal", "mail", "phone", "in person"]),
    oneOf(t.ground, ["override", "warranty", "internal"]),
  ],
);

export const laborEntries = sqliteTable(
  "labor_entries",
  {
    organizationId: organizationColumn(),
    id: id("laborEntry").notNull(),
    workOrderId: id("workOrder", "work_order_id").notNull(),
    jobId: id("job", "job_id").notNull(),
    technicianId: id("membership", "technician_id").notNull(),
    technicianName: text("technician_name").notNull(),
    startedAt: instant("started_at").notNull(),
    stoppedAt: instant("stopped_at"),
    /** When it was discarded, because it was started by mistake; it counts as no time then. */
    discardedAt: instant("discarded_at"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.workOrderId], foreignColumns: [workOrders.organizationId, workOrders.id] }),
    foreignKey({ columns: [t.organizationId, t.jobId], foreignColumns: [workOrderJobs.organizationId, workOrderJobs.id] }),
    index("labor_entries_by_order").on(t.organizationId, t.workOrderId, t.startedAt),
    uniqueIndex("labor_entries_one_running").on(t.organizationId, t.technicianId).where(sql`stopped_at is null`),
  ],
);

/** Standard repairs to add to orders and estimates. */
export const cannedJobs = sqliteTable(
  "canned_jobs",
  {
    organizationId: organizationColumn(),
    id: id("cannedJob").notNull(),
    name: text("name").notNull(),
    complaint: text("complaint").notNull(),
    correction: text("correction").notNull(),
    vmrs: text("vmrs"),
    options: json<JobOptions>("options"),
    lines: json<readonly Line[]>("lines").notNull(),
    version: integer("version").notNull(),
    createdAt: instant("created_at").notNull(),
    archivedAt: instant("archived_at"),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.id] }), index("canned_jobs_by_name").on(t.organizationId, t.name)],
);
