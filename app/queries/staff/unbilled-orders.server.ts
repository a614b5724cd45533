import { and, desc, eq, notInArray, type SQL } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

const MOST = 50;

/** A customer's orders of a unit that are neither invoiced nor canceled, newest first. */
export const readUnbilledOrders = (db: ScopedDatabase<"staff">, { assetId, customerId }: { assetId: Id<"asset">; customerId: Id<"customer"> }) =>
  db.query({
    from: workOrders,
    columns: { id: workOrders.id, number: workOrders.number, title: workOrders.title, state: workOrders.state, price: workOrders.price },
    where: and(eq(workOrders.assetId, assetId), eq(workOrders.customerId, customerId), notInArray(workOrders.state, ["invoiced", "canceled"])) as SQL, // `and` of conditions is one
    orderBy: [desc(workOrders.number)],
    limit: MOST,
  });
