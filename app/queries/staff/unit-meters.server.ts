import { and, asc, desc, eq, gte, isNull, ne, or, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { DAY, later, type UtcMs } from "~/kernel/time";
import { assets, currentMeterColumns, meterReadings, meters } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

const MOST_READINGS = 100;
/** Days that the chart shows. */
const CHARTED = 60;

/** A unit's meters: current values, replacements, the readings that people took or the judge doubted, and each day's last for a chart. */
export async function readUnitMeters(db: ScopedDatabase<"staff">, id: Id<"asset">, now: UtcMs) {
  const mine = eq(meterReadings.assetId, id);
  const { meter, at, source, value, receivedValue, receivedUnit, status, reason, decidedBy } = meterReadings;
  const [[unit], readings, days, replaced] = await db.queries(
    {
      from: assets,
      columns: {
        id: assets.id,
        unitNumber: assets.unitNumber,
        kind: assets.kind,
        year: assets.year,
        make: assets.make,
        model: assets.model,
        archivedAt: assets.archivedAt,
        customer: customers.name,
        ...currentMeterColumns,
      },
      join: [[customers, eq(customers.id, assets.customerId)]],
      where: eq(assets.id, id),
      limit: 1,
    },
    {
      from: meterReadings,
      columns: { meter, at, source, value, receivedValue, receivedUnit, status, reason, decidedBy },
      // Trackers write each quarter of an hour: of those, only what was doubted is listed.
      where: and(mine, or(ne(source, "telematics"), ne(status, "counted"))),
      orderBy: [desc(at), asc(source)],
      limit: MOST_READINGS,
    },
    {
      from: meterReadings,
      columns: {
        meter,
        day: sql<number>`${at} / ${DAY}`,
        value: sql<number>`max(${value})`,
        tracked: sql<number>`min(${source} = 'telematics')`,
      },
      where: and(mine, eq(status, "counted"), gte(at, later(now, -CHARTED * DAY))),
      groupBy: [meter, sql`${at} / ${DAY}`],
      orderBy: [asc(meter), sql`${at} / ${DAY}`],
      limit: CHARTED * 5,
    },
    {
      from: meters,
      columns: { id: meters.id, kind: meters.kind, name: meters.name, since: meters.since, offset: meters.offset },
      where: and(eq(meters.assetId, id), isNull(meters.replacedAt)),
      limit: 10,
    },
  );
  if (!unit) return null;
  const { odometer, engine, reefer, pto, ...its } = unit;
  return { unit: its, meters: { odometer, engine, reefer, pto }, readings, days, replaced };
}
