import { sql } from "drizzle-orm";
import { foreignKey, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { assets } from "~/modules/assets/asset.tables";
import { workOrderJobs } from "~/modules/work-orders/work-order.tables";
import { day, flag, id, instant, json, oneOf, organizationColumn } from "~/platform/database/columns";
import type { Baseline, Plan } from "./plan";
import type { ScheduleState, Trigger } from "./schedule-state";
import type { Category, Template } from "./template";

/** Plans for many units. */
export const maintenanceTemplates = sqliteTable(
  "maintenance_templates",
  {
    organizationId: organizationColumn(),
    id: id("maintenanceTemplate").notNull(),
    name: text("name").notNull(),
    category: text("category").$type<Category>().notNull(),
    kind: text("kind").$type<NonNullable<Template["kind"]>>(),
    /** The one unit whose own plan it is; null for a plan that many can have. */
    assetId: id("asset", "asset_id"),
    plan: json<Plan>("plan").notNull(),
    cannedJobId: id("cannedJob", "canned_job_id"),
    /** While its units' schedules are still to be found by the newest version: the last unit that has been; null once all are. */
    refreshedTo: text("refreshed_to"),
    version: integer("version").notNull(),
    createdAt: instant("created_at").notNull(),
    archivedAt: instant("archived_at"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    index("maintenance_templates_by_name").on(t.organizationId, t.name),
    oneOf(t.category, ["service", "inspection", "registration", "insurance", "permit"]),
    oneOf(t.kind, ["truck", "trailer", "equipment"]),
  ],
);

/** What is due again and again on a unit. State, days and due values are a cache of one pure function, rewritten only when one of them changes. */
export const maintenanceSchedules = sqliteTable(
  "maintenance_schedules",
  {
    organizationId: organizationColumn(),
    id: id("schedule").notNull(),
    assetId: id("asset", "asset_id").notNull(),
    templateId: id("maintenanceTemplate", "template_id").notNull(),
    baseline: json<Baseline>("baseline").notNull(),
    /** The cache. `firstBy` is the interval that decides, with when it is due and what is left until then. */
    state: text("state").$type<ScheduleState>().notNull(),
    firstBy: text("first_by").$type<Trigger["by"]>(),
    dueDay: day("due_day"),
    dueMeter: real("due_meter"),
    projectedDay: day("projected_day"),
    /** Whether an open order does it. */
    ordered: flag("ordered").notNull().default(false),
    /** How often the cache changed: each change has one message at most. */
    changes: integer("changes").notNull().default(0),
    version: integer("version").notNull(),
    createdAt: instant("created_at").notNull(),
    archivedAt: instant("archived_at"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.assetId], foreignColumns: [assets.organizationId, assets.id] }),
    foreignKey({ columns: [t.organizationId, t.templateId], foreignColumns: [maintenanceTemplates.organizationId, maintenanceTemplates.id] }),
    uniqueIndex("maintenance_schedules_of_asset").on(t.organizationId, t.assetId, t.templateId).where(sql`archived_at is null`),
    index("maintenance_schedules_removed").on(t.organizationId, t.assetId, t.archivedAt).where(sql`archived_at is not null`),
    index("maintenance_schedules_by_template").on(t.organizationId, t.templateId, t.id),
    index("maintenance_schedules_by_state").on(t.organizationId, t.state, t.projectedDay, t.id).where(sql`archived_at is null`),
    index("maintenance_schedules_by_day").on(t.organizationId, t.projectedDay, t.id).where(sql`archived_at is null`),
    oneOf(t.state, ["overdue", "due", "due-soon", "unknown", "current"]),
    oneOf(t.firstBy, ["odometer", "engine", "reefer", "pto", "calendar"]),
  ],
);

/** Jobs that do a schedule's work; what is left of one can go on as a job of another order. When it was last done follows from the orders' own states. */
export const scheduleWork = sqliteTable(
  "schedule_work",
  {
    organizationId: organizationColumn(),
    scheduleId: id("schedule", "schedule_id").notNull(),
    jobId: id("job", "job_id").notNull(),
    /** False where somebody said that this job isn't the schedule's work. */
    counts: flag("counts").notNull().default(true),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.scheduleId, t.jobId] }),
    index("schedule_work_by_job").on(t.organizationId, t.jobId),
    foreignKey({ columns: [t.organizationId, t.scheduleId], foreignColumns: [maintenanceSchedules.organizationId, maintenanceSchedules.id] }),
    foreignKey({ columns: [t.organizationId, t.jobId], foreignColumns: [workOrderJobs.organizationId, workOrderJobs.id] }),
  ],
);

/** A job that does a schedule's work: the one that it began with, or one that took over what was not done of it. */
export const doesWork = sql`${scheduleWork.counts} and (${workOrderJobs.id} = ${scheduleWork.jobId} or ${workOrderJobs.continues} = ${scheduleWork.jobId})`;

/** What a subquery of a schedule selects from: its work `w`, the jobs `j` that do it and their orders `o`, as far as those are open. */
export const openWork = sql`schedule_work w join work_order_jobs j on j.organization_id = w.organization_id and (j.id = w.job_id or j.continues = w.job_id) join work_orders o on o.organization_id = w.organization_id and o.id = j.work_order_id where w.organization_id = ${maintenanceSchedules.organizationId} and w.schedule_id = ${maintenanceSchedules.id} and w.counts and j.removed_at is null and o.state in ('draft', 'open', 'in-progress', 'on-hold')`;

/** What people wrote down: done elsewhere, or skipped with a reason. */
export const scheduleRecords = sqliteTable(
  "schedule_records",
  {
    organizationId: organizationColumn(),
    id: id("scheduleRecord").notNull(),
    scheduleId: id("schedule", "schedule_id").notNull(),
    kind: text("kind").$type<"done" | "skipped">().notNull(),
    day: day("day").notNull(),
    meters: json<Baseline["meters"]>("meters").notNull(),
    /** When the new document expires; null where there is none. */
    until: day("until"),
    note: text("note").notNull(),
    by: text("by").notNull(),
    at: instant("at").notNull(),
    /** Taken back because it was a mistake. */
    removed: flag("removed").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.scheduleId], foreignColumns: [maintenanceSchedules.organizationId, maintenanceSchedules.id] }),
    index("schedule_records_by_schedule").on(t.organizationId, t.scheduleId),
    oneOf(t.kind, ["done", "skipped"]),
  ],
);

/** Addresses of calendars that read without signing in: the secret is kept as a hash. */
export const calendarFeeds = sqliteTable(
  "calendar_feeds",
  {
    organizationId: organizationColumn(),
    id: id("calendarFeed").notNull(),
    /** Whose units it has; null for all of the shop's. */
    customerId: id("customer", "customer_id"),
    sha256: text("sha256").notNull(),
    createdBy: text("created_by").notNull(),
    /** The sign-in of who made it: the address ends with it. */
    memberId: id("membership", "member_id").notNull(),
    createdAt: instant("created_at").notNull(),
    revokedAt: instant("revoked_at"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    uniqueIndex("calendar_feeds_by_hash").on(t.organizationId, t.sha256),
    index("calendar_feeds_by_customer").on(t.organizationId, t.customerId),
  ],
);

/** Through which of its own days a shop's schedules were checked. */
export const maintenanceChecks = sqliteTable("maintenance_checks", { organizationId: organizationColumn(), through: day("through").notNull() }, (t) => [
  primaryKey({ columns: [t.organizationId] }),
]);
