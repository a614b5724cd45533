import { and, desc, eq, gt, isNull, lte, or, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { assetDrivers, assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { drivers } from "~/modules/drivers/driver.tables";
import { defectState } from "~/modules/inspections/defects/defect";
import { loadDefects, ofCustomer } from "~/modules/inspections/defects/defects.store.server";
import { inspections, roadsidePages } from "~/modules/inspections/inspection.tables";
import { isRoadsideOpen } from "~/modules/inspections/roadside/roadside";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

const [MOST_REPORTS, MOST_DEFECTS, MOST_PAGES] = [14, 60, 10];

export type RoadsideRecord = NonNullable<Awaited<ReturnType<typeof readRoadside>>>;

/**
 * What an officer may see of a unit behind its link: open defects, last reports and what was certified, all of the customer
 * whose unit it is. Null once the page is over.
 */
export async function readRoadside(db: ScopedDatabase<"job"> | ScopedDatabase<"driver">, id: Id<"roadside">, now: UtcMs) {
  const [page] = await db.query({
    from: roadsidePages,
    columns: {
      assetId: roadsidePages.assetId,
      customerId: roadsidePages.customerId,
      expiresAt: roadsidePages.expiresAt,
      endedAt: roadsidePages.endedAt,
      ownerId: assets.customerId,
      archivedAt: assets.archivedAt,
      unitNumber: assets.unitNumber,
      vin: assets.vin,
      plate: assets.plate,
      year: assets.year,
      make: assets.make,
      model: assets.model,
      customer: customers.name,
    },
    join: [
      [assets, eq(assets.id, roadsidePages.assetId)],
      [customers, eq(customers.id, roadsidePages.customerId)],
    ],
    where: eq(roadsidePages.id, id),
    limit: 1,
  });
  if (!page || !isRoadsideOpen(page, { customerId: page.ownerId, archivedAt: page.archivedAt }, now)) return null;
  const { assetId, customerId, ownerId: _, endedAt: __, archivedAt: ___, ...unit } = page;
  const i = inspections;
  const [reports, defects] = await Promise.all([
    db.query({
      from: i,
      columns: {
        id: i.id,
        kind: i.kind,
        driverName: i.driverName,
        signedAt: i.signedAt,
        odometer: i.odometer,
        signature: i.signature,
        defects: i.defects,
        safetyDefects: i.safetyDefects,
        sha256: i.sha256,
      },
      where: and(eq(i.assetId, assetId), eq(i.customerId, customerId)),
      orderBy: [desc(i.signedAt), desc(i.id)],
      limit: MOST_REPORTS,
    }),
    loadDefects(db, ofCustomer(customerId, assetId), MOST_DEFECTS),
  ]);
  const shown = new Set<string>(reports.map((report) => report.id));
  // What another owner's drivers signed about them is none of this.
  const signedIn = defects.flatMap(({ reviews, sightings }) => [...reviews, ...sightings].map(({ inspectionId }) => inspectionId));
  const ownReports = await db.query({
    from: i,
    columns: { id: i.id },
    where: and(eq(i.customerId, customerId), sql`${i.id} in (select value from json_each(${JSON.stringify([...new Set(signedIn)])}))`),
    limit: 1_000,
  });
  const isOwn = ({ inspectionId }: { inspectionId: string }) => ownReports.some((report) => report.id === inspectionId);
  return {
    unit,
    reports,
    // Open ones however old; closed ones of the reports on the page.
    defects: defects
      .map((defect) => ({ ...defect, reviews: defect.reviews.filter(isOwn), sightings: defect.sightings.filter(isOwn) }))
      .map((defect) => ({ ...defect, state: defectState(defect) }))
      .filter(({ state, inspectionId }) => state !== "closed" || shown.has(inspectionId)),
  };
}

/** The open pages of the vehicles that a driver has today, for the phone to keep; of several of one vehicle the one that lasts longest. */
export async function readRoadsideForDriver(db: ScopedDatabase<"driver">, now: UtcMs) {
  const driverId = db.scope.partyId as Id<"driver">; // a driver's party is the driver's id
  const r = roadsidePages;
  const open = await db.query({
    from: r,
    columns: { id: r.id, assetId: r.assetId },
    join: [
      [assetDrivers, sql`${and(eq(assetDrivers.assetId, r.assetId), eq(assetDrivers.driverId, driverId))}`],
      [drivers, sql`${and(eq(drivers.id, assetDrivers.driverId), eq(drivers.customerId, r.customerId))}`],
    ],
    where: and(lte(assetDrivers.from, now), or(isNull(assetDrivers.to), gt(assetDrivers.to, now)), isNull(r.endedAt), gt(r.expiresAt, now)),
    orderBy: [desc(r.expiresAt), desc(r.id)],
    limit: 100,
  });
  const longest = open.filter(({ assetId }, at) => open.findIndex((one) => one.assetId === assetId) === at).slice(0, MOST_PAGES);
  const records = await Promise.all(longest.map(async ({ id, assetId }) => ({ assetId, record: await readRoadside(db, id, now) })));
  return records.flatMap(({ assetId, record }) => (record ? [{ assetId, record }] : []));
}
