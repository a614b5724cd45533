import { and, asc, desc, eq, gt, isNull, lte, or, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { assetDrivers, assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { drivers } from "~/modules/drivers/driver.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { journal } from "~/platform/database/tenant.tables";
import { activityOf } from "../journal-events";

const MAX_ACTIVITY = 50;
const unit = { assetId: assets.id, unitNumber: assets.unitNumber, year: assets.year, make: assets.make, model: assets.model };

/** A driver with assignments, assignable units and recent activity, in one round trip. */
export async function readDriverRecord(db: ScopedDatabase<"staff">, id: Id<"driver">) {
  const [[driver], vehicles, units, activity] = await db.queries(
    {
      from: drivers,
      columns: {
        id: drivers.id,
        name: drivers.name,
        email: drivers.email,
        phone: drivers.phone,
        portalEnabled: drivers.portalEnabled,
        code: drivers.code,
        version: drivers.version,
        createdAt: drivers.createdAt,
        archivedAt: drivers.archivedAt,
        customerId: customers.id,
        customer: customers.name,
      },
      join: [[customers, eq(customers.id, drivers.customerId)]],
      where: eq(drivers.id, id),
      limit: 1,
    },
    {
      from: assetDrivers,
      columns: { ...unit, from: assetDrivers.from, to: assetDrivers.to },
      join: [[assets, eq(assets.id, assetDrivers.assetId)]],
      // Skips assignments canceled before they began.
      where: and(eq(assetDrivers.driverId, id), or(isNull(assetDrivers.to), gt(assetDrivers.to, assetDrivers.from))),
      orderBy: [desc(assetDrivers.from)],
      limit: 200,
    },
    {
      from: drivers,
      columns: unit,
      join: [[assets, sql`${and(eq(assets.customerId, drivers.customerId), isNull(assets.archivedAt))}`]],
      where: eq(drivers.id, id),
      orderBy: [asc(assets.unitNumber)],
      limit: 1_000,
    },
    {
      from: journal,
      columns: {
        recordKind: journal.recordKind,
        recordId: journal.recordId,
        version: journal.version,
        at: journal.at,
        event: journal.event,
        actor: journal.actor,
        ip: journal.ip,
        userAgent: journal.userAgent,
        body: journal.body,
      },
      where: eq(journal.about, id),
      orderBy: [desc(journal.at)],
      limit: MAX_ACTIVITY,
    },
  );
  return driver ? { driver, vehicles, units, activity: activityOf(activity) } : null;
}

/** Units currently assigned to the session's driver. */
export function readDriverVehicles(db: ScopedDatabase<"driver">, now: UtcMs) {
  return db.query({
    from: assetDrivers,
    columns: unit,
    join: [
      [assets, sql`${and(eq(assets.id, assetDrivers.assetId), isNull(assets.archivedAt))}`],
      // Drivers lose a unit when their customer sells it.
      [drivers, sql`${and(eq(drivers.id, assetDrivers.driverId), eq(drivers.customerId, assets.customerId))}`],
    ],
    where: and(eq(assetDrivers.driverId, db.scope.partyId as Id<"driver">), lte(assetDrivers.from, now), or(isNull(assetDrivers.to), gt(assetDrivers.to, now))), // a driver's party is the driver's id
    orderBy: [asc(assets.unitNumber)],
    limit: 100,
  });
}
