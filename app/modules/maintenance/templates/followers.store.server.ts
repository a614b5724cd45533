import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Effect } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { effectRow } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { maintenanceSchedules, maintenanceTemplates } from "../maintenance.tables";

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

type Db = ScopedDatabase<"staff"> | ScopedDatabase<"job">;

/** The units that have a template, by id, from one on. */
export async function followersAfter(db: Db, templateId: Id<"maintenanceTemplate">, after: string, limit: number): Promise<Id<"asset">[]> {
  const rows = await db.query({
    from: maintenanceSchedules,
    columns: { assetId: maintenanceSchedules.assetId },
    join: [[assets, eq(assets.id, maintenanceSchedules.assetId)]],
    where: and(
      eq(maintenanceSchedules.templateId, templateId),
      isNull(maintenanceSchedules.archivedAt),
      isNull(assets.archivedAt),
      gt(maintenanceSchedules.assetId, sql`${after}`),
    ),
    orderBy: [asc(maintenanceSchedules.assetId)],
    limit,
  });
  return rows.map(({ assetId }) => assetId);
}

/** How far the schedules of a template's units have been found anew. */
export const followingStore = (db: ScopedDatabase<"job">) => ({
  async version(id: Id<"maintenanceTemplate">): Promise<number | null> {
    const t = maintenanceTemplates;
    const [row] = await db.query({ from: t, columns: { version: t.version }, where: eq(t.id, id), limit: 1 });
    return row?.version ?? null;
  },
  /** `next` goes on from there; null once all are found. A later version's own progress stays. */
  reached({ id, version }: { id: Id<"maintenanceTemplate">; version: number }, to: string | null, next: Effect | null, at: UtcMs) {
    const same = sql`${maintenanceTemplates.id} = ${id} and ${maintenanceTemplates.version} = ${version}`;
    return db.batch([db.update(maintenanceTemplates, { refreshedTo: to }, same), ...(next ? [effectRow(db, next, at)] : [])]);
  },
});
