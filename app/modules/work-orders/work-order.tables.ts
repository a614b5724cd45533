import { sql } from "drizzle-orm";
import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Id } from "~/kernel/ids";
import type { Cents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { organizationColumn } from "~/platform/database/tenant.tables";
import type { Line } from "./jobs/job";
import type { ServiceRequest } from "./service-requests/service-request";
import type { HoldReason, WorkOrderState } from "./work-order";

export const workOrders = sqliteTable(
  "work_orders",
  {
    organizationId: organizationColumn(),
    id: text("id").$type<Id<"workOrder">>().notNull(),
    number: integer("number").notNull(),
    title: text("title").notNull(),
    assetId: text("asset_id").$type<Id<"asset">>().notNull(),
    /** Frozen at creation: a truck that is sold leaves its orders with the owner of that day. */
    customerId: text("customer_id").$type<Id<"customer">>().notNull(),
    state: text("state").$type<WorkOrderState>().notNull(),
    holdReason: text("hold_reason").$type<HoldReason>(),
    leadId: text("lead_id").$type<Id<"membership">>(),
    leadName: text("lead_name"),
    purchaseOrder: text("purchase_order"),
    /** What the customer said, where they asked for it in the portal. */
    request: text("request", { mode: "json" }).$type<ServiceRequest>(),
    promisedAt: integer("promised_at").$type<UtcMs>(),
    stateSince: integer("state_since").$type<UtcMs>().notNull(),
    completedAt: integer("completed_at").$type<UtcMs>(),
    /** The rates and taxes that it was completed under; while it is open the newest count. */
    rulesVersion: integer("rules_version"),
    /** What its lines come to before supplies and tax; kept with each change, so that lists need not add. */
    price: integer("price_cents").$type<Cents>().notNull().default(sql`0`),
    cost: integer("cost_cents").$type<Cents>().notNull().default(sql`0`),
    version: integer("version").notNull(),
    /** The versions at which its title and dates, and its state, last changed. */
    headVersion: integer("head_version").notNull().default(1),
    stateVersion: integer("state_version").notNull().default(1),
    createdAt: integer("created_at").$type<UtcMs>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    uniqueIndex("work_orders_number").on(t.organizationId, t.number),
    foreignKey({ columns: [t.organizationId, t.assetId], foreignColumns: [assets.organizationId, assets.id] }),
    foreignKey({ columns: [t.organizationId, t.customerId], foreignColumns: [customers.organizationId, customers.id] }),
    index("work_orders_by_state").on(t.organizationId, t.state, t.stateSince),
    index("work_orders_by_asset").on(t.organizationId, t.assetId, t.number),
    index("work_orders_by_customer").on(t.organizationId, t.customerId, t.number),
  ],
);

/** The complaints of an order and their repairs. The lines are a part of the job: they are read, changed and kept with it. */
export const workOrderJobs = sqliteTable(
  "work_order_jobs",
  {
    organizationId: organizationColumn(),
    id: text("id").$type<Id<"job">>().notNull(),
    workOrderId: text("work_order_id").$type<Id<"workOrder">>().notNull(),
    position: integer("position").notNull(),
    complaint: text("complaint").notNull(),
    cause: text("cause").notNull(),
    correction: text("correction").notNull(),
    vmrs: text("vmrs"),
    technicianId: text("technician_id").$type<Id<"membership">>(),
    technicianName: text("technician_name"),
    lines: text("lines", { mode: "json" }).$type<readonly Line[]>().notNull(),
    version: integer("version").notNull(),
    /** Taken off the order again; the journal still tells of it. */
    removedAt: integer("removed_at").$type<UtcMs>(),
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
    id: text("id").$type<Id<"laborEntry">>().notNull(),
    workOrderId: text("work_order_id").$type<Id<"workOrder">>().notNull(),
    jobId: text("job_id").$type<Id<"job">>().notNull(),
    technicianId: text("technician_id").$type<Id<"membership">>().notNull(),
    technicianName: text("technician_name").notNull(),
    startedAt: integer("started_at").$type<UtcMs>().notNull(),
    stoppedAt: integer("stopped_at").$type<UtcMs>(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.workOrderId], foreignColumns: [workOrders.organizationId, workOrders.id] }),
    foreignKey({ columns: [t.organizationId, t.jobId], foreignColumns: [workOrderJobs.organizationId, workOrderJobs.id] }),
    index("labor_entries_by_order").on(t.organizationId, t.workOrderId, t.startedAt),
    uniqueIndex("labor_entries_one_running").on(t.organizationId, t.technicianId).where(sql`stopped_at is null`),
  ],
);

/** Repairs that come again and again, written up once. */
export const cannedJobs = sqliteTable(
  "canned_jobs",
  {
    organizationId: organizationColumn(),
    id: text("id").$type<Id<"cannedJob">>().notNull(),
    name: text("name").notNull(),
    complaint: text("complaint").notNull(),
    correction: text("correction").notNull(),
    vmrs: text("vmrs"),
    lines: text("lines", { mode: "json" }).$type<readonly Line[]>().notNull(),
    version: integer("version").notNull(),
    createdAt: integer("created_at").$type<UtcMs>().notNull(),
    archivedAt: integer("archived_at").$type<UtcMs>(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.id] }), index("canned_jobs_by_name").on(t.organizationId, t.name)],
);
