import { and, asc, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import type { Effect } from "~/kernel/effects";
import { type Id, newId } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { runningStates } from "~/modules/work-orders/work-order";
import { workOrderJobs, workOrders } from "~/modules/work-orders/work-order.tables";
import { entryRow, save, saveNew } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { type MaintenanceEvent, maintenanceJournal } from "./maintenance.journal";
import { doesWork, maintenanceSchedules, maintenanceTemplates, scheduleRecords, scheduleWork } from "./maintenance.tables";
import type { Baseline } from "./plan";
import type { ScheduleCache } from "./schedule.store.server";
import type { Template } from "./template";

const t = maintenanceTemplates;
const templateColumns = { id: t.id, name: t.name, category: t.category, kind: t.kind, plan: t.plan, cannedJobId: t.cannedJobId, version: t.version };
/** `work`: jobs of open orders that do its work already. */
export type NewSchedule = { id: Id<"schedule">; assetId: Id<"asset">; baseline: Baseline; work?: readonly Id<"job">[] };
export type NewRecord = { id: Id<"scheduleRecord">; kind: "done" | "skipped"; day: string; meters: Baseline["meters"]; until: string | null; note: string };

/** Templates, schedules and what people write down about them. */
export function maintenanceStore(db: ScopedDatabase<"staff"> | ScopedDatabase<"job">) {
  const scheduleEntry = (id: Id<"schedule">, version: number, assetId: Id<"asset">, event: MaintenanceEvent, at: UtcMs) => ({
    record: { kind: "schedule", id, version },
    at,
    event,
    about: assetId,
  });
  const next = (id: Id<"schedule">, version: number) => db.update(maintenanceSchedules, { version }, eq(maintenanceSchedules.id, id));

  return {
    /** A template that many units can have. */
    async template(id: Id<"maintenanceTemplate">): Promise<Template | null> {
      const [row] = await db.query({ from: t, columns: templateColumns, where: and(eq(t.id, id), isNull(t.archivedAt), isNull(t.assetId)), limit: 1 });
      return row ?? null;
    },

    /** Version 1 is a new one; a form submitted twice fails on its own first version. */
    saveTemplate(template: Template, at: UtcMs, later?: Effect) {
      const { id, ...saved } = template;
      // `later` finds its units' schedules; what an earlier version left to be found is found with this one.
      const row = { ...saved, refreshedTo: later ? "" : null };
      const isNew = row.version === 1;
      const event = maintenanceJournal.of(isNew ? "maintenance-template.added" : "maintenance-template.changed", saved);
      const entry = { record: { kind: "maintenance-template", id, version: row.version }, at, event };
      return isNew
        ? saveNew(db, entry, [db.insert(t, { ...template, createdAt: at })])
        : save(db, entry, [db.update(t, row, eq(t.id, id))], later ? [later] : []);
    },

    /** A unit's own plan with its schedule; a form sent twice fails on its own first version. */
    addOwn(template: Omit<Template, "version">, schedule: NewSchedule, at: UtcMs) {
      const { id, name, category, plan } = template;
      const entry = {
        record: { kind: "maintenance-template", id, version: 1 },
        at,
        event: maintenanceJournal.of("maintenance-template.added", { name, category, plan }),
        about: schedule.assetId,
      };
      const whole = { ...template, version: 1 };
      return saveNew(db, entry, [db.insert(t, { ...whole, assetId: schedule.assetId, createdAt: at }), ...this.newSchedules(whole, [schedule], at)]);
    },

    archiveTemplate({ id, name, version }: Template, at: UtcMs) {
      const entry = {
        record: { kind: "maintenance-template", id, version: version + 1 },
        at,
        event: maintenanceJournal.of("maintenance-template.archived", { name }),
      };
      return save(db, entry, [db.update(t, { archivedAt: at, version: version + 1 }, eq(t.id, id))]);
    },

    /** The living units among these that don't have the template yet. */
    async withoutTemplate(templateId: Id<"maintenanceTemplate">, ids: readonly string[]): Promise<Id<"asset">[]> {
      const rows = await db.query({
        from: assets,
        columns: { id: assets.id },
        where: sql`${assets.archivedAt} is null and ${assets.id} in (select value from json_each(${JSON.stringify(ids)})) and not exists (select 1 from maintenance_schedules s where s.organization_id = assets.organization_id and s.asset_id = assets.id and s.template_id = ${templateId} and s.archived_at is null)`,
        orderBy: [asc(assets.id)],
        limit: 500,
      });
      return rows.map(({ id }) => id);
    },

    /** Jobs of open orders that were made for a template which these units had before: it was removed meanwhile. */
    async openWork(templateId: Id<"maintenanceTemplate">, ids: readonly Id<"asset">[]) {
      const s = maintenanceSchedules;
      return db.query({
        from: scheduleWork,
        columns: { assetId: s.assetId, jobId: scheduleWork.jobId },
        join: [
          [s, eq(s.id, scheduleWork.scheduleId)],
          [workOrderJobs, doesWork],
          [workOrders, eq(workOrders.id, workOrderJobs.workOrderId)],
        ],
        where: and(
          eq(s.templateId, templateId),
          inArray(s.assetId, [...ids]),
          isNotNull(s.archivedAt),
          isNull(workOrderJobs.removedAt),
          inArray(workOrders.state, runningStates),
        ),
        groupBy: [s.assetId, scheduleWork.jobId],
        limit: 500,
      });
    },

    /** Schedules of units that follow a template, as statements of one batch. */
    newSchedules: ({ id: templateId, name, plan }: Template, schedules: readonly NewSchedule[], at: UtcMs): Statement[] =>
      schedules.flatMap(({ id, assetId, baseline, work = [] }) => [
        entryRow(db, scheduleEntry(id, 1, assetId, maintenanceJournal.of("schedule.added", { name, plan, baseline }), at)),
        db.insert(maintenanceSchedules, { id, assetId, templateId, baseline, ...UNKNOWN, version: 1, createdAt: at }),
        ...work.map((jobId) => db.insert(scheduleWork, { scheduleId: id, jobId })),
      ]),

    /** A schedule with its unit: a living one, or one that was removed. */
    async schedule(id: Id<"schedule">, which: "living" | "removed" = "living") {
      const s = maintenanceSchedules;
      const [row] = await db.query({
        from: s,
        columns: { id: s.id, assetId: s.assetId, version: s.version, name: t.name, templateId: s.templateId, own: t.assetId },
        join: [[t, eq(t.id, s.templateId)]],
        where: and(eq(s.id, id), which === "living" ? isNull(s.archivedAt) : isNotNull(s.archivedAt)),
        limit: 1,
      });
      return row ?? null;
    },

    /** What somebody wrote down about a schedule. */
    async record(scheduleId: Id<"schedule">, id: Id<"scheduleRecord">) {
      const r = scheduleRecords;
      const [row] = await db.query({ from: r, columns: { removed: r.removed }, where: and(eq(r.id, id), eq(r.scheduleId, scheduleId)), limit: 1 });
      return row ?? null;
    },

    addRecord(of: Found, record: NewRecord, at: UtcMs) {
      const { id, assetId, name, version } = of;
      const { day, note, kind, until } = record;
      const event = until
        ? maintenanceJournal.of("schedule.renewed", { name, day, until, note })
        : maintenanceJournal.of(kind === "done" ? "schedule.done-elsewhere" : "schedule.skipped", { name, day, note });
      const row = { ...record, scheduleId: id, by: db.scope.actor.name, at, removed: false };
      return save(db, scheduleEntry(id, version + 1, assetId, event, at), [next(id, version + 1), db.insertOnce(scheduleRecords, row)]);
    },

    removeRecord({ id, assetId, name, version }: Found, record: Id<"scheduleRecord">, at: UtcMs) {
      const event = maintenanceJournal.of("schedule.record-removed", { name });
      const mine = sql`${scheduleRecords.id} = ${record} and ${scheduleRecords.scheduleId} = ${id}`;
      return save(db, scheduleEntry(id, version + 1, assetId, event, at), [next(id, version + 1), db.update(scheduleRecords, { removed: true }, mine)]);
    },

    archiveSchedule({ id, assetId, name, version }: Found, at: UtcMs) {
      const event = maintenanceJournal.of("schedule.removed", { name });
      return save(db, scheduleEntry(id, version + 1, assetId, event, at), [
        db.update(maintenanceSchedules, { archivedAt: at, version: version + 1 }, eq(maintenanceSchedules.id, id)),
      ]);
    },

    /** Ends the removal of a schedule, with everything that was ever done of it. */
    putBack({ id, assetId, name, version }: Found, at: UtcMs) {
      const event = maintenanceJournal.of("schedule.put-back", { name });
      return save(db, scheduleEntry(id, version + 1, assetId, event, at), [
        db.update(maintenanceSchedules, { archivedAt: null, version: version + 1 }, eq(maintenanceSchedules.id, id)),
      ]);
    },

    /** That an order's job does a schedule's work. Each is the schedule's next version, so of two orders at once one fails. */
    workRows: ({ id, assetId, name, version }: Found, workOrderId: Id<"workOrder">, jobId: Id<"job">, at: UtcMs): Statement[] => [
      entryRow(db, scheduleEntry(id, version + 1, assetId, maintenanceJournal.of("schedule.ordered", { name, workOrderId }), at)),
      db.update(maintenanceSchedules, { version: version + 1, ordered: true }, eq(maintenanceSchedules.id, id)),
      db.upsert(scheduleWork, { scheduleId: id, jobId }, [scheduleWork.scheduleId, scheduleWork.jobId], { counts: true }),
    ],

    /** That a job isn't a schedule's work after all. */
    leaveOutRows: ({ id, assetId, name, version }: Found, workOrderId: Id<"workOrder">, jobId: Id<"job">, at: UtcMs): Statement[] => [
      entryRow(db, scheduleEntry(id, version + 1, assetId, maintenanceJournal.of("schedule.taken-off", { name, workOrderId }), at)),
      next(id, version + 1),
      db.update(scheduleWork, { counts: false }, sql`${scheduleWork.scheduleId} = ${id} and ${scheduleWork.jobId} = ${jobId}`),
    ],

    newScheduleId: (at: UtcMs) => newId("schedule", at),
    batch: (statements: readonly Statement[]) => db.batch(statements),
  };
}

export type Found = { id: Id<"schedule">; assetId: Id<"asset">; name: string; version: number };
/** Until it is found for the first time, right after it is added. */
const UNKNOWN: ScheduleCache = { state: "unknown", firstBy: null, dueDay: null, dueMeter: null, projectedDay: null, ordered: false };
