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
const unlessHeld: [typeof invoiceOrders, SQL] = [invoiceOrders, sql`${invoiceOrders.workOrderId} = ${id} and ${invoiceOrders.releasedAt} is null`];
/** Completed, held by no invoice, and not the shop's own truck: those are repaired without one. */
const isReady = (of?: SQL) => and(eq(workOrders.state, "completed"), isNull(invoiceOrders.invoiceId), eq(customers.isSelf, false), of);

export type ReadyCustomer = { customerId: Id<"customer">; customer: string; price: Cents; count: number };

/** Whose completed work waits for an invoice, how many orders and what they come to; the longest wait first. */
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

/** The completed work of one customer that waits, the longest wait first; no more of it than one invoice takes. */
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
