import { and, asc, desc, eq, gt, isNull, lte, or, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { assetDrivers, assets, currentMeterColumn } from "~/modules/assets/asset.tables";
import { type CountedMeter, onDash } from "~/modules/assets/meters/meter";
import { customers } from "~/modules/customers/customer.tables";
import { drivers } from "~/modules/drivers/driver.tables";
import { readChecklists } from "~/modules/inspections/checklists/checklists.read.server";
import { certificationRound, defectState } from "~/modules/inspections/defects/defect";
import { type Defect, loadDefects } from "~/modules/inspections/defects/defects.store.server";
import { inspections } from "~/modules/inspections/inspection.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { isWaiting } from "../inspections.server";

const [MOST_UNITS, MOST_REPORTS] = [1_000, 60];

/** What a phone keeps to inspect without signal: the company's units, today's first, their open defects and last reports. */
export type DriverStart = NonNullable<Awaited<ReturnType<typeof readDriverStart>>>;
export type StartUnit = DriverStart["units"][number];
export type StartDefect = DriverStart["defects"][number];

/** Everything a driver's phone needs, in three round trips. */
export async function readDriverStart(db: ScopedDatabase<"driver">, now: UtcMs) {
  const driverId = db.scope.partyId as Id<"driver">; // a driver's party is the driver's id
  const ofCompany = [[drivers, sql`${and(eq(drivers.id, driverId), eq(drivers.customerId, assets.customerId))}`]] as [typeof drivers, ReturnType<typeof sql>][];
  const [[driver], units, today] = await db.queries(
    {
      from: drivers,
      columns: { id: drivers.id, name: drivers.name, company: customers.name, customerId: drivers.customerId },
      join: [[customers, eq(customers.id, drivers.customerId)]],
      where: eq(drivers.id, driverId),
      limit: 1,
    },
    {
      from: assets,
      columns: {
        id: assets.id,
        unitNumber: assets.unitNumber,
        kind: assets.kind,
        year: assets.year,
        make: assets.make,
        model: assets.model,
        plate: assets.plate,
        odometer: currentMeterColumn("odometer"),
        engine: currentMeterColumn("engine"),
        outOfService: sql<string | null>`case when ${assets.outOfServiceAt} is null then null else coalesce(${assets.outOfServiceWhy}, '') end`,
      },
      join: ofCompany,
      where: isNull(assets.archivedAt),
      orderBy: [asc(assets.unitNumber)],
      limit: MOST_UNITS,
    },
    {
      from: assetDrivers,
      columns: { assetId: assetDrivers.assetId },
      where: and(eq(assetDrivers.driverId, driverId), lte(assetDrivers.from, now), or(isNull(assetDrivers.to), gt(assetDrivers.to, now))),
      limit: 100,
    },
  );
  if (!driver) return null;
  const isToday = new Set<string>(today.map(({ assetId }) => assetId));
  const mine = units.map(({ odometer, engine, ...unit }) => ({
    ...unit,
    isToday: isToday.has(unit.id),
    odometer: dashOf(odometer),
    engine: dashOf(engine),
  }));
  const todays = mine.filter((unit) => unit.isToday).map(({ id }) => id);
  const ofToday = sql`${inspections.assetId} in (select value from json_each(${JSON.stringify(todays)}))`;
  const [defects, checklists, reports] = await Promise.all([
    // By company rather than by list: a fleet has more units than a query takes parameters.
    loadDefects(
      db,
      sql`${isWaiting} and ${inspections.assetId} in (select a.id from assets a join drivers d on d.organization_id = a.organization_id and d.customer_id = a.customer_id where a.organization_id = ${inspections.organizationId} and d.id = ${driverId})`,
    ),
    readChecklists(db),
    db.query({
      from: inspections,
      columns: {
        id: inspections.id,
        assetId: inspections.assetId,
        unitNumber: inspections.unitNumber,
        kind: inspections.kind,
        driverId: inspections.driverId,
        driverName: inspections.driverName,
        signedAt: inspections.signedAt,
        defects: inspections.defects,
        safetyDefects: inspections.safetyDefects,
      },
      where: and(eq(inspections.customerId, driver.customerId), or(eq(inspections.driverId, driverId), ofToday)),
      orderBy: [desc(inspections.signedAt), desc(inspections.id)],
      limit: MOST_REPORTS,
    }),
  ]);
  const { customerId: company, ...who } = driver;
  return {
    driver: who,
    units: mine,
    /** The newest of each kind of unit. */
    checklists,
    defects: defects.map((defect) => forDriver(defect, company)),
    reports: reports.map(({ driverId: by, ...report }) => ({ ...report, isOwn: by === driverId })),
  };
}

/** What the driver reads on the dash, also after a meter was replaced. */
const dashOf = (counted: CountedMeter | null): { value: number; at: number } | null => counted && { value: onDash(counted), at: counted.at };

/** A defect as a driver sees it: what it is, and what was certified. */
function forDriver(defect: Defect, company: Id<"customer">) {
  const state = defectState(defect);
  const { id, assetId, part, problem, severity, reportedAt } = defect;
  // A unit brings its open defects along, but not who worked for its former owner.
  const isOwn = defect.customerId === company;
  const [note, driverName] = isOwn ? [defect.note, defect.driverName] : ["", ""];
  const last = state === "certified" ? defect.certifications.find(({ round }) => round === certificationRound(defect) - 1) : undefined;
  return {
    id,
    assetId,
    part,
    problem,
    note,
    severity,
    reportedAt,
    driverName,
    state,
    certification: last
      ? { round: last.round, outcome: last.outcome, reason: last.reason, signedName: last.signedName, signedFor: last.signedFor, at: last.at }
      : null,
  };
}
