import { sql } from "drizzle-orm";
import { foreignKey, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { customers } from "~/modules/customers/customer.tables";
import { drivers } from "~/modules/drivers/driver.tables";
import { organizationColumn } from "~/platform/database/tenant.tables";

export const assets = sqliteTable(
  "assets",
  {
    organizationId: organizationColumn(),
    id: text("id").$type<Id<"asset">>().notNull(),
    /** Today's owner; asset_owners keeps who owned it when. */
    customerId: text("customer_id").$type<Id<"customer">>().notNull(),
    unitNumber: text("unit_number").notNull(),
    kind: text("kind", { enum: ["truck", "trailer", "equipment"] }).notNull(),
    /** Checked for trucks and trailers; equipment keeps its maker's serial number here. */
    vin: text("vin"),
    plate: text("plate"),
    year: integer("year"),
    make: text("make"),
    model: text("model"),
    sharesPosition: integer("shares_position", { mode: "boolean" }).notNull(),
    /** Taken off the road by the shop or its owner, and why. */
    outOfServiceAt: integer("out_of_service_at").$type<UtcMs>(),
    outOfServiceWhy: text("out_of_service_why"),
    version: integer("version").notNull().default(1),
    createdAt: integer("created_at").$type<UtcMs>().notNull(),
    archivedAt: integer("archived_at").$type<UtcMs>(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.customerId], foreignColumns: [customers.organizationId, customers.id] }),
    index("assets_by_customer").on(t.organizationId, t.customerId, t.unitNumber),
    index("assets_by_unit").on(t.organizationId, t.unitNumber),
    uniqueIndex("assets_living_vin").on(t.organizationId, t.vin).where(sql`archived_at is null`),
  ],
);

export const assetOwners = sqliteTable(
  "asset_owners",
  {
    organizationId: organizationColumn(),
    assetId: text("asset_id").$type<Id<"asset">>().notNull(),
    from: integer("from_at").$type<UtcMs>().notNull(),
    to: integer("to_at").$type<UtcMs>(),
    customerId: text("customer_id").$type<Id<"customer">>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.assetId, t.from] }),
    foreignKey({ columns: [t.organizationId, t.assetId], foreignColumns: [assets.organizationId, assets.id] }),
    foreignKey({ columns: [t.organizationId, t.customerId], foreignColumns: [customers.organizationId, customers.id] }),
  ],
);

/** Who drove what, and from when to when: half-open, `to` is null while nobody said. */
export const assetDrivers = sqliteTable(
  "asset_drivers",
  {
    organizationId: organizationColumn(),
    assetId: text("asset_id").$type<Id<"asset">>().notNull(),
    driverId: text("driver_id").$type<Id<"driver">>().notNull(),
    from: integer("from_at").$type<UtcMs>().notNull(),
    to: integer("to_at").$type<UtcMs>(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.driverId, t.assetId, t.from] }),
    index("asset_drivers_by_asset").on(t.organizationId, t.assetId, t.from),
    foreignKey({ columns: [t.organizationId, t.assetId], foreignColumns: [assets.organizationId, assets.id] }),
    foreignKey({ columns: [t.organizationId, t.driverId], foreignColumns: [drivers.organizationId, drivers.id] }),
  ],
);

/** The meter log: each reading with what was received and from where, never overwritten. */
export const meterReadings = sqliteTable(
  "meter_readings",
  {
    organizationId: organizationColumn(),
    assetId: text("asset_id").$type<Id<"asset">>().notNull(),
    meter: text("meter", { enum: ["odometer", "engine"] }).notNull(),
    at: integer("at").$type<UtcMs>().notNull(),
    source: text("source").notNull(),
    /** Metres for an odometer, seconds for an engine. */
    value: real("value").notNull(),
    receivedValue: real("received_value").notNull(),
    receivedUnit: text("received_unit").notNull(),
    standing: text("standing", { enum: ["counted", "review"] }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.assetId, t.meter, t.at, t.source] }),
    foreignKey({ columns: [t.organizationId, t.assetId], foreignColumns: [assets.organizationId, assets.id] }),
  ],
);
