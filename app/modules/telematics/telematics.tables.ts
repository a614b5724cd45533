import { sql } from "drizzle-orm";
import { foreignKey, index, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { assets } from "~/modules/assets/asset.tables";
import { day, flag, id, instant, organizationColumn } from "~/platform/database/columns";

/** Trackers and phones, by the id they send. */
export const devices = sqliteTable(
  "devices",
  {
    organizationId: organizationColumn(),
    code: text("code").notNull(),
    label: text("label").notNull(),
    createdAt: instant("created_at").notNull(),
    /** Whether the device has its own key, so the organization's common key is refused. */
    hasOwnKey: flag("has_own_key").notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.code] })],
);

/** Device assignments to assets; a reading belongs to the assignment in force when it was recorded. */
export const deviceAssignments = sqliteTable(
  "device_assignments",
  {
    organizationId: organizationColumn(),
    deviceCode: text("device_code").notNull(),
    from: instant("from_at").notNull(),
    to: instant("to_at"),
    assetId: id("asset", "asset_id").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.deviceCode, t.from] }),
    foreignKey({ columns: [t.organizationId, t.deviceCode], foreignColumns: [devices.organizationId, devices.code] }),
    foreignKey({ columns: [t.organizationId, t.assetId], foreignColumns: [assets.organizationId, assets.id] }),
    index("device_assignments_by_asset").on(t.organizationId, t.assetId),
  ],
);

/** Last known state per asset, at most 15 minutes old, for lists, reports and when the room is unavailable. */
export const lastSeen = sqliteTable(
  "last_seen",
  {
    organizationId: organizationColumn(),
    assetId: id("asset", "asset_id").notNull(),
    deviceCode: text("device_code").notNull(),
    recordedAt: instant("recorded_at").notNull(),
    latitude: real("latitude").notNull(),
    longitude: real("longitude").notNull(),
    speedMps: real("speed_mps"),
    headingDegrees: real("heading_degrees"),
    odometerMeters: real("odometer_meters"),
    engineSeconds: real("engine_seconds"),
    /** When it was last seen to move; null for one that never was. */
    movedAt: instant("moved_at"),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.assetId] }),
    foreignKey({ columns: [t.organizationId, t.assetId], foreignColumns: [assets.organizationId, assets.id] }),
  ],
);

/** Days of the organization's on which an asset moved: a row per day, however far it went. */
export const assetDays = sqliteTable(
  "asset_days",
  {
    organizationId: organizationColumn(),
    day: day("day").notNull(),
    assetId: id("asset", "asset_id").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.day, t.assetId] }),
    foreignKey({ columns: [t.organizationId, t.assetId], foreignColumns: [assets.organizationId, assets.id] }),
  ],
);

/** Fault codes with open and close times; a recurring code is a new row. */
export const assetFaults = sqliteTable(
  "asset_faults",
  {
    organizationId: organizationColumn(),
    assetId: id("asset", "asset_id").notNull(),
    faultKey: text("fault_key").notNull(),
    openedAt: instant("opened_at").notNull(),
    closedAt: instant("closed_at"),
    occurrenceCount: integer("occurrence_count"),
    /** Whether a unit with it should stop, as it was judged when it opened. */
    isCritical: flag("is_critical").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.assetId, t.faultKey, t.openedAt] }),
    foreignKey({ columns: [t.organizationId, t.assetId], foreignColumns: [assets.organizationId, assets.id] }),
    index("asset_faults_critical").on(t.organizationId, t.assetId).where(sql`is_critical = 1 and closed_at is null`),
  ],
);
