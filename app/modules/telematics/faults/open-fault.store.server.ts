import { and, asc, eq, isNull } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { assetFaults } from "../telematics.tables";

/** An open fault with its unit; null once it is over, or the unit is archived. */
export async function findOpenFault(db: ScopedDatabase<"job">, assetId: Id<"asset">, faultKey: string) {
  const [row] = await db.query({
    from: assetFaults,
    columns: {
      since: assetFaults.openedAt,
      unitNumber: assets.unitNumber,
      customerId: assets.customerId,
      customer: customers.name,
      unitShares: assets.sharesPosition,
      shares: customers.sharesPositions,
    },
    join: [
      [assets, eq(assets.id, assetFaults.assetId)],
      [customers, eq(customers.id, assets.customerId)],
    ],
    where: and(eq(assetFaults.assetId, assetId), eq(assetFaults.faultKey, faultKey), isNull(assetFaults.closedAt), isNull(assets.archivedAt)),
    orderBy: [asc(assetFaults.openedAt)],
    limit: 1,
  });
  return row ?? null;
}
