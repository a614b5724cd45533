import { and, asc, eq, isNull } from "drizzle-orm";
import { assets, currentMeterColumn } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { type UnitCondition, unitConditionLabels } from "~/modules/inspections/defects/defect";
import type { FleetPort, FleetViewer } from "~/modules/telematics/fleet";
import type { UnitAlarm } from "~/modules/telematics/fleet-list";
import { deviceAssignments } from "~/modules/telematics/telematics.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { log } from "~/platform/log.server";
import { currentMeters } from "./current-meters";
import { readConditions } from "./inspections.server";
import { dueUnits } from "./maintenance-list.server";

const MOST = 2_000;

const outOfService: UnitAlarm = { tone: "red", label: "Out of service" };

/** Who drives the unit signs for its repairs, so its owner sees that this is still to come; the shop is done by then. */
function alarmOf(condition: UnitCondition | undefined, to: FleetViewer["audience"]): UnitAlarm | null {
  if (condition === "do-not-operate") return { tone: "red", label: unitConditionLabels[condition] };
  return condition === "review-pending" && to === "customer" ? { tone: "blue", label: unitConditionLabels[condition] } : null;
}

/** That it may not be driven counts most, then that it is out of service. */
const unitAlarm = (alarm: UnitAlarm | null, isOut: boolean): UnitAlarm | null => (isOut && alarm?.tone !== "red" ? outOfService : alarm);

type Needs = { db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">; fleet: FleetPort };

/** The assets this viewer may see with their live positions: three database queries and one call to the fleet room. */
export async function readFleet({ db, fleet }: Needs) {
  const { scope } = db;
  const viewer: FleetViewer = scope.audience === "customer" ? { audience: "customer", customerId: scope.partyId } : { audience: "staff" };
  const own = viewer.audience === "customer" ? eq(assets.customerId, viewer.customerId as never) : undefined; // a customer's party is its customer
  const { id, unitNumber, kind, vin, year, make, model } = assets;
  const [[units, tracked, due], conditions, picture] = await Promise.all([
    db.queries(
      {
        from: assets,
        columns: {
          id,
          unitNumber,
          kind,
          vin,
          year,
          make,
          model,
          customer: customers.name,
          odometer: currentMeterColumn("odometer"),
          engine: currentMeterColumn("engine"),
          outOfServiceAt: assets.outOfServiceAt,
          unitShares: assets.sharesPosition,
          shares: customers.sharesPositions,
        },
        join: [[customers, eq(customers.id, assets.customerId)]],
        where: and(isNull(assets.archivedAt), own),
        orderBy: [asc(assets.unitNumber)],
        limit: MOST,
      },
      {
        from: deviceAssignments,
        columns: { assetId: deviceAssignments.assetId },
        join: [[assets, eq(assets.id, deviceAssignments.assetId)]],
        where: and(isNull(deviceAssignments.to), own),
        limit: MOST,
      },
      dueUnits(db),
    ),
    readConditions(db),
    // The list is useful without the room, so the page shows it with a notice that positions are unavailable.
    fleet.picture(viewer).catch((cause) => {
      log.error("fleet.no-picture", cause, { organizationId: scope.organizationId });
      return null;
    }),
  ]);
  const withTracker = new Set<string>(tracked.map(({ assetId }) => assetId));
  const dueOf = new Map(due.map(({ assetId, due: worst }) => [assetId, worst]));
  const live = new Map(picture?.units.map((unit) => [unit.assetId, unit]));
  return {
    units: units.map(({ unitShares, shares, odometer, engine, outOfServiceAt, ...unit }) => ({
      ...unit,
      ...currentMeters({ odometer, engine }, live.get(unit.id)),
      tracked: withTracker.has(unit.id),
      alarm: unitAlarm(alarmOf(conditions.get(unit.id), viewer.audience), outOfServiceAt !== null),
      due: dueOf.get(unit.id) ?? null,
      shared: viewer.audience === "staff" || (unitShares && shares),
    })),
    picture,
  };
}
