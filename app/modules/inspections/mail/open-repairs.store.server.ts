import { and, eq, inArray } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { runningStates } from "~/modules/work-orders/work-order";
import { workOrderJobs, workOrders } from "~/modules/work-orders/work-order.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { inspections } from "../inspection.tables";

/** Who leads or works on the open orders of a unit. */
export async function findTechnicians(db: ScopedDatabase<"job">, assetId: Id<"asset">): Promise<Id<"membership">[]> {
  const rows = await db.query({
    from: workOrders,
    columns: { lead: workOrders.leadId, technician: workOrderJobs.technicianId },
    join: [[workOrderJobs, eq(workOrderJobs.workOrderId, workOrders.id)]],
    where: and(eq(workOrders.assetId, assetId), inArray(workOrders.state, runningStates)),
    limit: 500,
  });
  return [...new Set(rows.flatMap(({ lead, technician }) => [lead, technician]).filter((id) => id !== null))];
}

/** The driver who signed a report. */
export async function findSigner(db: ScopedDatabase<"job">, id: Id<"inspection">): Promise<Id<"driver"> | null> {
  const [row] = await db.query({ from: inspections, columns: { driverId: inspections.driverId }, where: eq(inspections.id, id), limit: 1 });
  return row?.driverId ?? null;
}
