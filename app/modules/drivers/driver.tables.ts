import { sql } from "drizzle-orm";
import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { customers } from "~/modules/customers/customer.tables";
import { flag, id, instant, organizationColumn } from "~/platform/database/columns";

/** Drivers of a customer's vehicles or of the shop's own fleet. */
export const drivers = sqliteTable(
  "drivers",
  {
    organizationId: organizationColumn(),
    id: id("driver").notNull(),
    customerId: id("customer", "customer_id").notNull(),
    name: text("name").notNull(),
    /** Normalized; null for drivers who sign in only with code and PIN. */
    email: text("email"),
    phone: text("phone"),
    portalEnabled: flag("portal_enabled").notNull(),
    code: text("code").notNull(),
    pinHash: text("pin_hash").notNull(),
    version: integer("version").notNull(),
    createdAt: instant("created_at").notNull(),
    archivedAt: instant("archived_at"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.customerId], foreignColumns: [customers.organizationId, customers.id] }),
    index("drivers_by_customer").on(t.organizationId, t.customerId, t.name),
    uniqueIndex("drivers_living_code").on(t.organizationId, t.code).where(sql`archived_at is null`),
    uniqueIndex("drivers_living_email").on(t.organizationId, t.email).where(sql`archived_at is null`),
  ],
);
