import { and, asc, eq, inArray, or, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

const MOST = 50;

/** The orders that a person leads or has a job of, that can be worked on: what runs on their clock first, then by promise. */
export function readMyJobs(db: ScopedDatabase<"staff">, me: Id<"membership">) {
  const isClocked = sql<number>`exists (select 1 from labor_entries as e where e.organization_id = ${workOrders.organizationId} and e.work_order_id = ${workOrders.id} and e.technician_id = ${me} and e.stopped_at is null)`;
  return db.query({
    from: workOrders,
    columns: {
      id: workOrders.id,
      number: workOrders.number,
      title: workOrders.title,
      state: workOrders.state,
      holdReason: workOrders.holdReason,
      promisedAt: workOrders.promisedAt,
      unitNumber: assets.unitNumber,
      customer: customers.name,
      isClocked,
    },
    join: [
      [assets, eq(assets.id, workOrders.assetId)],
      [customers, eq(customers.id, workOrders.customerId)],
    ],
    where: and(
      inArray(workOrders.state, ["open", "in-progress", "on-hold"]),
      or(
        eq(workOrders.leadId, me),
        isClocked,
        sql`exists (select 1 from work_order_jobs as j where j.organization_id = ${workOrders.organizationId} and j.work_order_id = ${workOrders.id} and j.technician_id = ${me} and j.removed_at is null)`,
      ),
    ),
    orderBy: [
      sql`${isClocked} desc`,
      asc(sql`${workOrders.state} = 'on-hold'`),
      asc(sql`coalesce(${workOrders.promisedAt}, 9007199254740991)`),
      asc(workOrders.number),
    ],
    limit: MOST,
  });
}
