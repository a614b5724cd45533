import { desc, inArray, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { PartKey } from "../checklists/checklist";
import { inspectionDefects } from "../inspection.tables";

/**
 * Whether a job repairs a defect that its fleet certified itself, as `fleetCertification` has it, and still has lines to
 * bill. @param d how the query calls the table of defects
 */
export const hasFleetRepair = (d: "inspection_defects" | "d"): SQL =>
  sql.raw(`(${d}.state <> 'open' and exists (
    select 1 from defect_certifications c
    where c.organization_id = ${d}.organization_id and c.defect_id = ${d}.id and c.signed_for is not null and c.round is not ${d}.kept_round
      and not exists (select 1 from defect_certifications n where n.organization_id = c.organization_id and n.defect_id = c.defect_id and n.round > c.round))
  and exists (
    select 1 from work_order_lines l
    where l.organization_id = ${d}.organization_id and l.work_order_id = ${d}.work_order_id and l.job_id = ${d}.job_id
      and l.removed_at is null and l.deferred_as is null and l.done is not 0))`);

const MOST = 200;

/** The defects that jobs of these orders repair although their fleet certified them itself, and the shop hasn't decided about the job yet. */
export async function fleetRepairsOn(db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">, orderIds: readonly Id<"workOrder">[]) {
  if (orderIds.length === 0) return [];
  const newest = (column: "signed_for" | "outcome") =>
    sql.raw(
      `(select c.${column} from defect_certifications c where c.organization_id = inspection_defects.organization_id and c.defect_id = inspection_defects.id order by c.round desc limit 1)`,
    );
  const rows = await db.query({
    from: inspectionDefects,
    columns: {
      id: inspectionDefects.id,
      workOrderId: inspectionDefects.workOrderId,
      part: inspectionDefects.part,
      problem: inspectionDefects.problem,
      fleet: sql<string>`${newest("signed_for")}`,
      outcome: sql<"repaired" | "not-necessary">`${newest("outcome")}`,
    },
    where: sql`${inArray(inspectionDefects.workOrderId, [...orderIds])} and ${hasFleetRepair("inspection_defects")}`,
    orderBy: [desc(inspectionDefects.reportedAt)],
    limit: MOST,
  });
  return rows.map((row) => ({ ...row, part: row.part as PartKey })); // as the schema of a submission has it
}
