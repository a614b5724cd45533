import { primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { id, instant, oneOf, organizationColumn } from "~/platform/database/columns";
import type { SavedList } from "./saved-views/saved-view";

/** A person's own views of staff lists; nobody else sees them. */
export const savedViews = sqliteTable(
  "saved_views",
  {
    organizationId: organizationColumn(),
    membershipId: id("membership", "membership_id").notNull(),
    list: text("list").$type<SavedList>().notNull(),
    name: text("name").notNull(),
    search: text("search").notNull(),
    savedAt: instant("saved_at").notNull(),
    removedAt: instant("removed_at"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.membershipId, t.list, t.name] }),
    oneOf(t.list, ["work-orders", "estimates", "invoices", "assets", "customers", "inspections"]),
  ],
);
