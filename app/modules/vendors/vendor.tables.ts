import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Id } from "~/kernel/ids";
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
