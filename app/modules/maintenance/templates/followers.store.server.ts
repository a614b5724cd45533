import { and, asc, eq, isNull } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { assets } from "~/modules/assets/asset.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { maintenanceSchedules } from "../maintenance.tables";

const MOST = 5_000;

/** The units that have a template, by number. */
export const followersOf = (db: ScopedDatabase<"staff">, templateId: Id<"maintenanceTemplate">) =>
  db.query({
    from: maintenanceSchedules,
    columns: { assetId: maintenanceSchedules.assetId, unitNumber: assets.unitNumber },
    join: [[assets, eq(assets.id, maintenanceSchedules.assetId)]],
    where: and(eq(maintenanceSchedules.templateId, templateId), isNull(maintenanceSchedules.archivedAt), isNull(assets.archivedAt)),
    orderBy: [asc(assets.unitNumber)],
    limit: MOST,
  });
