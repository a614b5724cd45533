import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import { type Id, newId } from "~/kernel/ids";
import type { Result } from "~/kernel/result";
import { DAY, later, MINUTE, type UtcMs } from "~/kernel/time";
import { effectRow, isTaken, save } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { assetEffects } from "../asset.effects";
import type { AssetEvent } from "../asset.journal";
import { assets, meterOffset, meterReadings } from "../asset.tables";
import { type Judged, judgeReading } from "./judge-reading";
import type { Meter, MeterReading } from "./meter";

/** A reading as somebody or something took it, before it is judged. */
export type NewReading = {
  assetId: Id<"asset">;
  meter: Meter;
  at: UtcMs;
  source: string;
  /** What the meter shows, in meters or seconds. */
  shown: number;
  receivedValue: number;
  receivedUnit: string;
};
export type JudgedReading = Omit<NewReading, "shown"> & Judged;
/** What a reading is, without an id of its own. */
export type ReadingKey = { assetId: Id<"asset">; meter: Meter; at: UtcMs; source: string };

export const TRACKER = "telematics";
/** A tracker whose meter keeps on not fitting is written down once in this time, not with every flush. */
const REPEATED_DOUBT = 7 * DAY;
const PER_QUERY = 200;

type Around = { before: MeterReading | null; after: MeterReading | null; offset: number; doubted: boolean };
const keyOf = ({ assetId, meter }: { assetId: string; meter: Meter }) => `${assetId} ${meter}`;
export const only = ({ assetId, meter, at, source }: ReadingKey): SQL =>
  sql`${and(eq(meterReadings.assetId, assetId), eq(meterReadings.meter, meter), eq(meterReadings.at, at), eq(meterReadings.source, source))}`;

/** The log of meter readings. */
export function meterLog(db: ScopedDatabase) {
  /** The neighbors of each reading and its meter's offset; at most one reading for each meter of a unit. */
  async function around(readings: readonly NewReading[], without: ReadingKey | null): Promise<Map<string, Around>> {
    const found = new Map<string, Around>();
    for (let from = 0; from < readings.length; from += PER_QUERY) {
      const some = readings.slice(from, from + PER_QUERY);
      const times = JSON.stringify(Object.fromEntries(some.map((one) => [keyOf(one), one.at])));
      const kinds = [...new Set(some.map(({ meter }) => meter))];
      const rows = await db.query({
        from: assets,
        columns: { id: assets.id, ...Object.fromEntries(kinds.map((meter) => [meter, aroundColumn(meter, times, without)])) },
        where: sql`${assets.id} in (select value from json_each(${JSON.stringify([...new Set(some.map(({ assetId }) => assetId))])}))`,
        limit: PER_QUERY,
      });
      for (const row of rows as unknown as ({ id: Id<"asset"> } & Partial<Record<Meter, Around | null>>)[])
        for (const meter of kinds) {
          const its = row[meter];
          if (its) found.set(keyOf({ assetId: row.id, meter }), its);
        }
    }
    return found;
  }

  return {
    /** Readings with what the judge made of them, `without` a reading that one of them replaces. What a tracker repeats while its meter is in doubt is left out. */
    async judge(readings: readonly NewReading[], without: ReadingKey | null = null): Promise<JudgedReading[]> {
      const known = await around(readings, without);
      return readings.flatMap(({ shown, ...reading }) => {
        const its = known.get(keyOf(reading));
        if (!its) return [];
        const judged = judgeReading(reading.meter, { value: shown + (shown > 0 ? its.offset : 0), at: reading.at }, its);
        if (judged.status === "review" && reading.source === TRACKER && its.doubted) return [];
        return [{ ...reading, ...judged }];
      });
    },

    rows: (readings: readonly JudgedReading[]): Statement[] => readings.map((row) => db.insertOnce(meterReadings, row)),

    /** As `rows`; one that is there already counts or waits as it was judged now. */
    again: (readings: readonly JudgedReading[]): Statement[] =>
      readings.map((row) => {
        const { status, value, reason } = row;
        return db.upsert(meterReadings, row, [meterReadings.assetId, meterReadings.meter, meterReadings.at, meterReadings.source], { status, value, reason });
      }),

    takeBack: ({ assetId, at, source }: Omit<ReadingKey, "meter">): Statement =>
      db.update(
        meterReadings,
        { status: "dismissed" },
        sql`${meterReadings.assetId} = ${assetId} and ${meterReadings.at} = ${at} and ${meterReadings.source} = ${source}`,
      ),

    changed: (assetId: Id<"asset">, key: string, at: UtcMs): Statement => effectRow(db, changed(assetId, key), at),

    async find(key: ReadingKey) {
      const [row] = await db.query({ from: meterReadings, columns: readingColumns, where: only(key), limit: 1 });
      return row ?? null;
    },

    /** What a source has of the minute that begins with a reading: forms name a minute, and a person may read twice in it. And what it has so long `before`. */
    minuteOf({ assetId, meter, at, source }: ReadingKey, before = 0) {
      const { receivedValue, receivedUnit, status, reason } = meterReadings;
      return db.query({
        from: meterReadings,
        columns: { at: meterReadings.at, receivedValue, receivedUnit, status, reason },
        where: sql`${meterReadings.assetId} = ${assetId} and ${meterReadings.meter} = ${meter} and ${meterReadings.source} = ${source} and ${meterReadings.at} >= ${at - before} and ${meterReadings.at} < ${at + MINUTE}`,
        orderBy: [asc(meterReadings.at)],
        limit: 1_000,
      });
    },

    /** Adds one reading; false where somebody just took its place in the log. */
    async add(reading: JudgedReading, now: UtcMs): Promise<boolean> {
      try {
        await db.batch([db.insert(meterReadings, reading), this.changed(reading.assetId, `${reading.meter}:${reading.at}`, now)]);
        return true;
      } catch (cause) {
        if (isTaken(cause, "meter_readings.")) return false;
        throw cause;
      }
    },

    async asset(id: Id<"asset">) {
      const [row] = await db.query({ from: assets, columns: { id: assets.id, unitNumber: assets.unitNumber }, where: eq(assets.id, id), limit: 1 });
      return row ?? null;
    },

    /** Saves what somebody decided about a reading, with the reading that takes its place, if any. */
    decide(
      key: ReadingKey,
      status: "counted" | "dismissed",
      event: AssetEvent,
      at: UtcMs,
      instead: JudgedReading | null,
    ): Promise<Result<null, { kind: "stale" }>> {
      const decidedBy = db.scope.actor.name;
      const entry = { record: { kind: "meter-reading", id: newId("event", at), version: 1 }, at, event, about: key.assetId };
      return save(
        db,
        entry,
        [db.update(meterReadings, { status, decidedBy }, only(key)), ...(instead ? [db.insert(meterReadings, { ...instead, decidedBy })] : [])],
        [changed(key.assetId, entry.record.id)],
        ["meter_readings."],
      );
    },
  };
}

