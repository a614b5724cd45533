import { and, asc, eq, isNull } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { assets } from "~/modules/assets/asset.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

/** A customer's active units, to choose one of. */
export const readUnitChoices = (db: ScopedDatabase<"staff">, customerId: Id<"customer">) =>
  db.query({
    from: assets,
    columns: { id: assets.id, unitNumber: assets.unitNumber, year: assets.year, make: assets.make, model: assets.model },
    where: and(eq(assets.customerId, customerId), isNull(assets.archivedAt)),
    orderBy: [asc(assets.unitNumber)],
    limit: 1_000,
  });
