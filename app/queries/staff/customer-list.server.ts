import { and, asc, eq, isNotNull, isNull, or, sql } from "drizzle-orm";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import type { CustomerFilter } from "~/modules/customers/customer-filters";
import { contains } from "~/platform/database/contains.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

export const CUSTOMERS_PER_PAGE = 50;

/** Cursor: the page starts after this name and id. */
export type After = { name: string; id: string };

type Wanted = { filter: CustomerFilter; query: string; after: After | null };

/** Customers by name with their number of units; one more than a page, to know whether there is a next one. */
export async function readCustomerList(db: ScopedDatabase<"staff">, { filter, query, after }: Wanted) {
  const term = query.trim().slice(0, 40);
  const found = term ? contains(term, customers.name, customers.email, customers.phone) : undefined;
  const next = after ? or(sql`${customers.name} > ${after.name}`, and(eq(customers.name, after.name), sql`${customers.id} > ${after.id}`)) : undefined;
  const rows = await db.query({
    from: customers,
    columns: {
      id: customers.id,
      name: customers.name,
      email: customers.email,
      phone: customers.phone,
      isSelf: customers.isSelf,
      portalEnabled: customers.portalEnabled,
      units: sql<number>`count(${assets.id})`,
    },
    leftJoin: [[assets, sql`${and(eq(assets.customerId, customers.id), isNull(assets.archivedAt))}`]],
    where: and(
      filter === "archived" ? isNotNull(customers.archivedAt) : isNull(customers.archivedAt),
      filter === "portal-on" ? eq(customers.portalEnabled, true) : filter === "portal-off" ? eq(customers.portalEnabled, false) : undefined,
      found,
      next,
    ),
    groupBy: [customers.id],
    orderBy: [asc(customers.name), asc(customers.id)],
    limit: CUSTOMERS_PER_PAGE + 1,
  });
  const page = rows.slice(0, CUSTOMERS_PER_PAGE);
  const last = page.at(-1);
  return { rows: page, next: rows.length > CUSTOMERS_PER_PAGE && last ? { name: last.name, id: last.id } : null };
}
