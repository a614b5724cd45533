import { and, asc, desc, eq, gt, isNull, or, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { assetDrivers, assets } from "~/modules/assets/asset.tables";
import { drivers } from "~/modules/drivers/driver.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

const unit = { assetId: assets.id, unitNumber: assets.unitNumber, year: assets.year, make: assets.make, model: assets.model };

/** One of the customer's drivers, with vehicles and their dates, and the units that can be assigned. */
export async function readPortalDriver(db: ScopedDatabase<"customer">, id: Id<"driver">) {
  const customerId = db.scope.partyId as Id<"customer">; // a customer's session names its customer
  const own = and(eq(drivers.id, id), eq(drivers.customerId, customerId));
  const { name, email, phone, portalEnabled, code, version, archivedAt } = drivers;
  const [[driver], vehicles, units] = await db.queries(
    { from: drivers, columns: { id: drivers.id, name, email, phone, portalEnabled, code, version, archivedAt }, where: own, limit: 1 },
    {
      from: assetDrivers,
      columns: { ...unit, from: assetDrivers.from, to: assetDrivers.to },
      join: [
        // A unit that was sold since is another's, and so is what it is called.
        [assets, sql`${and(eq(assets.id, assetDrivers.assetId), eq(assets.customerId, customerId))}`],
        [drivers, sql`${and(eq(drivers.id, assetDrivers.driverId), eq(drivers.customerId, customerId))}`],
      ],
      // Skips assignments canceled before they began.
      where: and(eq(assetDrivers.driverId, id), or(isNull(assetDrivers.to), gt(assetDrivers.to, assetDrivers.from))),
      orderBy: [desc(assetDrivers.from)],
      limit: 200,
    },
    { from: assets, columns: unit, where: and(eq(assets.customerId, customerId), isNull(assets.archivedAt)), orderBy: [asc(assets.unitNumber)], limit: 1_000 },
  );
  return driver ? { driver, vehicles, units } : null;
}
