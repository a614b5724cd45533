import { inArray, type SQL, sql } from "drizzle-orm";
import { addDays } from "~/kernel/days";
import type { Id } from "~/kernel/ids";
import { startOfNamedDay, type UtcMs } from "~/kernel/time";
import { assets, meterReadings } from "~/modules/assets/asset.tables";
import { type Meter, meterKinds } from "~/modules/assets/meters/meter";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Baseline, Reset } from "./plan";
import type { Done } from "./schedule-history";
import type { MetersNow } from "./schedule-state";

type Unit = { id: Id<"asset">; meters: MetersNow };
type Found = Unit & { schedules: readonly { baseline: Baseline; resets: readonly Reset[]; since: string }[] };
/** A day, or a moment: what was read before it. */
type When = string | UtcMs;
/** A meter at a time: the last counted reading by then, on a day by its end, else the first after it; `first-from` the day on, the first. */
type Asked = { assetId: Id<"asset">; meter: Meter; when: When; takes: "last-by" | "first-from" };
type Value = { by: number | null; after: number | null };
type Totals = Partial<Record<Meter, number>>;

const keyOf = ({ assetId, meter, when, takes }: Asked) => `${assetId} ${meter} ${when} ${takes}`;
const missing = ({ meters }: Unit, given: Totals): Meter[] => meterKinds.filter((meter) => meters[meter] !== undefined && given[meter] === undefined);

/**
 * What the meters of units counted when their schedules began and were done, where nobody gave a reading: so a schedule
 * counts by every meter that its unit has. Nothing is read if all were given.
 */
export async function countedThen(db: ScopedDatabase<"staff"> | ScopedDatabase<"job"> | ScopedDatabase<"customer">, units: readonly Found[], zone: string) {
  const asked = new Map<string, Asked>();
  for (const unit of units)
    for (const { baseline, resets, since } of unit.schedules)
      for (const one of [...askedOf(unit, baseline.meters, ...startOf(baseline, since)), ...resets.flatMap(({ meters, day }) => askedOf(unit, meters, day))])
        asked.set(keyOf(one), one);
  const values = await readValues(db, [...asked.values()], zone);
  const filled = (its: readonly Asked[], which: (value: Value) => number | null): Totals =>
    Object.fromEntries(
      its.flatMap((one) => {
        const value = values.get(keyOf(one));
        const total = value ? which(value) : null;
        return total === null ? [] : [[one.meter, total]];
      }),
    );
  return {
    baseline: (unit: Unit, baseline: Baseline, since: string) => ({
      ...baseline,
      counted: filled(askedOf(unit, baseline.meters, ...startOf(baseline, since)), ({ by, after }) => by ?? after),
    }),
    // What was read by that day shows too whether it was done on time, as on an order; a later reading doesn't.
    resets: (unit: Unit, resets: readonly Done[]): Done[] =>
      resets.map((one) => {
        const its = askedOf(unit, one.meters, one.day);
        return { ...one, meters: { ...one.meters, ...filled(its, ({ by }) => by) }, counted: filled(its, ({ after }) => after) };
      }),
  };
}

/** A schedule that begins on no day begins when it was added. */
const startOf = ({ means, day, at }: Baseline, since: string) =>
  [at ?? day ?? since, means === "first-due" && at === undefined ? "first-from" : "last-by"] as const;

const askedOf = (unit: Unit, given: Totals, when: When, takes: Asked["takes"] = "last-by"): Asked[] =>
  missing(unit, given).map((meter) => ({ assetId: unit.id, meter, when, takes }));

async function readValues(db: Parameters<typeof countedThen>[0], asked: readonly Asked[], zone: string): Promise<Map<string, Value>> {
  if (asked.length === 0) return new Map();
  const starts = new Map<string, number | null>();
  const start = (day: string) => {
    if (!starts.has(day)) starts.set(day, startOfNamedDay(day, zone));
    return starts.get(day) ?? null;
  };
  const wanted = asked.map((one) => {
    const { when } = one;
    if (typeof when === "number") return [one.assetId, one.meter, when, when];
    const end = start(addDays(when, 1));
    return [one.assetId, one.meter, ...(one.takes === "last-by" ? [end, end] : [null, start(when)])];
  });
  const rows = await db.query({
    from: assets,
    columns: { values: valuesColumn(JSON.stringify(wanted)) },
    where: inArray(assets.id, [...new Set(asked.map(({ assetId }) => assetId))]),
    limit: asked.length,
  });
  return new Map(
    rows.flatMap(({ values }) =>
      values.flatMap(([n, by, after]) => {
        const one = asked[n];
        return one ? [[keyOf(one), { by, after }] as const] : [];
      }),
    ),
  );
}

/** Of what is wanted of a unit, by its place: the last reading before an instant, or the first from one on. */
function valuesColumn(wanted: string) {
  const field = (n: number) => sql.raw(`json_extract(json_each.value, '$[${n}]')`);
  const one = (rest: SQL) =>
    sql`(select m.value from ${meterReadings} m where m.organization_id = assets.organization_id and m.asset_id = assets.id and m.meter = ${field(1)} and m.status = 'counted' and ${rest} limit 1)`;
  const [by, after] = [one(sql`m.at < ${field(2)} order by m.at desc`), one(sql`m.at >= ${field(3)} order by m.at`)];
  return sql`(select json_group_array(json_array(json_each.key, ${by}, ${after})) from json_each(${wanted}) where ${field(0)} = assets.id)`.mapWith(
    (text: string): [number, number | null, number | null][] => JSON.parse(text),
  );
}
