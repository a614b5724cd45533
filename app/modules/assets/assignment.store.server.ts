import { and, eq, gt, isNull, lte, or, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { drivers } from "~/modules/drivers/driver.tables";
import { save } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { assetJournal } from "./asset.journal";
import { assetDrivers, assets } from "./asset.tables";
import type { Period } from "./assignment";

export type Assignment = Period & { driverId: Id<"driver">; assetId: Id<"asset"> };
type Unit = { id: Id<"asset">; unitNumber: string };

const { assetId, driverId, from, to } = assetDrivers;
const only = (it: Assignment) => sql`${and(eq(driverId, it.driverId), eq(assetId, it.assetId), eq(from, it.from))}`;

/** Assignments of vehicles to drivers. Each change is the driver's next version, so of two at once one fails. */
export function assignmentStore(db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">) {
  const own = db.scope.audience === "customer" ? eq(drivers.customerId, db.scope.partyId as Id<"customer">) : undefined; // a customer's session names its customer
  const record = (
    driver: { id: Id<"driver">; version: number },
    unit: Unit,
    code: "vehicle.assigned" | "vehicle.given-back",
    at: UtcMs,
    ...writes: Statement[]
  ) => {
    const version = driver.version + 1;
    const entry = { record: { kind: "driver", id: driver.id, version }, at, event: assetJournal.of(code, { unit: unit.unitNumber }), about: driver.id };
    return save(db, entry, [...writes, db.update(drivers, { version }, eq(drivers.id, driver.id))]);
  };

  return {
    /** A driver and a unit of the same customer, and the driver's periods with it. */
    async pair(driver: Id<"driver">, unit: Id<"asset">) {
      const [[pair], periods] = await db.queries(
        {
          from: drivers,
          columns: {
            version: drivers.version,
            archivedAt: drivers.archivedAt,
            customerId: drivers.customerId,
            unitNumber: assets.unitNumber,
            ownerId: assets.customerId,
            unitArchivedAt: assets.archivedAt,
          },
          join: [[assets, eq(assets.id, unit)]],
          where: and(eq(drivers.id, driver), own),
          limit: 1,
        },
        { from: assetDrivers, columns: { from, to }, where: and(eq(driverId, driver), eq(assetId, unit)), limit: 1_000 },
      );
      if (!pair) return null;
      return {
        driver: { id: driver, version: pair.version, archivedAt: pair.archivedAt },
        unit: { id: unit, unitNumber: pair.unitNumber },
        isOwn: pair.ownerId === pair.customerId && pair.unitArchivedAt === null,
        periods,
      };
    },

    assign: (driver: { id: Id<"driver">; version: number }, unit: Unit, period: Period, at: UtcMs) =>
      record(
        driver,
        unit,
        "vehicle.assigned",
        at,
        // An assignment canceled before it began has the same key.
        db.upsert(assetDrivers, { assetId: unit.id, driverId: driver.id, ...period }, [driverId, assetId, from], { to: period.to }),
        giveBackSold(db, unit.id),
      ),

    giveBack: (driver: { id: Id<"driver">; version: number }, unit: Unit, period: Period, end: UtcMs, at: UtcMs) =>
      record(driver, unit, "vehicle.given-back", at, db.update(assetDrivers, { to: end }, only({ driverId: driver.id, assetId: unit.id, ...period }))),
  };
}

/** Ends all current and future assignments of a driver. */
export const giveBackAll = (db: ScopedDatabase<"job">, driver: Id<"driver">, at: UtcMs): Statement =>
  db.update(assetDrivers, { to: sql`max(${from}, ${at})` }, sql`${and(eq(driverId, driver), or(isNull(to), gt(to, at)))}`);

/**
 * Ends the assignments of a unit to drivers of a former owner, each with the ownership that it was of. It belongs after
 * whatever changes owner or assignment, in the same batch: of a sale and an assignment at once either is the later one.
 */
export function giveBackSold(db: ScopedDatabase<"staff"> | ScopedDatabase<"job"> | ScopedDatabase<"customer">, unit: Id<"asset">): Statement {
  const organization = db.scope.organizationId;
  const sold = sql`(select min(o.from_at) from asset_owners o
    join drivers d on d.organization_id = ${organization} and d.id = ${driverId}
    where o.organization_id = ${organization} and o.asset_id = ${assetId} and o.customer_id <> d.customer_id and (o.to_at is null or o.to_at > ${from}))`;
  return db.update(
    assetDrivers,
    { to: sql`max(${from}, ${sold})` },
    sql`${and(eq(assetId, unit), sql`${sold} is not null`, or(isNull(to), sql`${to} > ${sold}`))}`,
  );
}

/** The drivers who have a unit at this time; archived ones have none. */
export async function driversAt(db: ScopedDatabase<"job">, unit: Id<"asset">, at: UtcMs): Promise<Id<"driver">[]> {
  const rows = await db.query({
    from: assetDrivers,
    columns: { driverId },
    join: [[drivers, eq(drivers.id, driverId)]],
    where: and(eq(assetId, unit), lte(from, at), or(isNull(to), gt(to, at)), isNull(drivers.archivedAt)),
    limit: 50,
  });
  return rows.map((row) => row.driverId);
}
