import { and, eq, inArray, or, type SQL } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { ListOrder, Place } from "~/kernel/list-order";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { type OrderFilter, orderFilters } from "~/modules/work-orders/order-filters";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import { contains } from "~/platform/database/contains.server";
import { inOrder, pageOf } from "~/platform/database/list-order.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { isWork } from "./board.server";

const PER_PAGE = 50;

/** What the list can be ordered by. */
const sorts = { number: workOrders.number, promised: workOrders.promisedOrder, price: workOrders.price };
export type OrderSort = keyof typeof sorts;
export const orderSorts: readonly OrderSort[] = ["number", "promised", "price"];

type Wanted = {
  filter: OrderFilter;
  query: string;
  after: Place | null;
  order?: ListOrder<OrderSort> | null;
  /** The membership behind the filter `mine`. */
  me: Id<"membership">;
};

/** A page of orders, newest number first unless another order is asked for; search by number, unit, customer or title. */
export async function readOrderList(db: ScopedDatabase<"staff">, { filter, query, after, order, me }: Wanted, rowsAPage = PER_PAGE) {
  const { by, direction } = order ?? { by: "number", direction: "desc" };
  const list = inOrder([sorts[by], workOrders.id], direction, after);
  const { states } = orderFilters[filter];
  const rows = await db.query({
    from: workOrders,
    columns: {
      id: workOrders.id,
      number: workOrders.number,
      title: workOrders.title,
      state: workOrders.state,
      holdReason: workOrders.holdReason,
      leadName: workOrders.leadName,
      promisedAt: workOrders.promisedAt,
      stateSince: workOrders.stateSince,
      price: workOrders.price,
      overLines: workOrders.overLines,
      unitNumber: assets.unitNumber,
      customer: customers.name,
      place: list.place,
    },
    join: [
      [assets, eq(assets.id, workOrders.assetId)],
      [customers, eq(customers.id, workOrders.customerId)],
    ],
    where: and(
      states ? inArray(workOrders.state, [...states]) : undefined,
      list.after,
      filter === "current" ? isWork : undefined,
      filter === "mine" ? eq(workOrders.leadId, me) : undefined,
      matching(query),
    ),
    orderBy: list.orderBy,
    limit: rowsAPage + 1,
  });
  return pageOf(rows, rowsAPage);
}

function matching(query: string): SQL | undefined {
  const term = query.trim();
  if (term === "") return undefined;
  const number = /^(?:wo-?)?(\d{1,9})$/i.exec(term)?.[1];
  const text = contains(term, workOrders.title, assets.unitNumber, customers.name);
  return number ? or(eq(workOrders.number, Number(number)), text) : text;
}
