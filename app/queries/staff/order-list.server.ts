import { and, desc, eq, inArray, lt, or, type SQL } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { type OrderFilter, orderFilters } from "~/modules/work-orders/order-filters";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import { contains } from "~/platform/database/contains.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { isWork } from "./board.server";

const PER_PAGE = 50;

type Wanted = { filter: OrderFilter; query: string; before: number | null /** The membership behind the filter `mine`. */; me: Id<"membership"> };

/** A page of orders, newest number first; search by number, unit, customer or title. */
export async function readOrderList(db: ScopedDatabase<"staff">, { filter, query, before, me }: Wanted) {
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
    },
    join: [
      [assets, eq(assets.id, workOrders.assetId)],
      [customers, eq(customers.id, workOrders.customerId)],
    ],
    where: and(
      states ? inArray(workOrders.state, [...states]) : undefined,
      before === null ? undefined : lt(workOrders.number, before),
      filter === "current" ? isWork : undefined,
      filter === "mine" ? eq(workOrders.leadId, me) : undefined,
      matching(query),
    ),
    orderBy: [desc(workOrders.number)],
    limit: PER_PAGE + 1,
  });
  const page = rows.slice(0, PER_PAGE);
  return { rows: page, next: rows.length > PER_PAGE ? (page.at(-1)?.number ?? null) : null };
}

function matching(query: string): SQL | undefined {
  const term = query.trim();
  if (term === "") return undefined;
  const number = /^(?:wo-?)?(\d{1,9})$/i.exec(term)?.[1];
  const text = contains(term, workOrders.title, assets.unitNumber, customers.name);
  return number ? or(eq(workOrders.number, Number(number)), text) : text;
}
