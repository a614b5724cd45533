import { sql } from "drizzle-orm";
import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { cents, flag, id, instant, json, organizationColumn } from "~/platform/database/columns";
import type { CustomerEvent } from "./customer-events";

export const customers = sqliteTable(
  "customers",
  {
    organizationId: organizationColumn(),
    id: id("customer").notNull(),
    name: text("name").notNull(),
    email: text("email"),
    phone: text("phone"),
    portalEnabled: flag("portal_enabled").notNull(),
    /** The shop's own fleet is a customer too. */
    isSelf: flag("is_self").notNull(),
    /** Whether this customer's people see where its vehicles are. */
    sharesPositions: flag("shares_positions").notNull(),
    /** What an hour of labor costs this customer, where another rate was agreed on. */
    laborRate: cents("labor_rate_cents"),
    /** The certificate that frees this customer from tax; null where it pays. */
    taxCertificate: text("tax_certificate"),
    version: integer("version").notNull().default(1),
    createdAt: instant("created_at").notNull(),
    archivedAt: instant("archived_at"),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.id] }), index("customers_by_name").on(t.organizationId, t.name, t.id)],
);

/** The people of a customer who may sign in to its portal while that is on. */
export const contacts = sqliteTable(
  "contacts",
  {
    organizationId: organizationColumn(),
    id: id("contact").notNull(),
    customerId: id("customer", "customer_id").notNull(),
    name: text("name").notNull(),
    /** Normalised; it is the sign-in. */
    email: text("email").notNull(),
    phone: text("phone"),
    /** What this person does not want to be mailed about (customer-events.ts). */
    muted: json<readonly CustomerEvent[]>("muted_events").notNull().default([]),
    /** What the person may do in the portal (contact-rights.ts). */
    mayDocuments: flag("may_documents").notNull().default(true),
    mayDecide: flag("may_decide").notNull().default(false),
    /** The most that may be approved at once; null is no limit. */
    decideLimit: cents("decide_limit"),
    mayPay: flag("may_pay").notNull().default(false),
    mayDrivers: flag("may_drivers").notNull().default(false),
    mayService: flag("may_service").notNull().default(false),
    mayExport: flag("may_export").notNull().default(false),
    invitedAt: instant("invited_at"),
    version: integer("version").notNull(),
    createdAt: instant("created_at").notNull(),
    archivedAt: instant("archived_at"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.customerId], foreignColumns: [customers.organizationId, customers.id] }),
    uniqueIndex("contacts_living_email").on(t.organizationId, t.customerId, t.email).where(sql`archived_at is null`),
  ],
);
