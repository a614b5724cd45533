import { and, asc, eq, gt, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { estimates } from "./estimate.tables";

const PER_PAGE = 50;
const MOST = 100;

/** Draft orders whose estimates were all declined, or expired before a day, page by page. */
export async function unansweredOrders(
  db: ScopedDatabase<"job">,
  { after, lapsed }: { after: Id<"workOrder"> | null; lapsed: string },
): Promise<Id<"workOrder">[]> {
  const [w, e] = [workOrders, estimates];
  const isOver = sql`(e.state = 'declined' or (e.state = 'sent' and e.valid_through < ${lapsed}))`;
  const its = sql`from estimates as e where e.organization_id = ${w.organizationId} and e.work_order_id = ${w.id} and e.state <> 'withdrawn'`;
  const rows = await db.query({
    from: w,
    columns: { id: w.id },
    join: [[e, eq(e.workOrderId, w.id)]],
    where: and(
      eq(w.state, "draft"),
      after === null ? undefined : gt(w.id, after),
      sql`exists (select 1 ${its} and ${isOver})`,
      sql`not exists (select 1 ${its} and (e.is_drafting = 1 or not ${isOver}))`,
    ) as SQL, // `and` of conditions is one
    groupBy: [w.id],
    orderBy: [asc(w.id)],
    limit: PER_PAGE,
  });
  return rows.map(({ id }) => id);
}

/** The estimates of an order. */
export async function estimateIdsOf(db: ScopedDatabase<"job">, workOrderId: Id<"workOrder">): Promise<Id<"estimate">[]> {
  const rows = await db.query({ from: estimates, columns: { id: estimates.id }, where: eq(estimates.workOrderId, workOrderId), limit: MOST });
  return rows.map(({ id }) => id);
}
