import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { maintenanceSchedules, maintenanceTemplates } from "~/modules/maintenance/maintenance.tables";
import { type FoundSchedule, scheduleStore } from "~/modules/maintenance/schedule.store.server";
import { complianceOf, lateOf } from "~/modules/maintenance/schedule-state";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

type Db = ScopedDatabase<"staff"> | ScopedDatabase<"customer">;

/** A unit's schedules as both sides see them, found from data at this moment: the most urgent first. Callers check whose unit it is. */
export async function readUnitMaintenance(db: Db, id: Id<"asset">, { now, zone }: { now: UtcMs; zone: string }) {
  const [unit] = await scheduleStore(db).units([id], now, zone);
  return { meters: unit?.meters ?? {}, schedules: (unit?.schedules ?? []).map(viewOf).sort((a, b) => a.rank - b.rank || compare(a.day, b.day)) };
}

const s = maintenanceSchedules;

/** Schedules that were removed from a unit, the newest removal first, unless the unit has the same template again. */
export const readRemovedSchedules = (db: ScopedDatabase<"staff">, id: Id<"asset">) =>
  db.query({
    from: s,
    columns: { id: s.id, name: maintenanceTemplates.name, removedAt: s.archivedAt },
    join: [[maintenanceTemplates, eq(maintenanceTemplates.id, s.templateId)]],
    where: and(
      eq(s.assetId, id),
      isNotNull(s.archivedAt),
      sql`not exists (select 1 from maintenance_schedules living where living.organization_id = ${s.organizationId} and living.asset_id = ${s.assetId} and living.template_id = ${s.templateId} and living.archived_at is null)`,
    ),
    orderBy: [desc(s.archivedAt), desc(s.id)],
    limit: 20,
  });

const RANK = { overdue: 0, due: 1, "due-soon": 2, unknown: 3, current: 4 } as const;
const compare = (a: string | null, b: string | null): number => (a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1);

function viewOf(found: FoundSchedule) {
  const { id, templateId, own, planVersion, isTemplateArchived, cannedJobId, name, category, plan, baseline, status, resets, records, openOrder, version } =
    found;
  const { state, first, day, earliest, latest, triggers } = status;
  const done = resets.findLast(({ kind }) => kind === "done");
  const isKnown = baseline.means === "last-done" && baseline.at === undefined;
  return {
    id,
    templateId,
    isOwn: own !== null,
    isTemplateArchived,
    planVersion,
    cannedJobId,
    name,
    category,
    plan,
    version,
    state,
    first,
    triggers,
    day,
    earliest,
    latest,
    openOrder,
    history: historyOf(found),
    /** When it was last done, as far as somebody knows: not when it was skipped, or began to count. */
    lastDay: done?.day ?? (isKnown ? baseline.day : null),
    countsFrom: baseline.means === "last-done" && !isKnown && resets.length === 0 ? baseline.day : null,
    ...complianceOf(plan, baseline, resets),
    records: records.map(({ id: recordId, kind, day: on, until, note, by }) => ({ id: recordId, kind, day: on, until, note, by })),
    rank: RANK[state],
  };
}

/** Each time that it was done or skipped, the newest first: on which order, or who wrote it down. */
function historyOf({ plan, baseline, resets, records, work }: FoundSchedule) {
  const late = lateOf(plan, baseline, resets);
  return resets
    .map(({ day, kind, until = null, meters, began, record }, n) => {
      const order = work.findLast((one) => one.began === began);
      const written = records.find((one) => one.id === record);
      return {
        id: began ?? record ?? String(n),
        day,
        kind,
        until,
        meters,
        isLate: late[n] ?? null,
        order: order ? { id: order.workOrderId, number: order.number } : null,
        note: written?.note ?? "",
        by: written?.by ?? null,
      };
    })
    .reverse();
}

/** Whether a schedule of that id was on a unit and is not anymore. */
export async function readWasRemoved(db: ScopedDatabase<"staff">, id: Id<"schedule">): Promise<boolean> {
  const rows = await db.query({ from: s, columns: { id: s.id }, where: and(eq(s.id, id), isNotNull(s.archivedAt)), limit: 1 });
  return rows.length > 0;
}
