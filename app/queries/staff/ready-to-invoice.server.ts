import { and, asc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { MOST_ORDERS } from "~/modules/invoices/invoice.store.server";
import { invoiceOrders } from "~/modules/invoices/invoice.tables";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

const MOST_CUSTOMERS = 100;

const { id, number, title, price, customerId, stateSince } = workOrders;
export const unlessHeld: [typeof invoiceOrders, SQL] = [invoiceOrders, sql`${invoiceOrders.workOrderId} = ${id} and ${invoiceOrders.releasedAt} is null`];
/** Completed, on no invoice, and not of the shop's own fleet, which isn't invoiced. */
export const isReady = (of?: SQL) => and(eq(workOrders.state, "completed"), isNull(invoiceOrders.invoiceId), eq(customers.isSelf, false), of);

export type ReadyCustomer = { customerId: Id<"customer">; customer: string; price: Cents; count: number };

/** Customers with completed work to invoice, with the number and sum of orders; longest waiting first. */
export async function readReadyToInvoice(db: ScopedDatabase<"staff">): Promise<ReadyCustomer[]> {
  const since = sql<number>`min(${stateSince})`;
  const rows = await db.query({
    from: workOrders,
    columns: { customerId, customer: customers.name, price: sql<number>`sum(${price})`, count: sql<number>`count(*)`, since },
    join: [[customers, eq(customers.id, customerId)]],
    leftJoin: [unlessHeld],
    where: isReady(),
    groupBy: [customerId, customers.name],
    orderBy: [asc(since), asc(customerId)],
    limit: MOST_CUSTOMERS,
  });
  return rows.map(({ since: _, ...row }) => ({ ...row, price: toCents(row.price) }));
}

/** A customer's completed work to invoice, longest waiting first, at most as much as fits on one invoice. */
export async function readReadyWork(db: ScopedDatabase<"staff">, of: Id<"customer">) {
  const rows = await db.query({
    from: workOrders,
    columns: { id, number, title, price, unitNumber: assets.unitNumber, customer: customers.name },
    join: [
      [assets, eq(assets.id, workOrders.assetId)],
      [customers, eq(customers.id, customerId)],
    ],
    leftJoin: [unlessHeld],
    where: isReady(eq(customerId, of)),
    orderBy: [asc(stateSince), asc(id)],
    limit: MOST_ORDERS + 1,
  });
  const [first] = rows;
  return first ? { customer: first.customer, orders: rows.slice(0, MOST_ORDERS), more: rows.length > MOST_ORDERS } : null;
}