/** The first instant from `at` on, or with a step of -1 back from it, that none of these has. */
export function freeAt(taken: readonly { at: UtcMs }[], at: UtcMs, step: 1 | -1 = 1): UtcMs {
  let free = at;
  while (taken.some((one) => one.at === free)) free = later(free, step);
  return free;
}

export const changed = (assetId: Id<"asset">, key: string) => assetEffects.of("meters.changed", `meters:${assetId}:${key}`, { assetId });

const readingColumns = {
  assetId: meterReadings.assetId,
  meter: meterReadings.meter,
  at: meterReadings.at,
  source: meterReadings.source,
  value: meterReadings.value,
  receivedValue: meterReadings.receivedValue,
  receivedUnit: meterReadings.receivedUnit,
  status: meterReadings.status,
  reason: meterReadings.reason,
};

/** The counted neighbors of the reading that `times` has for a unit's meter, as one column. */
function aroundColumn(meter: Meter, times: string, without: ReadingKey | null) {
  const at = sql`json_extract(${times}, '$."' || assets.id || ' ${sql.raw(meter)}"')`;
  const mine = sql`m.organization_id = assets.organization_id and m.asset_id = assets.id and m.meter = ${meter}`;
  const others = without ? sql` and not (m.at = ${without.at} and m.source = ${without.source})` : sql``;
  const counted = (rest: SQL) =>
    sql`(select json_array(m.value, m.at) from ${meterReadings} m where ${mine} and m.status = 'counted'${others} and ${rest} limit 1)`;
  const doubted = sql`exists (select 1 from ${meterReadings} m where ${mine} and m.source = ${TRACKER} and m.status <> 'counted' and m.at > ${at} - ${REPEATED_DOUBT})`;
  return sql`json_array(${counted(sql`m.at <= ${at} order by m.at desc`)}, ${counted(sql`m.at > ${at} order by m.at`)}, ${meterOffset(meter, at)}, ${doubted})`.mapWith(
    (text: string): Around => {
      const [before, after, offset, isDoubted] = JSON.parse(text) as [Nested, Nested, number, number];
      return { before: readingOf(before), after: readingOf(after), offset, doubted: isDoubted === 1 };
    },
  );
}

/** An array of a subquery, which SQLite nests as it is or as text. */
type Nested = string | [value: number, at: UtcMs] | null;

function readingOf(nested: Nested): MeterReading | null {
  if (nested === null) return null;
  const [value, at] = typeof nested === "string" ? (JSON.parse(nested) as [number, UtcMs]) : nested;
  return { value, at };
}
