import { and, asc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { AssetKind } from "~/modules/assets/asset";
import { assets, currentMeterColumns } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { maintenanceTemplates } from "~/modules/maintenance/maintenance.tables";
import { contains } from "~/platform/database/contains.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

const t = maintenanceTemplates;
const [MOST, MOST_UNITS] = [300, 300];
const units = sql<number>`(select count(*) from maintenance_schedules s where s.organization_id = ${t.organizationId} and s.template_id = ${t.id} and s.archived_at is null)`;

/** Of how many units the schedules were found by the newest version; null where that is so of all. */
const refreshed = sql<
  number | null
>`(case when ${t.refreshedTo} is not null then (select count(*) from maintenance_schedules s where s.organization_id = ${t.organizationId} and s.template_id = ${t.id} and s.archived_at is null and s.asset_id <= ${t.refreshedTo}) end)`;

/** Templates that many units can have, by name, with how many units have each. */
export const readMaintenanceTemplates = (db: ScopedDatabase<"staff">) =>
  db.query({
    from: t,
    columns: { id: t.id, name: t.name, category: t.category, kind: t.kind, plan: t.plan, cannedJobId: t.cannedJobId, version: t.version, units, refreshed },
    where: and(isNull(t.archivedAt), isNull(t.assetId)),
    orderBy: [asc(t.name)],
    limit: MOST,
  });

/** Whether there is, or was, a template of that id, of whatever kind. */
export async function readIsTemplate(db: ScopedDatabase<"staff">, id: Id<"maintenanceTemplate">): Promise<boolean> {
  const rows = await db.query({ from: t, columns: { id: t.id }, where: eq(t.id, id), limit: 1 });
  return rows.length > 0;
}

type Wanted = { id: Id<"maintenanceTemplate">; kind: AssetKind | null; customerId: Id<"customer"> | null; query: string };

/** Units that a template can be put on, of the kind that it is for, with their meters, and how many there are; those that have it are left out. */
export async function readUnitsWithout(db: ScopedDatabase<"staff">, { id, kind, customerId, query }: Wanted) {
  const { unitNumber, make, model } = assets;
  const which = {
    from: assets,
    join: [[customers, eq(customers.id, assets.customerId)]] as [typeof customers, SQL][],
    where: and(
      isNull(assets.archivedAt),
      kind ? eq(assets.kind, kind) : undefined,
      customerId ? eq(assets.customerId, customerId) : undefined,
      query.trim() === "" ? undefined : contains(query.trim(), unitNumber, make, model, customers.name),
      sql`not exists (select 1 from maintenance_schedules s where s.organization_id = assets.organization_id and s.asset_id = assets.id and s.template_id = ${id} and s.archived_at is null)`,
    ),
  };
  const [units, [all]] = await db.queries(
    {
      ...which,
      columns: { id: assets.id, unitNumber, kind: assets.kind, year: assets.year, make, model, customer: customers.name, ...currentMeterColumns },
      orderBy: [asc(unitNumber)],
      limit: MOST_UNITS,
    },
    { ...which, columns: { count: sql<number>`count(*)` }, limit: 1 },
  );
  return { units, count: all?.count ?? 0 };
}
