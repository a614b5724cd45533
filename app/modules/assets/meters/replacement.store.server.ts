import { and, asc, desc, eq, gt, inArray, isNull, lt, type SQL, sql } from "drizzle-orm";
import { type Id, newId } from "~/kernel/ids";
import type { Result } from "~/kernel/result";
import { later, MINUTE, type UtcMs } from "~/kernel/time";
import { save } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { type AssetEvent, assetJournal } from "../asset.journal";
import { meterReadings, meters } from "../asset.tables";
import type { JudgedAgain, KeptReading } from "./judge-again";
import type { Meter } from "./meter";
import { changed, only } from "./meter-log.store.server";
import { INSTALLED, REPLACED } from "./replacement";

const PER_PAGE = 2_000;

const instrument = { id: meters.id, kind: meters.kind, name: meters.name, offset: meters.offset, since: meters.since };
type Instrument = { id: Id<"meter">; kind: Meter; name: string; offset: number; since: UtcMs };
type FirstReading = Omit<typeof meterReadings.$inferInsert, "organizationId">;

/** The instruments that a unit's meters were, and the readings that follow a replacement. */
export function replacementStore(db: ScopedDatabase<"staff">) {
  const of = (assetId: Id<"asset">, meter: Meter) => and(eq(meterReadings.assetId, assetId), eq(meterReadings.meter, meter));
  /** The readings that the replacement of an instant brought. */
  const own = (at: UtcMs): SQL =>
    sql`${meterReadings.source} in (${REPLACED}, ${INSTALLED}) and ${meterReadings.at} > ${later(at, -MINUTE)} and ${meterReadings.at} < ${later(at, MINUTE)}`;
  const lastBy = (assetId: Id<"asset">, meter: Meter, at: UtcMs, more?: SQL) => ({
    from: meterReadings,
    columns: { value: meterReadings.value, at: meterReadings.at },
    where: and(of(assetId, meter), eq(meterReadings.status, "counted"), sql`${meterReadings.at} <= ${at}`, more),
    orderBy: [desc(meterReadings.at)],
    limit: 1,
  });

  /** Readings that were judged again, as statements: all move at once, then each has its state. */
  function judged(assetId: Id<"asset">, meter: Meter, its: JudgedAgain | null, more: SQL | undefined): Statement[] {
    if (!its) return [];
    const between = (from: UtcMs, to: UtcMs) =>
      sql`${and(of(assetId, meter), inArray(meterReadings.status, ["review", "counted"]), sql`${meterReadings.at} between ${from} and ${to}`, more)}`;
    return [
      db.update(meterReadings, { value: sql`${meterReadings.value} + ${its.delta}` }, between(its.from, its.to)),
      ...its.spans.map(({ from, to, status, reason }) => db.update(meterReadings, { status, reason }, between(from, to))),
      ...its.exact.map(({ at, source, value, status, reason }) => db.update(meterReadings, { value, status, reason }, only({ assetId, meter, at, source }))),
    ];
  }

  /** Saves, unless somebody replaced the meter, or read it at the same instant, just now. */
  function saveOnce(
    assetId: Id<"asset">,
    record: { id: Id<"meter">; version: number },
    event: AssetEvent,
    changes: readonly Statement[],
    now: UtcMs,
  ): Promise<Result<null, { kind: "stale" }>> {
    const entry = { record: { kind: "meter", ...record }, at: now, event, about: assetId };
    return save(db, entry, changes, [changed(assetId, `${record.id}.${record.version}`)], ["meters.", "meter_readings."]);
  }

  return {
    /** The meter in use, what it counted last until an instant, and which places in the log replacements around it have. */
    async replacing(assetId: Id<"asset">, meter: Meter, at: UtcMs) {
      const [[inUse], [before], taken] = await db.queries(
        { from: meters, columns: instrument, where: and(eq(meters.assetId, assetId), eq(meters.kind, meter), isNull(meters.replacedAt)), limit: 1 },
        lastBy(assetId, meter, at),
        { from: meterReadings, columns: { at: meterReadings.at, source: meterReadings.source }, where: and(of(assetId, meter), own(at)), limit: 1_000 },
      );
      return { inUse: inUse ?? null, before: before ?? null, taken };
    },

    /** Every reading after an instant that nobody dismissed, in time order; `withOwn`: also those that a replacement then brought. */
    async since(assetId: Id<"asset">, meter: Meter, at: UtcMs, { withOwn }: { withOwn: boolean }): Promise<KeptReading[]> {
      const kept: KeptReading[] = [];
      const { source, value, status, reason } = meterReadings;
      for (let after: { at: UtcMs; source: string } = { at, source: "\uffff" }; ; ) {
        const page = await db.query({
          from: meterReadings,
          columns: { at: meterReadings.at, source, value, status: sql<KeptReading["status"]>`${status}`, reason },
          where: and(
            of(assetId, meter),
            inArray(status, ["review", "counted"]),
            sql`${meterReadings.at} >= ${after.at} and (${meterReadings.at} > ${after.at} or ${source} > ${after.source})`,
            withOwn ? undefined : sql`not (${own(at)})`,
          ),
          orderBy: [asc(meterReadings.at), asc(source)],
          limit: PER_PAGE,
        });
        kept.push(...page);
        const last = page.at(-1);
        if (!last || page.length < PER_PAGE) return kept;
        after = last;
      }
    },

    /** Saves a replacement: the old meter's end, the new meter, its first reading, and later readings judged again. */
    replace(
      assetId: Id<"asset">,
      its: { meter: Meter; at: UtcMs; offset: number; name: string; inUse: { id: Id<"meter"> } | null; first: readonly FirstReading[] },
      again: JudgedAgain | null,
      now: UtcMs,
    ) {
      const { meter, at, offset, name, inUse, first } = its;
      const id = newId("meter", now);
      return saveOnce(
        assetId,
        { id, version: 1 },
        assetJournal.of("meter.replaced", { meter, name }),
        [
          inUse
            ? db.update(meters, { replacedAt: at }, and(eq(meters.id, inUse.id), isNull(meters.replacedAt)) as SQL) // `and` of two conditions is one
            : db.insert(meters, { id: newId("meter", now), assetId, kind: meter, name: "", offset: 0, since: 0 as UtcMs, replacedAt: at }),
          db.insert(meters, { id, assetId, kind: meter, name, offset, since: at, replacedAt: null }),
          // Before the first readings of the new meter, which would move along.
          ...judged(assetId, meter, again, undefined),
          ...first.map((row) => db.insert(meterReadings, row)),
        ],
        now,
      );
    },

    /** A meter in use that took another's place, that one, and what was counted by then without the replacement. */
    async replaced(assetId: Id<"asset">, meterId: Id<"meter">) {
      const [inUse] = await db.query({
        from: meters,
        columns: instrument,
        where: and(eq(meters.assetId, assetId), eq(meters.id, meterId), isNull(meters.replacedAt), gt(meters.since, 0 as UtcMs)),
        limit: 1,
      });
      if (!inUse) return null;
      const { kind, since } = inUse;
      const [[previous], [before]] = await db.queries(
        {
          from: meters,
          columns: instrument,
          // One whose replacement was undone ended when it began.
          where: and(eq(meters.assetId, assetId), eq(meters.kind, kind), eq(meters.replacedAt, since), lt(meters.since, since)),
          limit: 1,
        },
        lastBy(assetId, kind, since, sql`not (${own(since)})`),
      );
      return previous ? { inUse, previous, before: before ?? null } : null;
    },

    /** Saves that a replacement is undone: it keeps its row, which ends when it began and so adds to nothing. */
    undo(assetId: Id<"asset">, { inUse, previous }: { inUse: Instrument; previous: Instrument }, again: JudgedAgain | null, now: UtcMs) {
      const { kind: meter, name, since } = inUse;
      const mine = sql`${and(of(assetId, meter), own(since))}`;
      return saveOnce(
        assetId,
        { id: inUse.id, version: 2 },
        assetJournal.of("meter.replacement-undone", { meter, name }),
        [
          db.update(meters, { replacedAt: since }, eq(meters.id, inUse.id)),
          db.update(meters, { replacedAt: null }, eq(meters.id, previous.id)),
          db.update(meterReadings, { status: "dismissed", decidedBy: db.scope.actor.name }, mine),
          ...judged(assetId, meter, again, sql`not (${own(since)})`),
        ],
        now,
      );
    },
  };
}
