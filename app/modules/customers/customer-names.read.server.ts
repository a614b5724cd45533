import { asc, inArray, isNull } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { customers } from "./customer.tables";

/** Customer names: for the given ids, archived ones included, or all active ones for a select field. */
export const readCustomerNames = (db: ScopedDatabase<"staff"> | ScopedDatabase<"job">, ids?: readonly Id<"customer">[]) =>
  db.query({
    from: customers,
    columns: { id: customers.id, name: customers.name },
    where: ids ? inArray(customers.id, [...ids]) : isNull(customers.archivedAt),
    orderBy: [asc(customers.name)],
    limit: ids ? 50 : 2_000,
  });
