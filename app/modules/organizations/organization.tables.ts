import { integer, primaryKey, sqliteTable } from "drizzle-orm/sqlite-core";
import { instant, json, organizationColumn } from "~/platform/database/columns";
import type { ShopRules } from "./shop-rules/shop-rules";

/** Every version of a shop's rates and taxes. Rows are added, never changed, so documents keep their rates. */
export const shopRules = sqliteTable(
  "shop_rules",
  {
    organizationId: organizationColumn(),
    version: integer("version").notNull(),
    rules: json<ShopRules>("rules").notNull(),
    since: instant("since").notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.version] })],
);
