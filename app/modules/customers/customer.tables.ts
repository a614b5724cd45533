import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { organizationColumn } from "~/platform/database/tenant.tables";

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
    createdAt: integer("created_at").$type<UtcMs>().notNull(),
    archivedAt: integer("archived_at").$type<UtcMs>(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.id] }), index("customers_by_name").on(t.organizationId, t.name)],
);
