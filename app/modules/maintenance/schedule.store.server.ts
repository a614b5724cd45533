import { and, asc, eq, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { DAY, dayOf, later, type UtcMs } from "~/kernel/time";
import { assets, currentMeterColumn, meterReadings } from "~/modules/assets/asset.tables";
import { type Meter, type MeterReading, meterKinds } from "~/modules/assets/meters/meter";
import { linesDone, workOrderJobs, workOrders } from "~/modules/work-orders/work-order.tables";
import { effectRow } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { countedThen } from "./counted-then.store.server";
import { maintenanceEffects } from "./maintenance.effects";
import { doesWork, maintenanceSchedules, maintenanceTemplates, scheduleRecords, scheduleWork } from "./maintenance.tables";
import type { Baseline, Plan } from "./plan";
import { isOpenWork, resetsOf, type ScheduledWork } from "./schedule-history";
import { type MetersNow, rateOf, type ScheduleState, type ScheduleStatus, scheduleStatus } from "./schedule-state";

/** Units whose schedules are found at once, and the most that each may have of what makes their state. */
export const UNITS_AT_ONCE = 20;
const [MOST_SCHEDULES, MOST_WORK] = [UNITS_AT_ONCE * 40, UNITS_AT_ONCE * 250];

const cache = {
  state: maintenanceSchedules.state,
  firstBy: maintenanceSchedules.firstBy,
  dueDay: maintenanceSchedules.dueDay,
  dueMeter: maintenanceSchedules.dueMeter,
  projectedDay: maintenanceSchedules.projectedDay,
  ordered: maintenanceSchedules.ordered,
};
export type ScheduleCache = { state: ScheduleState } & Pick<
  typeof maintenanceSchedules.$inferSelect,
  "firstBy" | "dueDay" | "dueMeter" | "projectedDay" | "ordered"
>;

/** A schedule with everything that makes its state, and the state. */
export type FoundSchedule = {
  id: Id<"schedule">;
  assetId: Id<"asset">;
  templateId: Id<"maintenanceTemplate">;
  name: string;
  category: (typeof maintenanceTemplates.$inferSelect)["category"];
  plan: Plan;
  baseline: Baseline;
  cannedJobId: Id<"cannedJob"> | null;
  /** The unit, where the plan is its own. */
  own: Id<"asset"> | null;
  planVersion: number;
  /** No other unit can get its template anymore. */
  isTemplateArchived: boolean;
  version: number;
  cached: ScheduleCache;
  /** How often the cache changed. */
  changes: number;
  work: readonly (ScheduledWork & { workOrderId: Id<"workOrder">; number: number })[];
  records: readonly (typeof scheduleRecords.$inferSelect)[];
  resets: ReturnType<typeof resetsOf>;
  status: ScheduleStatus;
  /** The order that does it now. */
  openOrder: { id: Id<"workOrder">; number: number } | null;
};
export type FoundUnit = { id: Id<"asset">; meters: MetersNow; schedules: FoundSchedule[] };

/** The state of a schedule as its row caches it. */
export const cacheOf = ({ status: { state, first, day }, openOrder }: Pick<FoundSchedule, "status" | "openOrder">): ScheduleCache => ({
  state,
  firstBy: first?.by ?? null,
  dueDay: typeof first?.due === "string" ? first.due : null,
  dueMeter: typeof first?.due === "number" ? first.due : null,
  projectedDay: day,
  ordered: openOrder !== null,
});

/** Schedules of units with their state from data alone. */
export function scheduleStore(db: ScopedDatabase<"staff"> | ScopedDatabase<"job"> | ScopedDatabase<"customer">) {
  return {
    /** Units with their living schedules; at most `UNITS_AT_ONCE`. */
    async units(ids: readonly Id<"asset">[], now: UtcMs, zone: string): Promise<FoundUnit[]> {
      const some = ids.slice(0, UNITS_AT_ONCE);
      if (some.length === 0) return [];
      const s = maintenanceSchedules;
      const living = and(inArray(s.assetId, some), isNull(s.archivedAt));
      const [found, schedules, work, records] = await db.queries(
        { from: assets, columns: { id: assets.id, ...meterColumns(now) }, where: inArray(assets.id, some), limit: UNITS_AT_ONCE },
        {
          from: s,
          columns: {
            id: s.id,
            assetId: s.assetId,
            templateId: s.templateId,
            baseline: s.baseline,
            version: s.version,
            changes: s.changes,
            createdAt: s.createdAt,
            ...cache,
            name: maintenanceTemplates.name,
            category: maintenanceTemplates.category,
            plan: maintenanceTemplates.plan,
            cannedJobId: maintenanceTemplates.cannedJobId,
            own: maintenanceTemplates.assetId,
            isTemplateArchived: isNotNull(maintenanceTemplates.archivedAt).mapWith(Boolean),
            planVersion: maintenanceTemplates.version,
          },
          join: [[maintenanceTemplates, eq(maintenanceTemplates.id, s.templateId)]],
          where: living,
          orderBy: [asc(s.id)],
          limit: MOST_SCHEDULES,
        },
        {
          from: scheduleWork,
          columns: {
            scheduleId: scheduleWork.scheduleId,
            began: scheduleWork.jobId,
            workOrderId: workOrders.id,
            number: workOrders.number,
            state: workOrders.state,
            doneAt,
            lines: linesDone,
            ...Object.fromEntries(meterKinds.map((meter) => [meter, metersThen(meter)])),
          },
          join: [
            [s, eq(s.id, scheduleWork.scheduleId)],
            [workOrderJobs, doesWork],
            [workOrders, eq(workOrders.id, workOrderJobs.workOrderId)],
          ],
          where: and(living, isNull(workOrderJobs.removedAt)),
          orderBy: [asc(workOrders.number)],
          limit: MOST_WORK,
        },
        {
          from: scheduleRecords,
          columns: recordColumns,
          join: [[s, eq(s.id, scheduleRecords.scheduleId)]],
          where: and(living, eq(scheduleRecords.removed, false)),
          orderBy: [asc(scheduleRecords.at)],
          limit: MOST_WORK,
        },
      );
      const read = found.map((unit) => {
        const meters = metersNow(unit as unknown as MeterRow); // the columns that `meterColumns` names
        const its = schedules.filter(({ assetId }) => assetId === unit.id);
        return {
          id: unit.id,
          meters,
          schedules: its.map(({ state, firstBy, dueDay, dueMeter, projectedDay, ordered, createdAt, ...schedule }) => {
            const ofIt = work.flatMap(({ scheduleId, began, workOrderId, number, state: orderState, doneAt: at, lines, ...read }) =>
              scheduleId === schedule.id ? [{ began, workOrderId, number, state: orderState, doneAt: at, lines, meters: known(read) }] : [],
            );
            const written = records.filter(({ scheduleId }) => scheduleId === schedule.id);
            const open = ofIt.find(isOpenWork);
            return {
              ...schedule,
              since: dayOf(createdAt, zone),
              cached: { state, firstBy, dueDay, dueMeter, projectedDay, ordered },
              work: ofIt,
              records: written,
              resets: resetsOf(ofIt, written, zone),
              openOrder: open ? { id: open.workOrderId, number: open.number } : null,
            };
          }),
        };
      });
      const counted = await countedThen(db, read, zone);
      return read.map(({ schedules: its, ...unit }) => ({
        ...unit,
        schedules: its.map(({ since, ...schedule }): FoundSchedule => {
          const baseline = counted.baseline(unit, schedule.baseline, since);
          const resets = counted.resets(unit, schedule.resets);
          return { ...schedule, baseline, resets, status: scheduleStatus(schedule.plan, baseline, resets, unit.meters, { at: now, zone }) };
        }),
      }));
    },

    /** Writes what changed of the cached states, and causes a message for what became due. */
    cacheRows(units: readonly FoundUnit[], now: UtcMs): Statement[] {
      return units.flatMap(({ id, schedules }) => {
        const changed = schedules.filter((one) => JSON.stringify(one.cached) !== JSON.stringify(cacheOf(one)));
        const became = changed.filter((one) => asksMore(one.cached, cacheOf(one)));
        const rows = changed.map((one) => db.update(maintenanceSchedules, { ...cacheOf(one), changes: one.changes + 1 }, eq(maintenanceSchedules.id, one.id)));
        if (became.length === 0) return rows;
        // The same change that is found twice at once has one key; the next one has another, also where it is due at the same value again.
        const key = `maintenance-due:${id}:${became.map((one) => `${one.id}.${one.changes + 1}`).join(":")}`;
        const effect = maintenanceEffects.of("mail.maintenance-due", key, { assetId: id, scheduleIds: became.map((one) => one.id) });
        return [...rows, effectRow(db, effect, now)];
      });
    },

    /** Units that have schedules, by id. */
    async unitsAfter(after: string, limit: number): Promise<Id<"asset">[]> {
      const rows = await db.query({
        from: assets,
        columns: { id: assets.id },
        where: sql`${assets.id} > ${after} and ${assets.archivedAt} is null and exists (select 1 from maintenance_schedules s where s.organization_id = assets.organization_id and s.asset_id = assets.id and s.archived_at is null)`,
        orderBy: [asc(assets.id)],
        limit,
      });
      return rows.map(({ id }) => id);
    },

    /** Those of these units that have schedules. */
    async withSchedules(ids: readonly string[]): Promise<Id<"asset">[]> {
      const rows = await db.query({
        from: maintenanceSchedules,
        columns: { assetId: maintenanceSchedules.assetId },
        where: sql`${maintenanceSchedules.archivedAt} is null and ${maintenanceSchedules.assetId} in (select value from json_each(${JSON.stringify(ids)}))`,
        groupBy: [maintenanceSchedules.assetId],
        limit: 5_000,
      });
      return rows.map(({ assetId }) => assetId);
    },

    /** The order's unit, if it has schedules. */
    async unitOfOrder(id: Id<"workOrder">): Promise<Id<"asset">[]> {
      const rows = await db.query({
        from: workOrders,
        columns: { assetId: workOrders.assetId },
        join: [[maintenanceSchedules, and(eq(maintenanceSchedules.assetId, workOrders.assetId), isNull(maintenanceSchedules.archivedAt)) as SQL]], // `and` of two conditions is one
        where: eq(workOrders.id, id),
        limit: 1,
      });
      return rows.map(({ assetId }) => assetId);
    },

    async unitsOfSchedules(ids: readonly Id<"schedule">[]): Promise<Id<"asset">[]> {
      const rows = await db.query({
        from: maintenanceSchedules,
        columns: { assetId: maintenanceSchedules.assetId },
        where: sql`${maintenanceSchedules.id} in (select value from json_each(${JSON.stringify(ids)}))`,
        groupBy: [maintenanceSchedules.assetId],
        limit: 500,
      });
      return rows.map(({ assetId }) => assetId);
    },

    /** The numbers of these orders, in order. */
    async orderNumbers(ids: readonly Id<"workOrder">[]): Promise<Map<Id<"workOrder">, number>> {
      const { id, number } = workOrders;
      const rows = await db.query({ from: workOrders, columns: { id, number }, where: inArray(id, [...ids]), orderBy: [asc(number)], limit: ids.length });
      return new Map(rows.map((row) => [row.id, row.number]));
    },

    write: (statements: readonly Statement[]) => db.batch(statements),
  };
}

/** Whether somebody should know: it became due or overdue, or what was due is on no open order anymore. */
function asksMore(before: ScheduleCache, now: ScheduleCache): boolean {
  if (now.ordered || (now.state !== "due" && now.state !== "overdue")) return false;
  return before.ordered || (now.state === "due" ? before.state !== "overdue" && before.state !== "due" : before.state !== "overdue");
}

const recordColumns = {
  organizationId: scheduleRecords.organizationId,
  id: scheduleRecords.id,
  scheduleId: scheduleRecords.scheduleId,
  kind: scheduleRecords.kind,
  day: scheduleRecords.day,
  meters: scheduleRecords.meters,
  until: scheduleRecords.until,
  note: scheduleRecords.note,
  by: scheduleRecords.by,
  at: scheduleRecords.at,
  removed: scheduleRecords.removed,
};

/** When an order's job was done: at the first completion of its order with it, however often that was reopened. */
const doneAt = sql<UtcMs | null>`coalesce(${workOrderJobs.doneAt}, ${workOrders.completedAt})`;

/** A meter's last counted reading when the work was done. */
const metersThen = (meter: Meter): SQL<number | null> =>
  sql`(select m.value from ${meterReadings} m where m.organization_id = ${workOrders.organizationId} and m.asset_id = ${workOrders.assetId} and m.meter = ${meter} and m.status = 'counted' and m.at <= ${doneAt} order by m.at desc limit 1)`;

const known = (read: Record<string, unknown>): Partial<Record<Meter, number>> =>
  Object.fromEntries(meterKinds.flatMap((meter) => (typeof read[meter] === "number" ? [[meter, read[meter]]] : [])));

/** Windows that average use is taken from, the shortest first. */
const WINDOWS = [30, 90] as const;
type MeterRow = Record<`${Meter}` | `${Meter}${(typeof WINDOWS)[number]}`, MeterReading | null>;

function meterColumns(now: UtcMs) {
  const firstSince = (meter: Meter, days: number) =>
    sql`(select json_object('value', m.value, 'at', m.at) from ${meterReadings} m where m.organization_id = assets.organization_id and m.asset_id = assets.id and m.meter = ${meter} and m.status = 'counted' and m.at >= ${later(now, -days * DAY)} order by m.at limit 1)`.mapWith(
      (text: string): MeterReading => JSON.parse(text),
    );
  return Object.fromEntries(
    meterKinds.flatMap((meter) => [[meter, currentMeterColumn(meter)], ...WINDOWS.map((days) => [`${meter}${days}`, firstSince(meter, days)])]),
  ) as Record<string, SQL<MeterReading | null>>;
}

const metersNow = (row: MeterRow): MetersNow =>
  Object.fromEntries(
    meterKinds.flatMap((meter) => {
      const last = row[meter];
      return last
        ? [
            [
              meter,
              {
                value: last.value,
                at: last.at,
                rate: rateOf(
                  last,
                  WINDOWS.map((days) => row[`${meter}${days}`]),
                ),
              },
            ],
          ]
        : [];
    }),
  );
