import { desc, eq } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { assets } from "~/modules/assets/asset.tables";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

const NEWEST = 20;

/** A customer's newest orders: those opened for this customer, even if the unit was sold. */
export const readCustomerOrders = (db: ScopedDatabase<"staff">, customerId: Id<"customer">) =>
  db.query({
    from: workOrders,
    columns: {
      id: workOrders.id,
      number: workOrders.number,
      title: workOrders.title,
      state: workOrders.state,
      stateSince: workOrders.stateSince,
      unitNumber: assets.unitNumber,
      price: workOrders.price,
    },
    join: [[assets, eq(assets.id, workOrders.assetId)]],
    where: eq(workOrders.customerId, customerId),
    orderBy: [desc(workOrders.number)],
    limit: NEWEST,
  });
