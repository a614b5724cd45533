import { and, asc, desc, eq, gte, isNull, lt, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { dayOf, later, type UtcMs } from "~/kernel/time";
import { assetDrivers, assetOwners, assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { drivers } from "~/modules/drivers/driver.tables";
import { assetDays, lastSeen } from "~/modules/telematics/telematics.tables";
import { save } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { type Defect, loadDefects } from "../defects/defects.store.server";
import { inspectionJournal } from "../inspection.journal";
import { inspectionDefects, inspectionSettings } from "../inspection.tables";
import { GRACE, OLDEST, USUAL_WAIT_HOURS } from "./alerts";

type Db = ScopedDatabase<"job"> | ScopedDatabase<"staff"> | ScopedDatabase<"customer">;
export type MissingDay = { day: string; assetId: Id<"asset">; unitNumber: string; customerId: Id<"customer">; customer: string; drivers: string[] };

const MOST = 500;

/**
 * Days on which a unit moved and nobody signed for it, newest first, of customers that want one each day, with the drivers
 * who had the unit. A unit's days before it was its owner's aren't there.
 */
export async function readMissing(db: Db, zone: string, which: SQL | undefined): Promise<MissingDay[]> {
  const { scope } = db;
  const own = scope.audience === "customer" ? eq(customers.id, scope.partyId as Id<"customer">) : undefined; // a customer's session names its customer
  const rows = await db.query({
    from: assetDays,
    columns: {
      day: assetDays.day,
      assetId: assetDays.assetId,
      unitNumber: assets.unitNumber,
      customerId: customers.id,
      customer: customers.name,
      ownedFrom: assetOwners.from,
    },
    join: [
      [assets, sql`${and(eq(assets.id, assetDays.assetId), isNull(assets.archivedAt))}`],
      [customers, sql`${and(eq(customers.id, assets.customerId), eq(customers.dailyInspections, true))}`],
      [assetOwners, sql`${and(eq(assetOwners.assetId, assetDays.assetId), isNull(assetOwners.to))}`],
    ],
    where: and(
      own,
      which,
      sql`not exists (select 1 from inspections i where i.organization_id = asset_days.organization_id and i.asset_id = asset_days.asset_id and i.day = asset_days.day)`,
    ),
    orderBy: [desc(assetDays.day), asc(assets.unitNumber)],
    limit: MOST,
  });
  const missing = rows.filter(({ day, ownedFrom }) => dayOf(ownedFrom, zone) <= day);
  if (missing.length === 0) return [];
  const had = await db.query({
    from: assetDrivers,
    columns: { assetId: assetDrivers.assetId, from: assetDrivers.from, to: assetDrivers.to, name: drivers.name },
    join: [[drivers, eq(drivers.id, assetDrivers.driverId)]],
    where: sql`${assetDrivers.assetId} in (select value from json_each(${JSON.stringify([...new Set(missing.map(({ assetId }) => assetId))])}))`,
    orderBy: [asc(drivers.name)],
    limit: 2_000,
  });
  const isOn = (day: string, from: UtcMs, to: UtcMs | null) => dayOf(from, zone) <= day && (to === null || dayOf(later(to, -1), zone) >= day);
  return missing.map(({ ownedFrom: _, ...row }) => ({
    ...row,
    drivers: [...new Set(had.filter(({ assetId, from, to }) => assetId === row.assetId && isOn(row.day, from, to)).map(({ name }) => name))],
  }));
}

export const onDay = (day: string): SQL => eq(assetDays.day, day);
export const sinceDay = (day: string): SQL => gte(assetDays.day, day);

/** Open defects that were reported before an instant, each once. */
export const readUncertified = (db: ScopedDatabase<"job">, before: UtcMs, now: UtcMs) =>
  db.query({
    from: inspectionDefects,
    columns: { id: inspectionDefects.id },
    where: and(
      eq(inspectionDefects.state, "open"),
      sql`${inspectionDefects.state} <> 'closed'`,
      lt(inspectionDefects.reportedAt, before),
      gte(inspectionDefects.reportedAt, later(now, -OLDEST)),
    ),
    limit: MOST,
  });

/** Safety defects that are open although their unit moved since they were reported. */
export const readDriven = (db: ScopedDatabase<"job">, now: UtcMs) =>
  db.query({
    from: inspectionDefects,
    columns: { id: inspectionDefects.id },
    join: [[lastSeen, sql`${lastSeen.assetId} = ${inspectionDefects.assetId} and ${lastSeen.movedAt} > ${inspectionDefects.reportedAt} + ${GRACE}`]],
    where: and(
      eq(inspectionDefects.state, "open"),
      sql`${inspectionDefects.state} <> 'closed'`,
      eq(inspectionDefects.severity, "safety"),
      gte(inspectionDefects.reportedAt, later(now, -OLDEST)),
    ),
    limit: MOST,
  });

/** When a unit last moved. */
export async function lastMoved(db: ScopedDatabase<"job">, assetId: Id<"asset">): Promise<UtcMs | null> {
  const [row] = await db.query({ from: lastSeen, columns: { movedAt: lastSeen.movedAt }, where: eq(lastSeen.assetId, assetId), limit: 1 });
  return row?.movedAt ?? null;
}

/** How long a defect may wait; version 0 while the shop didn't set it. */
export async function readWait(db: ScopedDatabase<"job"> | ScopedDatabase<"staff">): Promise<{ hours: number; version: number }> {
  const columns = { hours: inspectionSettings.waitHours, version: inspectionSettings.version };
  const [row] = await db.query({ from: inspectionSettings, columns, limit: 1 });
  return row ?? { hours: USUAL_WAIT_HOURS, version: 0 };
}

export function saveWait(db: ScopedDatabase<"staff">, { hours, before, version }: { hours: number; before: number; version: number }, at: UtcMs) {
  const event = inspectionJournal.of("inspection-settings.changed", { hours, before });
  return save(db, { record: { kind: "inspection-settings", id: db.scope.organizationId, version }, at, event }, [
    db.upsert(inspectionSettings, { waitHours: hours, version }, [], { waitHours: hours, version }),
  ]);
}

/** A defect with the name of its customer. */
export async function findDefect(db: ScopedDatabase<"job">, id: Id<"defect">): Promise<(Defect & { customer: string }) | null> {
  const [defect] = await loadDefects(db, eq(inspectionDefects.id, id));
  if (!defect) return null;
  const [row] = await db.query({ from: customers, columns: { name: customers.name }, where: eq(customers.id, defect.customerId), limit: 1 });
  return { ...defect, customer: row?.name ?? "" };
}
