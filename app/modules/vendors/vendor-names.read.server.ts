import { inArray } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { vendors } from "./vendor.tables";

/** Vendor names by id. */
export async function readVendorNames(db: ScopedDatabase<"job">, ids: readonly Id<"vendor">[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db.query({ from: vendors, columns: { id: vendors.id, name: vendors.name }, where: inArray(vendors.id, [...ids]), limit: 50 });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
