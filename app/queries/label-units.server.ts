import { and, asc, eq, isNull } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { assets } from "~/modules/assets/asset.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

const MOST = 300;

/** Units to print labels of, by number: a customer's own, or those of one that staff chose. */
export function readLabelUnits(db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">, customerId: Id<"customer">) {
  const { scope } = db;
  const owner = scope.audience === "customer" ? (scope.partyId as Id<"customer">) : customerId; // a customer's session names its customer
  return db.query({
    from: assets,
    columns: { id: assets.id, unitNumber: assets.unitNumber, vin: assets.vin, year: assets.year, make: assets.make, model: assets.model },
    where: and(eq(assets.customerId, owner), isNull(assets.archivedAt)),
    orderBy: [asc(assets.unitNumber)],
    limit: MOST,
  });
}
