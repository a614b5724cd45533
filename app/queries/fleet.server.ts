import { and, asc, eq, isNull } from "drizzle-orm";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import type { FleetPort, FleetViewer } from "~/modules/telematics/fleet";
import { deviceAssignments } from "~/modules/telematics/telematics.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { log } from "~/platform/log.server";

const MOST = 2_000;

type Needs = { db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">; fleet: FleetPort };

/** The assets this viewer may see with their live positions: one database query and one call to the fleet room. */
export async function readFleet({ db, fleet }: Needs) {
  const { scope } = db;
  const viewer: FleetViewer = scope.audience === "customer" ? { audience: "customer", customerId: scope.partyId } : { audience: "staff" };
  const own = viewer.audience === "customer" ? eq(assets.customerId, viewer.customerId as never) : undefined; // a customer's party is its customer
  const { id, unitNumber, kind, vin, year, make, model } = assets;
  const [[units, tracked], picture] = await Promise.all([
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
    ),
    // The list is useful without the room, so the page shows it with a notice that positions are unavailable.
    fleet.picture(viewer).catch((cause) => {
      log.error("fleet.no-picture", cause, { organizationId: scope.organizationId });
      return null;
    }),
  ]);
  const withTracker = new Set<string>(tracked.map(({ assetId }) => assetId));
  return {
    units: units.map(({ unitShares, shares, ...unit }) => ({
      ...unit,
      tracked: withTracker.has(unit.id),
      shared: viewer.audience === "staff" || (unitShares && shares),
    })),
    picture,
  };
}
