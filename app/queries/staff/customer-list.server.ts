import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { ListOrder, Place } from "~/kernel/list-order";
import { customers } from "~/modules/customers/customer.tables";
import type { CustomerFilter } from "~/modules/customers/customer-filters";
import { contains } from "~/platform/database/contains.server";
import { inOrder, pageOf } from "~/platform/database/list-order.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

const CUSTOMERS_PER_PAGE = 50;

export const customerSorts = ["name"] as const;

type Wanted = { filter: CustomerFilter; query: string; after: Place | null; order?: ListOrder<(typeof customerSorts)[number]> | null };

/** A page of customers by name with their number of units. */
export async function readCustomerList(db: ScopedDatabase<"staff">, { filter, query, after, order }: Wanted, rowsAPage = CUSTOMERS_PER_PAGE) {
  const term = query.trim().slice(0, 40);
  const found = term ? contains(term, customers.name, customers.email, customers.phone) : undefined;
  const list = inOrder([customers.name, customers.id], order?.direction ?? "asc", after);
  const rows = await db.query({
    from: customers,
    columns: {
      id: customers.id,
      name: customers.name,
      email: customers.email,
      phone: customers.phone,
      isSelf: customers.isSelf,
      portalEnabled: customers.portalEnabled,
      units: sql<number>`(select count(*) from assets as a where a.organization_id = customers.organization_id and a.customer_id = customers.id and a.archived_at is null)`,
      place: list.place,
    },
    where: and(
      filter === "archived" ? isNotNull(customers.archivedAt) : isNull(customers.archivedAt),
      filter === "portal-on" ? eq(customers.portalEnabled, true) : filter === "portal-off" ? eq(customers.portalEnabled, false) : undefined,
      found,
      list.after,
    ),
    orderBy: list.orderBy,
    limit: rowsAPage + 1,
  });
  return pageOf(rows, rowsAPage);
}
