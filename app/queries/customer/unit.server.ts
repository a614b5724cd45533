import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { assets, currentMeterColumn } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import type { FleetPort } from "~/modules/telematics/fleet";
import { deviceAssignments } from "~/modules/telematics/telematics.tables";
import { runningStates } from "~/modules/work-orders/work-order";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { log } from "~/platform/log.server";
import { currentMeters } from "../current-meters";

const MOST_ORDERS = 100;

type Needs = { db: ScopedDatabase<"customer">; fleet: FleetPort };

/**
 * A customer's unit: details, last meter readings, status and live position. `shared` is whether the shop shares its
 * location; the fleet room leaves out positions that aren't shared.
 */
export async function readPortalUnit({ db, fleet }: Needs, id: Id<"asset">) {
  const { partyId, organizationId } = db.scope;
  const mine = and(eq(assets.id, id), eq(assets.customerId, partyId as Id<"customer">)); // a customer's session names its customer
  const { unitNumber, kind, vin, plate, year, make, model, outOfServiceAt, archivedAt, sharesPosition } = assets;
  const [[[row], orders, trackers], picture] = await Promise.all([
    db.queries(
      {
        from: assets,
        columns: {
          id: assets.id,
          unitNumber,
          kind,
          vin,
          plate,
          year,
          make,
          model,
          outOfServiceAt,
          archivedAt,
          sharesPosition,
          customer: customers.name,
          shares: customers.sharesPositions,
          odometer: currentMeterColumn("odometer"),
          engine: currentMeterColumn("engine"),
        },
        join: [[customers, eq(customers.id, assets.customerId)]],
        where: mine,
        limit: 1,
      },
      {
        from: workOrders,
        columns: { state: workOrders.state, holdReason: workOrders.holdReason, arrivedAt: workOrders.arrivedAt, releasedAt: workOrders.releasedAt },
        join: [[assets, eq(assets.id, workOrders.assetId)]],
        where: and(mine, inArray(workOrders.state, runningStates)),
        limit: MOST_ORDERS,
      },
      {
        from: deviceAssignments,
        columns: { assetId: deviceAssignments.assetId },
        join: [[assets, eq(assets.id, deviceAssignments.assetId)]],
        where: and(mine, isNull(deviceAssignments.to)),
        limit: 1,
      },
    ),
    fleet.picture({ audience: "customer", customerId: partyId }).catch((cause) => {
      log.error("fleet.no-picture", cause, { organizationId });
      return null;
    }),
  ]);
  if (!row) return null;
  const { sharesPosition: unitShares, shares, odometer, engine, ...unit } = row;
  const units = picture?.units.filter(({ assetId }) => assetId === id) ?? [];
  return {
    unit: { ...unit, ...currentMeters({ odometer, engine }, units[0]), tracked: trackers.length > 0, shared: unitShares && shares },
    orders,
    picture: picture && { ...picture, units },
  };
}
