import { and, eq, inArray } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { workOrderJobs, workOrders } from "~/modules/work-orders/work-order.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Defect } from "./defects.store.server";

/** The order that a defect was added to. `lives`: its job is part of the order, which isn't canceled. */
export type Repair = { orderId: Id<"workOrder">; number: number; state: (typeof workOrders.$inferSelect)["state"]; lives: boolean };

const MOST_ORDERS = 80;

/** The orders of defects that were added to one, by defect; for a customer only its own orders. */
export async function repairsOf(db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">, defects: readonly Defect[]): Promise<Map<Id<"defect">, Repair>> {
  const { scope } = db;
  const own = scope.audience === "customer" ? eq(workOrders.customerId, scope.partyId as Id<"customer">) : undefined; // a customer's session names its customer
  const orderIds = [...new Set(defects.flatMap(({ workOrderId }) => workOrderId ?? []))].slice(0, MOST_ORDERS);
  if (orderIds.length === 0) return new Map();
  const [orders, jobs] = await db.queries(
    {
      from: workOrders,
      columns: { id: workOrders.id, number: workOrders.number, state: workOrders.state },
      where: and(inArray(workOrders.id, orderIds), own),
      limit: MOST_ORDERS,
    },
    {
      from: workOrderJobs,
      columns: { id: workOrderJobs.id, removedAt: workOrderJobs.removedAt },
      where: inArray(workOrderJobs.workOrderId, orderIds),
      limit: 5_000,
    },
  );
  return new Map(
    defects.flatMap(({ id, workOrderId, jobId }): [Id<"defect">, Repair][] => {
      const order = orders.find((it) => it.id === workOrderId);
      const job = jobs.find((it) => it.id === jobId);
      const lives = order?.state !== "canceled" && job !== undefined && job.removedAt === null;
      return order ? [[id, { orderId: order.id, number: order.number, state: order.state, lives }]] : [];
    }),
  );
}
