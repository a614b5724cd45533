import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { organizationColumn } from "~/platform/database/tenant.tables";
import type { HoldReason, WorkOrderState } from "./work-order";

export const workOrders = sqliteTable(
  "work_orders",
  {
    organizationId: organizationColumn(),
    id: text("id").$type<Id<"workOrder">>().notNull(),
    number: integer("number").notNull(),
    title: text("title").notNull(),
    assetId: text("asset_id").$type<Id<"asset">>().notNull(),
    /** Frozen at creation: a truck that is sold leaves its orders with the owner of that day. */
    customerId: text("customer_id").$type<Id<"customer">>().notNull(),
    state: text("state").$type<WorkOrderState>().notNull(),
    holdReason: text("hold_reason").$type<HoldReason>(),
    leadName: text("lead_name"),
    promisedAt: integer("promised_at").$type<UtcMs>(),
    stateSince: integer("state_since").$type<UtcMs>().notNull(),
    version: integer("version").notNull(),
    createdAt: integer("created_at").$type<UtcMs>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    uniqueIndex("work_orders_number").on(t.organizationId, t.number),
    foreignKey({ columns: [t.organizationId, t.assetId], foreignColumns: [assets.organizationId, assets.id] }),
    foreignKey({ columns: [t.organizationId, t.customerId], foreignColumns: [customers.organizationId, customers.id] }),
    index("work_orders_by_state").on(t.organizationId, t.state, t.stateSince),
    index("work_orders_by_asset").on(t.organizationId, t.assetId),
  ],
);
