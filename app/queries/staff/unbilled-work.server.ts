import { asc, eq, type SQL, sql } from "drizzle-orm";
import type { Cursor } from "~/kernel/cursor";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { isReady, unlessHeld } from "./ready-to-invoice.server";

/** Completed orders on no invoice, longest waiting first. */
export async function readUnbilledWork(db: ScopedDatabase<"staff">, after: Cursor<"workOrder"> | null, rowsAPage = 50) {
  const { id, number, title, price, stateSince, purchaseOrder, customerId } = workOrders;
  const next = after ? (sql`(${stateSince}, ${id}) > (${after.at}, ${after.id})` as SQL) : undefined;
  const rows = await db.query({
    from: workOrders,
    columns: { id, number, title, price, since: stateSince, purchaseOrder, customerId, customer: customers.name, unitNumber: assets.unitNumber },
    join: [
      [assets, eq(assets.id, workOrders.assetId)],
      [customers, eq(customers.id, customerId)],
    ],
    leftJoin: [unlessHeld],
    where: isReady(next),
    orderBy: [asc(stateSince), asc(id)],
    limit: rowsAPage + 1,
  });
  const page = rows.slice(0, rowsAPage);
  const last = page.at(-1);
  return { rows: page, next: rows.length > rowsAPage && last ? { at: last.since, id: last.id } : null };
}
