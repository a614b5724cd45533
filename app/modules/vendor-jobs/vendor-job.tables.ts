import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Id } from "~/kernel/ids";
import type { Cents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { vendors } from "~/modules/vendors/vendor.tables";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import { organizationColumn } from "~/platform/database/tenant.tables";
import type { Bill } from "./invoicing/vendor-charges";
import type { JobState } from "./job-states";
import type { EstimateRevision, InvoiceSubmission } from "./vendor-job";

/** Outside work: one row per assignment to one vendor, with what its lists and the budgets need of its estimates and invoices. */
export const vendorJobs = sqliteTable(
  "vendor_jobs",
  {
    organizationId: organizationColumn(),
    id: text("id").$type<Id<"vendorJob">>().notNull(),
    number: integer("number").notNull(),
    workOrderId: text("work_order_id").$type<Id<"workOrder">>().notNull(),
    assetId: text("asset_id").$type<Id<"asset">>().notNull(),
    vendorId: text("vendor_id").$type<Id<"vendor">>().notNull(),
    title: text("title").notNull(),
    instructions: text("instructions").notNull(),
    dueDay: text("due_day"),
    notToExceed: integer("not_to_exceed_cents").$type<Cents>(),
    needsEstimate: integer("needs_estimate", { mode: "boolean" }).notNull(),
    sharesCustomer: integer("shares_customer", { mode: "boolean" }).notNull(),
    state: text("state").$type<JobState>().notNull(),
    stateSince: integer("state_since").$type<UtcMs>().notNull(),
    reason: text("reason").notNull(),
    earlierId: text("earlier_id").$type<Id<"vendorJob">>(),
    laterId: text("later_id").$type<Id<"vendorJob">>(),
    assignedBy: text("assigned_by", { mode: "json" }).$type<{ id: string; name: string }>().notNull(),
    /** What the newest estimate or invoice asks for. */
    asked: integer("asked_cents").$type<Cents>(),
    /** Approved and not yet invoiced, since when; and what approved invoices came to, since when. */
    committed: integer("committed_cents").$type<Cents>().notNull(),
    committedAt: integer("committed_at").$type<UtcMs>(),
    actual: integer("actual_cents").$type<Cents>().notNull(),
    actualAt: integer("actual_at").$type<UtcMs>(),
    version: integer("version").notNull(),
    createdAt: integer("created_at").$type<UtcMs>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    uniqueIndex("vendor_jobs_number").on(t.organizationId, t.number),
    foreignKey({ columns: [t.organizationId, t.workOrderId], foreignColumns: [workOrders.organizationId, workOrders.id] }),
    foreignKey({ columns: [t.organizationId, t.assetId], foreignColumns: [assets.organizationId, assets.id] }),
    foreignKey({ columns: [t.organizationId, t.vendorId], foreignColumns: [vendors.organizationId, vendors.id] }),
    index("vendor_jobs_by_order").on(t.organizationId, t.workOrderId),
    index("vendor_jobs_by_vendor").on(t.organizationId, t.vendorId, t.state, t.number),
    index("vendor_jobs_by_state").on(t.organizationId, t.state, t.number),
  ],
);

/** What vendors asked for beforehand, each revision as it was sent. */
export const vendorEstimates = sqliteTable(
  "vendor_estimates",
  {
    organizationId: organizationColumn(),
    vendorJobId: text("vendor_job_id").$type<Id<"vendorJob">>().notNull(),
    revision: integer("revision").notNull(),
    state: text("state").$type<EstimateRevision["state"]>().notNull(),
    bill: text("bill", { mode: "json" }).$type<Bill>().notNull(),
    submitted: text("submitted", { mode: "json" }).$type<EstimateRevision["submitted"]>().notNull(),
    decided: text("decided", { mode: "json" }).$type<NonNullable<EstimateRevision["decided"]>>(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.vendorJobId, t.revision] }),
    foreignKey({ columns: [t.organizationId, t.vendorJobId], foreignColumns: [vendorJobs.organizationId, vendorJobs.id] }),
  ],
);

/** What vendors ask for afterwards, each submission as it was sent. */
export const vendorInvoices = sqliteTable(
  "vendor_invoices",
  {
    organizationId: organizationColumn(),
    vendorJobId: text("vendor_job_id").$type<Id<"vendorJob">>().notNull(),
    submission: integer("submission").notNull(),
    state: text("state").$type<InvoiceSubmission["state"]>().notNull(),
    reference: text("reference").notNull(),
    bill: text("bill", { mode: "json" }).$type<Bill>().notNull(),
    submitted: text("submitted", { mode: "json" }).$type<InvoiceSubmission["submitted"]>().notNull(),
    decided: text("decided", { mode: "json" }).$type<NonNullable<InvoiceSubmission["decided"]>>(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.vendorJobId, t.submission] }),
    foreignKey({ columns: [t.organizationId, t.vendorJobId], foreignColumns: [vendorJobs.organizationId, vendorJobs.id] }),
  ],
);

/** What outside work cost: an entry per approved invoice, and one that takes it back where an approval was reversed. Never changed. */
export const vendorCosts = sqliteTable(
  "vendor_costs",
  {
    organizationId: organizationColumn(),
    id: text("id").$type<Id<"entry">>().notNull(),
    vendorJobId: text("vendor_job_id").$type<Id<"vendorJob">>().notNull(),
    position: integer("position").notNull(),
    submission: integer("submission").notNull(),
    amount: integer("amount_cents").$type<Cents>().notNull(),
    price: integer("price_cents").$type<Cents>().notNull(),
    reverses: text("reverses").$type<Id<"entry">>(),
    why: text("why").notNull(),
    at: integer("at").$type<UtcMs>().notNull(),
    by: text("by").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    uniqueIndex("vendor_costs_of_job").on(t.organizationId, t.vendorJobId, t.position),
    foreignKey({ columns: [t.organizationId, t.vendorJobId], foreignColumns: [vendorJobs.organizationId, vendorJobs.id] }),
  ],
);

/** What the outside work of an order may come to, where the shop set a limit. */
export const outsideBudgets = sqliteTable(
  "outside_budgets",
  {
    organizationId: organizationColumn(),
    workOrderId: text("work_order_id").$type<Id<"workOrder">>().notNull(),
    /** Null where the limit was taken off again. */
    amount: integer("amount_cents").$type<Cents>(),
    version: integer("version").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.workOrderId] }),
    foreignKey({ columns: [t.organizationId, t.workOrderId], foreignColumns: [workOrders.organizationId, workOrders.id] }),
  ],
);
