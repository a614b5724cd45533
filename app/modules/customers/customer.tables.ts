import { sql } from "drizzle-orm";
import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Id } from "~/kernel/ids";
import type { Cents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import { organizationColumn } from "~/platform/database/tenant.tables";
import type { CustomerEvent } from "./customer-events";

export const customers = sqliteTable(
  "customers",
  {
    organizationId: organizationColumn(),
    id: text("id").$type<Id<"customer">>().notNull(),
    name: text("name").notNull(),
    email: text("email"),
    phone: text("phone"),
    portalEnabled: integer("portal_enabled", { mode: "boolean" }).notNull(),
    /** The shop's own fleet is a customer too. */
    isSelf: integer("is_self", { mode: "boolean" }).notNull(),
    /** Whether this customer's people see where its vehicles are. */
    sharesPositions: integer("shares_positions", { mode: "boolean" }).notNull(),
    /** What an hour of labor costs this customer, where another rate was agreed on. */
    laborRate: integer("labor_rate_cents").$type<Cents>(),
    /** The certificate that frees this customer from tax; null where it pays. */
    taxCertificate: text("tax_certificate"),
    version: integer("version").notNull().default(1),
    createdAt: integer("created_at").$type<UtcMs>().notNull(),
    archivedAt: integer("archived_at").$type<UtcMs>(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.id] }), index("customers_by_name").on(t.organizationId, t.name, t.id)],
);

/** The people of a customer who may sign in to its portal while that is on. */
export const contacts = sqliteTable(
  "contacts",
  {
    organizationId: organizationColumn(),
    id: text("id").$type<Id<"contact">>().notNull(),
    customerId: text("customer_id").$type<Id<"customer">>().notNull(),
    name: text("name").notNull(),
    /** Normalised; it is the sign-in. */
    email: text("email").notNull(),
    phone: text("phone"),
    /** What this person does not want to be mailed about (customer-events.ts). */
    muted: text("muted_events", { mode: "json" }).$type<readonly CustomerEvent[]>().notNull().default([]),
    /** What the person may do in the portal (contact-rights.ts). */
    mayDocuments: integer("may_documents", { mode: "boolean" }).notNull().default(true),
    mayDecide: integer("may_decide", { mode: "boolean" }).notNull().default(false),
    /** The most that may be approved at once; null is no limit. */
    decideLimit: integer("decide_limit").$type<Cents>(),
    mayPay: integer("may_pay", { mode: "boolean" }).notNull().default(false),
    mayDrivers: integer("may_drivers", { mode: "boolean" }).notNull().default(false),
    mayService: integer("may_service", { mode: "boolean" }).notNull().default(false),
    mayExport: integer("may_export", { mode: "boolean" }).notNull().default(false),
    invitedAt: integer("invited_at").$type<UtcMs>(),
    version: integer("version").notNull(),
    createdAt: integer("created_at").$type<UtcMs>().notNull(),
    archivedAt: integer("archived_at").$type<UtcMs>(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.customerId], foreignColumns: [customers.organizationId, customers.id] }),
    uniqueIndex("contacts_living_email").on(t.organizationId, t.customerId, t.email).where(sql`archived_at is null`),
  ],
);
