import { and, desc, eq } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { assetDrivers, assetOwners, assets, currentMeterColumns, meterReadings } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { drivers } from "~/modules/drivers/driver.tables";
import { activityQueries, MAX_ACTIVITY } from "~/modules/work-orders/activity/activity.store.server";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { unitActivityOf } from "../journal-events";

const MOST = 100;
const MOST_IN_REVIEW = 20;

/** A unit with owners, meters, orders and activity, in one round trip. */
export async function readUnitRecord(db: ScopedDatabase<"staff">, id: Id<"asset">) {
  const [[found], owners, itsDrivers, inReview, orders, own, about] = await db.queries(
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
        ...currentMeterColumns,
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
    {
      from: meterReadings,
      columns: {
        meter: meterReadings.meter,
        value: meterReadings.value,
        at: meterReadings.at,
        source: meterReadings.source,
        reason: meterReadings.reason,
      },
      where: and(eq(meterReadings.assetId, id), eq(meterReadings.status, "review")),
      orderBy: [desc(meterReadings.at)],
      limit: MOST_IN_REVIEW,
    },
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
  if (!found) return null;
  const { odometer, engine, reefer, pto, ...unit } = found;
  const activity = [...own, ...about].sort((a, b) => b.at - a.at).slice(0, MAX_ACTIVITY);
  return {
    unit,
    owners,
    drivers: itsDrivers,
    meters: { odometer, engine, reefer, pto },
    inReview,
    orders,
    activity: unitActivityOf(activity),
  };
}
