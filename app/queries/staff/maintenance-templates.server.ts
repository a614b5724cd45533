import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { AssetKind } from "~/modules/assets/asset";
import { assets, currentMeterColumns } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { maintenanceTemplates } from "~/modules/maintenance/maintenance.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

const t = maintenanceTemplates;
const [MOST, MOST_UNITS] = [300, 300];
const units = sql<number>`(select count(*) from maintenance_schedules s where s.organization_id = ${t.organizationId} and s.template_id = ${t.id} and s.archived_at is null)`;

/** Templates that many units can have, by name, with how many units have each. */
export const readMaintenanceTemplates = (db: ScopedDatabase<"staff">) =>
  db.query({
    from: t,
    columns: { id: t.id, name: t.name, category: t.category, kind: t.kind, plan: t.plan, cannedJobId: t.cannedJobId, version: t.version, units },
    where: and(isNull(t.archivedAt), isNull(t.assetId)),
    orderBy: [asc(t.name)],
    limit: MOST,
  });

/** Units that a template can be put on, of the kind that it is for, with their meters; those that have it are left out. */
export const readUnitsWithout = (
  db: ScopedDatabase<"staff">,
  { id, kind, customerId }: { id: Id<"maintenanceTemplate">; kind: AssetKind | null; customerId: Id<"customer"> | null },
) =>
  db.query({
    from: assets,
    columns: {
      id: assets.id,
      unitNumber: assets.unitNumber,
      kind: assets.kind,
      year: assets.year,
      make: assets.make,
      model: assets.model,
      customer: customers.name,
      ...currentMeterColumns,
    },
    join: [[customers, eq(customers.id, assets.customerId)]],
    where: and(
      isNull(assets.archivedAt),
      kind ? eq(assets.kind, kind) : undefined,
      customerId ? eq(assets.customerId, customerId) : undefined,
      sql`not exists (select 1 from maintenance_schedules s where s.organization_id = assets.organization_id and s.asset_id = assets.id and s.template_id = ${id} and s.archived_at is null)`,
    ),
    orderBy: [asc(assets.unitNumber)],
    limit: MOST_UNITS,
  });
