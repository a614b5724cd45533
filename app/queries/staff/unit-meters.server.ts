import { and, asc, desc, eq, gt, gte, isNull, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { DAY, later, type UtcMs } from "~/kernel/time";
import { assets, currentMeterColumns, meterReadings, meters } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

type Db = ScopedDatabase<"staff">;
const PER_PAGE = 100;
const MOST_IN_REVIEW = 100;
/** Days that the chart shows. */
const CHARTED = 60;

/** Cursor: the page begins after the reading of this time, source and meter. */
export type AfterReading = { at: UtcMs; source: string; meter: string };

const unitQuery = (id: Id<"asset">) => ({
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
  join: [[customers, eq(customers.id, assets.customerId)]] as [typeof customers, ReturnType<typeof eq>][],
  where: eq(assets.id, id),
  limit: 1,
});

/** A unit with its current meters. */
export async function readMeteredUnit(db: Db, id: Id<"asset">) {
  const [unit] = await db.query(unitQuery(id));
  if (!unit) return null;
  const { odometer, engine, reefer, pto, ...its } = unit;
  return { unit: its, meters: { odometer, engine, reefer, pto } };
}

/**
 * A unit's meters: current values, replacements, the readings in doubt, a page of those that people took or the judge
 * doubted, newest first, and each day's last for a chart.
 */
export async function readUnitMeters(db: Db, id: Id<"asset">, { now, after = null }: { now: UtcMs; after?: AfterReading | null }) {
  const mine = eq(meterReadings.assetId, id);
  const { meter, at, source, value, receivedValue, receivedUnit, status, reason, decidedBy } = meterReadings;
  const listed = { meter, at, source, value, receivedValue, receivedUnit, status, reason, decidedBy };
  const older = after
    ? sql`(${at} < ${after.at} or (${at} = ${after.at} and (${source} > ${after.source} or (${source} = ${after.source} and ${meter} > ${after.meter}))))`
    : undefined;
  const [[unit], log, inReview, days, replaced] = await db.queries(
    unitQuery(id),
    {
      from: meterReadings,
      columns: listed,
      // Trackers write each quarter of an hour: of those, only what was doubted is listed. In these words, its index holds.
      where: and(mine, sql`(${source} <> 'telematics' or ${status} <> 'counted')`, older),
      orderBy: [desc(at), asc(source), asc(meter)],
      limit: PER_PAGE + 1,
    },
    { from: meterReadings, columns: listed, where: and(mine, sql`${status} = 'review'`), orderBy: [desc(at), asc(source)], limit: MOST_IN_REVIEW },
    {
      from: meterReadings,
      columns: {
        meter,
        day: sql<number>`${at} / ${DAY}`,
        // Beside the only max, SQLite takes the other columns of its row: the day's last.
        last: sql<number>`max(${at})`,
        value,
        tracked: sql<number>`sum(${source} <> 'telematics') = 0`,
      },
      where: and(mine, eq(status, "counted"), gte(at, later(now, -CHARTED * DAY))),
      groupBy: [meter, sql`${at} / ${DAY}`],
      orderBy: [asc(meter), sql`${at} / ${DAY}`],
      limit: CHARTED * 5,
    },
    {
      from: meters,
      columns: { id: meters.id, kind: meters.kind, name: meters.name, since: meters.since, offset: meters.offset },
      // A unit's first meter was never put in another's place.
      where: and(eq(meters.assetId, id), isNull(meters.replacedAt), gt(meters.since, 0 as UtcMs)),
      limit: 10,
    },
  );
  if (!unit) return null;
  const { odometer, engine, reefer, pto, ...its } = unit;
  const readings = log.slice(0, PER_PAGE);
  const last = readings.at(-1);
  return {
    unit: its,
    meters: { odometer, engine, reefer, pto },
    readings,
    next: log.length > PER_PAGE && last ? ({ at: last.at, source: last.source, meter: last.meter } satisfies AfterReading) : null,
    inReview,
    days,
    replaced,
  };
}
