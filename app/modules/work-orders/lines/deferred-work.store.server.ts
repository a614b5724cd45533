import { and, asc, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { shopRules } from "~/modules/organizations/organization.tables";
import type { ShopRules } from "~/modules/organizations/shop-rules/shop-rules";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { workOrderJobs, workOrderLines, workOrders } from "../work-order.tables";
import type { DeferredLine } from "./deferred-work";
import type { Deferral } from "./line-decision";
import { known, writtenColumns } from "./order-lines.store.server";

const MOST = 200;
const MOST_RULES = 100;

const w = workOrderLines;

/**
 * A unit's deferred work, newest first: lines that were declined, not answered or withdrawn, and not offered again as a
 * new line. A customer's scope reads only the lines of that customer's orders.
 */
export async function findDeferredWork(db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">, assetId: Id<"asset">): Promise<DeferredLine[]> {
  const { scope } = db;
  const own = scope.audience === "customer" ? eq(workOrders.customerId, scope.partyId as Id<"customer">) : undefined; // a customer's session names its customer
  // A line revived from it takes its place, until it is removed. What was done all the same is not deferred.
  const revived = sql`exists (select 1 from work_order_lines as later where later.organization_id = ${scope.organizationId} and later.revived_from = ${w.id} and later.removed_at is null)`;
  const rows = await db.query({
    from: w,
    columns: {
      ...writtenColumns,
      deferredAs: sql<Deferral>`${w.deferredAs}`,
      deferredAt: sql<UtcMs>`${w.deferredAt}`,
      complaint: workOrderJobs.complaint,
      order: workOrders.number,
      orderState: workOrders.state,
    },
    join: [
      [workOrders, eq(workOrders.id, w.workOrderId)],
      [workOrderJobs, eq(workOrderJobs.id, w.jobId)],
    ],
    where: and(
      eq(workOrders.assetId, assetId),
      own,
      isNull(w.removedAt),
      sql`${w.deferredAt} is not null`,
      sql`coalesce(${w.done}, 0) = 0`,
      sql`not ${revived}`,
    ) as SQL, // `and` of conditions is one
    orderBy: [desc(w.deferredAt), desc(w.workOrderId), asc(w.position)],
    limit: MOST,
  });
  return rows.map(({ jobId, complaint, workOrderId, order, orderState, deferredAs, deferredAt, discount, safety, option, ofLine, ...line }) => ({
    line: { ...line, ...known({ discount, safety, option, ofLine }) },
    jobId,
    complaint,
    workOrderId,
    order,
    orderState,
    deferredAs,
    deferredAt,
  }));
}

/** All rates that the shop ever had, newest first. */
export async function findRates(db: ScopedDatabase<"staff">): Promise<ShopRules["laborRates"][]> {
  const rows = await db.query({ from: shopRules, columns: { rules: shopRules.rules }, orderBy: [desc(shopRules.version)], limit: MOST_RULES });
  return rows.map(({ rules }) => rules.laborRates);
}
