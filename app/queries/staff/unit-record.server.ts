import { and, desc, eq } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { assetDrivers, assetOwners, assets, meterReadings } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { drivers } from "~/modules/drivers/driver.tables";
import { activityQueries, MAX_ACTIVITY } from "~/modules/work-orders/activity/activity.store.server";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { unitActivityOf } from "../journal-events";

const MOST = 100;

/** A unit with owners, meters, orders and activity, in one round trip. */
export async function readUnitRecord(db: ScopedDatabase<"staff">, id: Id<"asset">) {
  const reading = (meter: "odometer" | "engine", status: "counted" | "review") => ({
    from: meterReadings,
    columns: { value: meterReadings.value, at: meterReadings.at, source: meterReadings.source },
    where: and(eq(meterReadings.assetId, id), eq(meterReadings.meter, meter), eq(meterReadings.status, status)),
    orderBy: [desc(meterReadings.at)],
    limit: status === "counted" ? 1 : 5,
  });
  const [[unit], owners, itsDrivers, [odometer], [engine], odometerReview, engineReview, orders, own, about] = await db.queries(
    {
      from: assets,
      columns: {
        id: assets.id,
        unitNumber: assets.unitNumber,
        kind: assets.kind,
        vin: assets.vin,
        plate: assets.plate,
        year: assets.year,
        make: assets.make,
        model: assets.model,
        sharesPosition: assets.sharesPosition,
        outOfServiceAt: assets.outOfServiceAt,
        outOfServiceWhy: assets.outOfServiceWhy,
        version: assets.version,
        createdAt: assets.createdAt,
        archivedAt: assets.archivedAt,
        customerId: customers.id,
        customer: customers.name,
      },
      join: [[customers, eq(customers.id, assets.customerId)]],
      where: eq(assets.id, id),
      limit: 1,
    },
    {
      from: assetOwners,
      columns: { customerId: assetOwners.customerId, customer: customers.name, from: assetOwners.from, to: assetOwners.to },
      join: [[customers, eq(customers.id, assetOwners.customerId)]],
      where: eq(assetOwners.assetId, id),
      orderBy: [desc(assetOwners.from)],
      limit: MOST,
    },
    {
      from: assetDrivers,
      columns: { driverId: drivers.id, name: drivers.name, from: assetDrivers.from, to: assetDrivers.to },
      join: [[drivers, eq(drivers.id, assetDrivers.driverId)]],
      where: eq(assetDrivers.assetId, id),
      orderBy: [desc(assetDrivers.from)],
      limit: MOST,
    },
    reading("odometer", "counted"),
    reading("engine", "counted"),
    reading("odometer", "review"),
    reading("engine", "review"),
    {
      from: workOrders,
      columns: {
        id: workOrders.id,
        number: workOrders.number,
        title: workOrders.title,
        state: workOrders.state,
        holdReason: workOrders.holdReason,
        arrivedAt: workOrders.arrivedAt,
        releasedAt: workOrders.releasedAt,
        stateSince: workOrders.stateSince,
        createdAt: workOrders.createdAt,
        completedAt: workOrders.completedAt,
        price: workOrders.price,
      },
      where: eq(workOrders.assetId, id),
      orderBy: [desc(workOrders.number)],
      limit: MOST,
    },
    ...activityQueries("asset", id),
  );
  if (!unit) return null;
  const activity = [...own, ...about].sort((a, b) => b.at - a.at).slice(0, MAX_ACTIVITY);
  return {
    unit,
    owners,
    drivers: itsDrivers,
    meters: { odometer: odometer ?? null, engine: engine ?? null, review: { odometer: odometerReview, engine: engineReview } },
    orders,
    activity: unitActivityOf(activity),
  };
}
