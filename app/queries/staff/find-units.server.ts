import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { contains } from "~/platform/database/contains.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

const MOST = 20;

/** Active units by number, VIN or owner; prefix matches first. With `only`, just that unit. */
export async function findUnits(db: ScopedDatabase<"staff">, { query, only }: { query: string; only: Id<"asset"> | null }) {
  const term = query.trim().toLowerCase();
  const begins = sql<number>`instr(lower(${assets.unitNumber}), ${term}) = 1`;
  return db.query({
    from: assets,
    columns: {
      id: assets.id,
      unitNumber: assets.unitNumber,
      year: assets.year,
      make: assets.make,
      model: assets.model,
      vin: assets.vin,
      customer: customers.name,
      customerId: assets.customerId,
    },
    join: [[customers, eq(customers.id, assets.customerId)]],
    where: and(isNull(assets.archivedAt), only ? eq(assets.id, only) : undefined, contains(term, assets.unitNumber, assets.vin, customers.name)),
    orderBy: [sql`${begins} desc`, asc(assets.unitNumber)],
    limit: MOST,
  });
}
