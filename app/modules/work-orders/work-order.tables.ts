import { sql } from "drizzle-orm";
import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { cents, id, instant, json, oneOf, organizationColumn } from "~/platform/database/columns";
import type { Line } from "./jobs/job";
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
    leadId: id("membership", "lead_id"),
    leadName: text("lead_name"),
    purchaseOrder: text("purchase_order"),
    /** The customer's service request, if it came from the portal. */
    request: json<ServiceRequest>("request"),
    promisedAt: instant("promised_at"),
    stateSince: instant("state_since").notNull(),
    completedAt: instant("completed_at"),
    /** Version of the rates and taxes at completion; null while open, when the current ones apply. */
    rulesVersion: integer("rules_version"),
    /** Sum of the lines before supplies and tax, updated with each change for lists. */
    price: cents("price_cents").notNull().default(sql`0`),
    cost: cents("cost_cents").notNull().default(sql`0`),
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
    index("work_orders_by_state").on(t.organizationId, t.state, t.stateSince),
    index("work_orders_by_asset").on(t.organizationId, t.assetId, t.number),
    index("work_orders_by_customer").on(t.organizationId, t.customerId, t.number),
    oneOf(t.state, ["draft", "open", "in-progress", "on-hold", "completed", "invoiced", "canceled"]),
    oneOf(t.holdReason, ["approval", "parts", "vendor"]),
  ],
);

/** The jobs of an order. Lines are stored with their job, because they are always read and changed together. */
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
    lines: json<readonly Line[]>("lines").notNull(),
    version: integer("version").notNull(),
    /** When it was removed from the order; it stays in the activity. */
    removedAt: instant("removed_at"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.workOrderId], foreignColumns: [workOrders.organizationId, workOrders.id] }),
    index("work_order_jobs_by_order").on(t.organizationId, t.workOrderId, t.position),
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
    lines: json<readonly Line[]>("lines").notNull(),
    version: integer("version").notNull(),
    createdAt: instant("created_at").notNull(),
    archivedAt: instant("archived_at"),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.id] }), index("canned_jobs_by_name").on(t.organizationId, t.name)],
);
