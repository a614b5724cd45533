import { inArray } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { customers } from "./customer.tables";

/** What customers are called, by id. */
export async function readCustomerNames(db: ScopedDatabase<"job">, ids: readonly Id<"customer">[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db.query({ from: customers, columns: { id: customers.id, name: customers.name }, where: inArray(customers.id, [...ids]), limit: 50 });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
