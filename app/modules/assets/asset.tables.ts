import { type SQL, sql } from "drizzle-orm";
import { foreignKey, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { customers } from "~/modules/customers/customer.tables";
import { drivers } from "~/modules/drivers/driver.tables";
import { compact, flag, id, instant, lowered, oneOf, organizationColumn } from "~/platform/database/columns";
import type { AssetKind } from "./asset";
import type { ReviewReason } from "./meters/judge-reading";
import type { CountedMeter, Meter } from "./meters/meter";

export const assets = sqliteTable(
  "assets",
  {
    organizationId: organizationColumn(),
    id: id("asset").notNull(),
    /** Current owner; asset_owners has the history. */
    customerId: id("customer", "customer_id").notNull(),
    unitNumber: text("unit_number").notNull(),
    kind: text("kind").$type<AssetKind>().notNull(),
    /** A checked VIN for trucks and trailers; the maker's serial number for equipment. */
    vin: text("vin"),
    plate: text("plate"),
    /** For the search: as compactOf (kernel/search-term) writes what was typed. */
    lowerUnitNumber: lowered("lower_unit_number", "unit_number"),
    compactVin: compact("compact_vin", "vin"),
    vinEnd: text("vin_end").generatedAlwaysAs(sql`substr(compact_vin, -6)`),
    compactPlate: compact("compact_plate", "plate"),
    year: integer("year"),
    make: text("make"),
    model: text("model"),
    sharesPosition: flag("shares_position").notNull(),
    /** Set out of service by the shop or its owner, with the reason. */
    outOfServiceAt: instant("out_of_service_at"),
    outOfServiceWhy: text("out_of_service_why"),
    version: integer("version").notNull().default(1),
    createdAt: instant("created_at").notNull(),
    archivedAt: instant("archived_at"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.customerId], foreignColumns: [customers.organizationId, customers.id] }),
    index("assets_by_customer").on(t.organizationId, t.customerId, t.unitNumber),
    index("assets_by_unit_in_any_case").on(t.organizationId, t.lowerUnitNumber),
    index("assets_by_vin_end").on(t.organizationId, t.vinEnd).where(sql`vin_end is not null`),
    index("assets_by_plate").on(t.organizationId, t.compactPlate).where(sql`compact_plate is not null`),
    index("assets_by_unit").on(t.organizationId, t.unitNumber, t.id),
    uniqueIndex("assets_living_vin").on(t.organizationId, t.vin).where(sql`archived_at is null`),
    oneOf(t.kind, ["truck", "trailer", "equipment"]),
  ],
);

export const assetOwners = sqliteTable(
  "asset_owners",
  {
    organizationId: organizationColumn(),
    assetId: id("asset", "asset_id").notNull(),
    from: instant("from_at").notNull(),
    to: instant("to_at"),
    customerId: id("customer", "customer_id").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.assetId, t.from] }),
    foreignKey({ columns: [t.organizationId, t.assetId], foreignColumns: [assets.organizationId, assets.id] }),
    foreignKey({ columns: [t.organizationId, t.customerId], foreignColumns: [customers.organizationId, customers.id] }),
  ],
);

/** Which driver had which unit and when: half-open periods, `to` is null for open-ended ones. */
export const assetDrivers = sqliteTable(
  "asset_drivers",
  {
    organizationId: organizationColumn(),
    assetId: id("asset", "asset_id").notNull(),
    driverId: id("driver", "driver_id").notNull(),
    from: instant("from_at").notNull(),
    to: instant("to_at"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.driverId, t.assetId, t.from] }),
    index("asset_drivers_by_asset").on(t.organizationId, t.assetId, t.from),
    foreignKey({ columns: [t.organizationId, t.assetId], foreignColumns: [assets.organizationId, assets.id] }),
    foreignKey({ columns: [t.organizationId, t.driverId], foreignColumns: [drivers.organizationId, drivers.id] }),
  ],
);

/**
 * Meters that were replaced, one row for each instrument that a unit had; a unit's first meter has none until then.
 * `offset` is what it adds to the dash for the unit's total.
 */
