import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { runningStates } from "~/modules/work-orders/work-order";
import { workOrderJobs, workOrders } from "~/modules/work-orders/work-order.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Found } from "../maintenance.store.server";
import { maintenanceSchedules, maintenanceTemplates, openWork } from "../maintenance.tables";

type Db = ScopedDatabase<"staff"> | ScopedDatabase<"job">;
export type CannedWork = { schedule: Found; jobId: Id<"job">; workOrderId: Id<"workOrder"> };

const s = maintenanceSchedules;
const hasOpenWork = sql`exists (select 1 from ${openWork})`;
/** Whether somebody said that the job isn't the schedule's work. */
const isLeftOut = sql`exists (select 1 from schedule_work w where w.organization_id = ${s.organizationId} and w.schedule_id = ${s.id} and w.job_id = ${workOrderJobs.id} and not w.counts)`;

/**
 * Jobs of open orders that are the canned job of a schedule of the same unit, for schedules that are on no open order: the
 * first for each. Schedules with the same canned job are done by one.
 */
export async function cannedWork(db: Db, assetIds: readonly Id<"asset">[]): Promise<CannedWork[]> {
  if (assetIds.length === 0) return [];
  const rows = await db.query({
    from: s,
    columns: { id: s.id, assetId: s.assetId, name: maintenanceTemplates.name, version: s.version, jobId: workOrderJobs.id, workOrderId: workOrders.id },
    join: [
      [maintenanceTemplates, eq(maintenanceTemplates.id, s.templateId)],
      [workOrders, eq(workOrders.assetId, s.assetId)],
      [workOrderJobs, sql`${workOrderJobs.workOrderId} = ${workOrders.id} and ${workOrderJobs.cannedJobId} = ${maintenanceTemplates.cannedJobId}`],
    ],
    where: and(
      isNull(s.archivedAt),
      inArray(s.assetId, [...assetIds]),
      inArray(workOrders.state, runningStates),
      isNull(workOrderJobs.removedAt),
      sql`not ${hasOpenWork}`,
      sql`not ${isLeftOut}`,
    ),
    orderBy: [asc(workOrders.number), asc(workOrderJobs.position)],
    limit: 500,
  });
  const first = new Map<Id<"schedule">, CannedWork>();
  for (const { jobId, workOrderId, ...schedule } of rows) if (!first.has(schedule.id)) first.set(schedule.id, { schedule, jobId, workOrderId });
  return [...first.values()];
}
