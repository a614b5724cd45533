import { sql } from "drizzle-orm";
import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Terms } from "~/kernel/payment-terms";
import { cents, day, flag, id, instant, json, oneOf, organizationColumn } from "~/platform/database/columns";
import type { CustomerEvent } from "./customer-events";

export const customers = sqliteTable(
  "customers",
  {
    organizationId: organizationColumn(),
    id: id("customer").notNull(),
    name: text("name").notNull(),
    email: text("email"),
    phone: text("phone"),
    /** Its digits, for the search, which finds it however it is written. */
    phoneDigits: text("phone_digits"),
    phoneEnd: text("phone_end").generatedAlwaysAs(sql`substr(phone_digits, -7)`),
    /** Lines of the postal address for documents. */
    address: text("address"),
    taxId: text("tax_id"),
    portalEnabled: flag("portal_enabled").notNull(),
    /** Whether this is the shop's own fleet, which is a customer too. */
    isSelf: flag("is_self").notNull(),
    /** Whether this customer's contacts see vehicle locations. */
    sharesPositions: flag("shares_positions").notNull(),
    /** Agreed labor rate per hour; null for the shop's rate. */
    laborRate: cents("labor_rate_cents"),
    /** Tax exemption certificate; null if the customer pays tax. */
    taxCertificate: text("tax_certificate"),
    /** Its last valid day; null if it has none. */
    taxCertificateThrough: day("tax_certificate_through"),
    /** When their invoices are due; null for the shop's usual terms. */
    terms: text("terms").$type<Terms>(),
    /** The most they may owe; null for no limit. */
    creditLimit: cents("credit_limit_cents"),
    /** Whether they get no credit until the shop lifts it. */
    creditHold: flag("credit_hold").notNull().default(false),
    /** Whether last month's statement is mailed on the first of each month, and through which day that is done or isn't wanted. */
    monthlyStatement: flag("monthly_statement").notNull().default(false),
    statementThrough: day("statement_through"),
    /** Internal, shown wherever new work begins. */
    warning: text("warning"),
    /** Total that they agree to without being asked; null for the shop's. */
    standingMost: cents("standing_most_cents"),
    /** Whether nothing is invoiced without their PO number. */
    needsPurchaseOrder: flag("needs_purchase_order").notNull().default(false),
    /** Whether each of their units that drives needs an inspection that day. */
    dailyInspections: flag("daily_inspections").notNull().default(false),
    version: integer("version").notNull().default(1),
    createdAt: instant("created_at").notNull(),
    archivedAt: instant("archived_at"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    index("customers_by_phone").on(t.organizationId, t.phoneEnd).where(sql`phone_end is not null`),
    index("customers_by_name").on(t.organizationId, t.name, t.id),
    index("customers_with_monthly_statement").on(t.organizationId, t.statementThrough).where(sql`monthly_statement = 1`),
    oneOf(t.terms, ["receipt", "net-15", "net-30", "net-45", "net-60"]),
  ],
);

/** A customer's contacts, who can sign in to its portal while it is on. */
export const contacts = sqliteTable(
  "contacts",
  {
    organizationId: organizationColumn(),
    id: id("contact").notNull(),
    customerId: id("customer", "customer_id").notNull(),
    name: text("name").notNull(),
    /** Normalized; it is the sign-in. */
    email: text("email").notNull(),
    phone: text("phone"),
    /** Events this contact turned off (customer-events.ts). */
    muted: json<readonly CustomerEvent[]>("muted_events").notNull().default([]),
    /** Portal rights (contact-rights.ts). */
    mayDocuments: flag("may_documents").notNull().default(true),
    mayDecide: flag("may_decide").notNull().default(false),
    /** The most this contact can approve at once; null is no limit. */
    decideLimit: cents("decide_limit"),
    mayPay: flag("may_pay").notNull().default(false),
    mayDrivers: flag("may_drivers").notNull().default(false),
    mayService: flag("may_service").notNull().default(false),
    mayCertify: flag("may_certify").notNull().default(false),
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