export const meters = sqliteTable(
  "meters",
  {
    organizationId: organizationColumn(),
    id: id("meter").notNull(),
    assetId: id("asset", "asset_id").notNull(),
    kind: text("kind").$type<Meter>().notNull(),
    name: text("name").notNull(),
    offset: real("offset").notNull(),
    since: instant("since").notNull(),
    replacedAt: instant("replaced_at"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.assetId], foreignColumns: [assets.organizationId, assets.id] }),
    index("meters_by_asset").on(t.organizationId, t.assetId, t.kind, t.since),
    uniqueIndex("meters_in_use").on(t.organizationId, t.assetId, t.kind).where(sql`replaced_at is null`),
    oneOf(t.kind, ["odometer", "engine", "reefer", "pto"]),
  ],
);

/** The meter log: each reading with its source and the value as received, never overwritten; only counted ones move anything. */
export const meterReadings = sqliteTable(
  "meter_readings",
  {
    organizationId: organizationColumn(),
    assetId: id("asset", "asset_id").notNull(),
    meter: text("meter").$type<Meter>().notNull(),
    at: instant("at").notNull(),
    source: text("source").notNull(),
    /** The total, with what a replaced meter had: meters for an odometer, else seconds. */
    value: real("value").notNull(),
    receivedValue: real("received_value").notNull(),
    receivedUnit: text("received_unit").notNull(),
    status: text("status").$type<"counted" | "review" | "dismissed">().notNull(),
    /** Why it was held for review, also after somebody decided about it. */
    reason: text("reason").$type<ReviewReason>(),
    /** Who accepted, corrected or dismissed it. */
    decidedBy: text("decided_by"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.assetId, t.meter, t.at, t.source] }),
    foreignKey({ columns: [t.organizationId, t.assetId], foreignColumns: [assets.organizationId, assets.id] }),
    // What the log lists: a tracker's counted readings, four an hour, are not in it.
    index("meter_readings_listed").on(t.organizationId, t.assetId, t.at).where(sql`(source <> 'telematics' or status <> 'counted')`),
    index("meter_readings_in_review").on(t.organizationId, t.assetId, t.at).where(sql`status = 'review'`),
    oneOf(t.meter, ["odometer", "engine", "reefer", "pto"]),
    oneOf(t.status, ["counted", "review", "dismissed"]),
    oneOf(t.reason, ["zero", "too-high", "rollback", "jump"]),
  ],
);

/** Later than any reading. */
export const ANY_TIME = sql.raw("9007199254740991");

/** Columns of `UnitFacts` for a query with `assets` in it; the meters as last read until an instant. */
export const unitFactColumns = (until: SQL) => ({
  kind: assets.kind,
  vin: assets.vin,
  plate: assets.plate,
  year: assets.year,
  make: assets.make,
  model: assets.model,
  odometer: lastRead("odometer", until),
  engine: lastRead("engine", until),
});

// Names of its own: alone in a query, a column is named without its table.
const lastRead = (meter: Meter, until: SQL) =>
  sql<
    number | null
  >`(select m.value from ${meterReadings} m where m.organization_id = assets.organization_id and m.asset_id = assets.id and m.meter = ${meter} and m.status = 'counted' and m.at <= ${until} order by m.at desc limit 1)`;

/** What the meter in use at an instant adds to the dash, for a query with `assets` in it. */
export const meterOffset = (meter: Meter, at: SQL) =>
  sql<number>`coalesce((select w.offset from ${meters} w where w.organization_id = assets.organization_id and w.asset_id = assets.id and w.kind = ${meter} and w.since <= ${at} and (w.replaced_at is null or w.replaced_at > ${at})), 0)`;

/** A meter's newest counted reading, for a query with `assets` in it. */
export const currentMeterColumn = (meter: Meter) =>
  sql`(select json_object('value', m.value, 'at', m.at, 'source', m.source, 'offset', ${meterOffset(meter, sql.raw("m.at"))}) from ${meterReadings} m where m.organization_id = assets.organization_id and m.asset_id = assets.id and m.meter = ${meter} and m.status = 'counted' order by m.at desc limit 1)`.mapWith(
    (text: string): CountedMeter => JSON.parse(text),
  ) as SQL<CountedMeter | null>; // null where it was never read

/** The same for every meter that a unit can have, by its name. */
export const currentMeterColumns = {
  odometer: currentMeterColumn("odometer"),
  engine: currentMeterColumn("engine"),
  reefer: currentMeterColumn("reefer"),
  pto: currentMeterColumn("pto"),
} satisfies Record<Meter, SQL>;
