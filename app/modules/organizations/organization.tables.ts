import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { UtcMs } from "~/kernel/time";
import { organizationColumn } from "~/platform/database/tenant.tables";
import type { ShopRules } from "./shop-rules/shop-rules";

/** Every version of a shop's rates and taxes. Rows are added, never changed: a document stays as it was made. */
export const shopRules = sqliteTable(
  "shop_rules",
  {
    organizationId: organizationColumn(),
    version: integer("version").notNull(),
    rules: text("rules", { mode: "json" }).$type<ShopRules>().notNull(),
    since: integer("since").$type<UtcMs>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.version] })],
);
