import { inArray } from "drizzle-orm";
import type { Face } from "~/kernel/audience";
import type { Id } from "~/kernel/ids";
import { vendors } from "~/modules/vendors/vendor.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { customers } from "./customer.tables";

const MOST = 50;

/** What the customers or vendors are called that somebody speaks for in this shop, by id. Staff and drivers speak for themselves. */
export async function readPartyNames(db: ScopedDatabase<"job">, face: Face, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0 || (face !== "customer" && face !== "vendor")) return new Map();
  const rows: readonly { id: string; name: string }[] =
    face === "customer"
      ? await db.query({
          from: customers,
          columns: { id: customers.id, name: customers.name },
          where: inArray(customers.id, ids as Id<"customer">[]), // a customer's membership speaks for a customer
          limit: MOST,
        })
      : await db.query({
          from: vendors,
          columns: { id: vendors.id, name: vendors.name },
          where: inArray(vendors.id, ids as Id<"vendor">[]), // a vendor's for a vendor
          limit: MOST,
        });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
