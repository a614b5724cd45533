import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Id } from "~/kernel/ids";
import { assets } from "~/modules/assets/asset.tables";
import { vendors } from "~/modules/vendors/vendor.tables";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import { cents, day, flag, id, instant, json, oneOf, organizationColumn } from "~/platform/database/columns";
import type { VendorCharges } from "./invoicing/vendor-charges";
import type { JobState } from "./job-states";
import type { EstimateRevision, InvoiceSubmission, VendorPayment } from "./vendor-job";

/** One row per assignment to a vendor, with the columns that lists and budgets need from its estimates and invoices. */
export const vendorJobs = sqliteTable(
  "vendor_jobs",
  {
    organizationId: organizationColumn(),
    id: id("vendorJob").notNull(),
    number: integer("number").notNull(),
    workOrderId: id("workOrder", "work_order_id").notNull(),
    assetId: id("asset", "asset_id").notNull(),
    /** The order's line that it is for. */
    lineId: id("line", "line_id").notNull(),
    /** Other lines of the order that say what is asked. */
    askedLines: json<readonly Id<"line">[]>("asked_lines").notNull(),
    vendorId: id("vendor", "vendor_id").notNull(),
    title: text("title").notNull(),
    instructions: text("instructions").notNull(),
    dueDay: day("due_day"),
    notToExceed: cents("not_to_exceed_cents"),
    needsEstimate: flag("needs_estimate").notNull(),
    sharesCustomer: flag("shares_customer").notNull(),
    state: text("state").$type<JobState>().notNull(),
    stateSince: instant("state_since").notNull(),
    reason: text("reason").notNull(),
    earlierId: id("vendorJob", "earlier_id"),
    laterId: id("vendorJob", "later_id"),
    assignedBy: json<{ id: string; name: string }>("assigned_by").notNull(),
    /** Whether an addition to the approved estimate waits for the shop. */
    additionWaits: flag("addition_waits").notNull(),
    /** Total of the newest estimate or invoice. */
    asked: cents("asked_cents"),
    /** Committed: approved and not yet invoiced. Actual: approved invoices. Each with the time it counts from. */
    committed: cents("committed_cents").notNull(),
    committedAt: instant("committed_at"),
    actual: cents("actual_cents").notNull(),
    actualAt: instant("actual_at"),
    /** When its approved invoice was paid; null until then. */
    paid: json<VendorPayment>("paid"),
    version: integer("version").notNull(),
    createdAt: instant("created_at").notNull(),
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
    oneOf(t.state, [
      "assigned",
      "accepted",
      "declined",
      "recalled",
      "estimate-submitted",
      "revision-requested",
      "approved",
      "completed",
      "invoiced",
      "disputed",
      "settled",
      "ending",
      "called-off",
    ]),
  ],
);

/** Vendor estimates, one row per revision as sent. */
export const vendorEstimates = sqliteTable(
  "vendor_estimates",
  {
    organizationId: organizationColumn(),
    vendorJobId: id("vendorJob", "vendor_job_id").notNull(),
    revision: integer("revision").notNull(),
    state: text("state").$type<EstimateRevision["state"]>().notNull(),
    charges: json<VendorCharges>("charges").notNull(),
    submitted: json<EstimateRevision["submitted"]>("submitted").notNull(),
    decided: json<NonNullable<EstimateRevision["decided"]>>("decided"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.vendorJobId, t.revision] }),
    foreignKey({ columns: [t.organizationId, t.vendorJobId], foreignColumns: [vendorJobs.organizationId, vendorJobs.id] }),
    oneOf(t.state, ["submitted", "withdrawn", "declined", "approved", "lapsed"]),
  ],
);

/** Vendor invoices, one row per submission as sent. */
export const vendorInvoices = sqliteTable(
  "vendor_invoices",
  {
    organizationId: organizationColumn(),
    vendorJobId: id("vendorJob", "vendor_job_id").notNull(),
    submission: integer("submission").notNull(),
    state: text("state").$type<InvoiceSubmission["state"]>().notNull(),
    reference: text("reference").notNull(),
    charges: json<VendorCharges>("charges").notNull(),
    submitted: json<InvoiceSubmission["submitted"]>("submitted").notNull(),
    decided: json<NonNullable<InvoiceSubmission["decided"]>>("decided"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.vendorJobId, t.submission] }),
    foreignKey({ columns: [t.organizationId, t.vendorJobId], foreignColumns: [vendorJobs.organizationId, vendorJobs.id] }),
    oneOf(t.state, ["submitted", "withdrawn", "disputed", "approved"]),
  ],
);

/** Cost ledger: an entry per approved invoice, and an opposite one if the approval was reversed. Never updated. */
export const vendorCosts = sqliteTable(
  "vendor_costs",
  {
    organizationId: organizationColumn(),
    id: id("entry").notNull(),
    vendorJobId: id("vendorJob", "vendor_job_id").notNull(),
    position: integer("position").notNull(),
    submission: integer("submission").notNull(),
    amount: cents("amount_cents").notNull(),
    price: cents("price_cents").notNull(),
    reverses: id("entry", "reverses"),
    why: text("why").notNull(),
    at: instant("at").notNull(),
    by: text("by").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    uniqueIndex("vendor_costs_of_job").on(t.organizationId, t.vendorJobId, t.position),
    foreignKey({ columns: [t.organizationId, t.vendorJobId], foreignColumns: [vendorJobs.organizationId, vendorJobs.id] }),
  ],
);

/** The limit on an order's outside work, if the shop set one. */
export const outsideBudgets = sqliteTable(
  "outside_budgets",
  {
    organizationId: organizationColumn(),
    workOrderId: id("workOrder", "work_order_id").notNull(),
    /** Null if the limit was removed. */
    amount: cents("amount_cents"),
    version: integer("version").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.workOrderId] }),
    foreignKey({ columns: [t.organizationId, t.workOrderId], foreignColumns: [workOrders.organizationId, workOrders.id] }),
  ],
);
