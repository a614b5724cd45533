import { sql } from "drizzle-orm";
import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { cents, day, flag, id, instant, organizationColumn } from "~/platform/database/columns";

/** Outside shops that do work for this shop. */
export const vendors = sqliteTable(
  "vendors",
  {
    organizationId: organizationColumn(),
    id: id("vendor").notNull(),
    name: text("name").notNull(),
    phone: text("phone"),
    /** Normalized; the sign-in while the portal is on. */
    email: text("email"),
    /** Labor rate, default limit per assignment, and budget per calendar month; null if not agreed. */
    laborRate: cents("labor_rate_cents"),
    usualLimit: cents("usual_limit_cents"),
    monthlyBudget: cents("monthly_budget_cents"),
    /** Last day its insurance certificate is valid. */
    insuredThrough: day("insured_through"),
    notes: text("notes"),
    portalEnabled: flag("portal_enabled").notNull(),
    invitedAt: instant("invited_at"),
    version: integer("version").notNull(),
    createdAt: instant("created_at").notNull(),
    archivedAt: instant("archived_at"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    index("vendors_by_name").on(t.organizationId, t.name),
    uniqueIndex("vendors_living_email").on(t.organizationId, t.email).where(sql`archived_at is null`),
  ],
);

/** A vendor's users besides its own address. All have the same rights. */
export const vendorUsers = sqliteTable(
  "vendor_users",
  {
    organizationId: organizationColumn(),
    vendorId: id("vendor", "vendor_id").notNull(),
    /** Normalized. */
    email: text("email").notNull(),
    name: text("name").notNull(),
    addedAt: instant("added_at").notNull(),
    endedAt: instant("ended_at"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.vendorId, t.email] }),
    foreignKey({ columns: [t.organizationId, t.vendorId], foreignColumns: [vendors.organizationId, vendors.id] }),
  ],
);
