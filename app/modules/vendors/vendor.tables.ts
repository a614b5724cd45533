import { sql } from "drizzle-orm";
import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Id } from "~/kernel/ids";
import type { Cents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import { organizationColumn } from "~/platform/database/tenant.tables";

/** Outside shops that work for this one. */
export const vendors = sqliteTable(
  "vendors",
  {
    organizationId: organizationColumn(),
    id: text("id").$type<Id<"vendor">>().notNull(),
    name: text("name").notNull(),
    phone: text("phone"),
    /** Normalised; while the portal is on it is the sign-in. */
    email: text("email"),
    /** What an hour costs there, the usual limit of one assignment, and what a calendar month may come to; null where nothing is agreed. */
    laborRate: integer("labor_rate_cents").$type<Cents>(),
    usualLimit: integer("usual_limit_cents").$type<Cents>(),
    monthlyBudget: integer("monthly_budget_cents").$type<Cents>(),
    /** Until when its insurance paper is good, as a calendar day. */
    insuredThrough: text("insured_through"),
    notes: text("notes"),
    portalEnabled: integer("portal_enabled", { mode: "boolean" }).notNull(),
    invitedAt: integer("invited_at").$type<UtcMs>(),
    version: integer("version").notNull(),
    createdAt: integer("created_at").$type<UtcMs>().notNull(),
    archivedAt: integer("archived_at").$type<UtcMs>(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    index("vendors_by_name").on(t.organizationId, t.name),
    uniqueIndex("vendors_living_email").on(t.organizationId, t.email).where(sql`archived_at is null`),
  ],
);

/** Who else signs in for a vendor, beside its own address. All of them may do the same. */
export const vendorUsers = sqliteTable(
  "vendor_users",
  {
    organizationId: organizationColumn(),
    vendorId: text("vendor_id").$type<Id<"vendor">>().notNull(),
    /** Normalised. */
    email: text("email").notNull(),
    name: text("name").notNull(),
    addedAt: integer("added_at").$type<UtcMs>().notNull(),
    endedAt: integer("ended_at").$type<UtcMs>(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.vendorId, t.email] }),
    foreignKey({ columns: [t.organizationId, t.vendorId], foreignColumns: [vendors.organizationId, vendors.id] }),
  ],
);
