import { and, count, desc, eq, gte, isNull, type SQL, sql } from "drizzle-orm";
import type { ListOrder, Place } from "~/kernel/list-order";
import { DAY, later, type UtcMs } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import type { PartKey } from "~/modules/inspections/checklists/checklist";
import { inspectionDefects, inspections } from "~/modules/inspections/inspection.tables";
import type { InspectionFilter } from "~/modules/inspections/inspection-filters";
import { contains } from "~/platform/database/contains.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { type InspectionSort, isWaiting, readInspections } from "../inspections.server";

const TREND = 90 * DAY;
const MOST_PARTS = 8;

type Wanted = { filter: InspectionFilter; query: string; after: Place | null; order?: ListOrder<InspectionSort> | null };

/** A page of inspections, newest first unless another order is asked for; search by unit, driver and customer. */
export const readInspectionList = (db: ScopedDatabase<"staff">, { filter, query, ...page }: Wanted, rowsAPage?: number) =>
  readInspections(db, and(filtered(filter), matching(query)), page, rowsAPage);

function filtered(filter: InspectionFilter): SQL | undefined {
  switch (filter) {
    case "defects":
      return sql`${inspections.defects} > 0`;
    case "safety":
      return sql`${inspections.safetyDefects} > 0`;
    case "open":
      return sql`exists (select 1 from inspection_defects d where d.organization_id = inspections.organization_id and d.inspection_id = inspections.id and d.state = 'open')`;
    case "photos":
      return sql`exists (select 1 from inspection_photos p where p.organization_id = inspections.organization_id and p.inspection_id = inspections.id and not exists (select 1 from attachments a where a.organization_id = p.organization_id and a.id = p.id))`;
    case "unmatched":
      return isNull(inspections.assetId);
    case "fast":
      return eq(inspections.isTooFast, true);
    case "all":
      return undefined;
  }
}

function matching(query: string): SQL | undefined {
  const term = query.trim();
  return term === "" ? undefined : contains(term, inspections.unitNumber, assets.unitNumber, inspections.driverName, customers.name);
}

/** How many defects are open, for the menu. */
export async function countOpenDefects(db: ScopedDatabase<"staff">): Promise<number> {
  const [row] = await db.query({ from: inspectionDefects, columns: { open: count() }, where: and(isWaiting, eq(inspectionDefects.state, "open")), limit: 1 });
  return row?.open ?? 0;
}

/** Open defects in reports whose unit nobody has found yet. */
export async function countUnmatchedDefects(db: ScopedDatabase<"staff">): Promise<number> {
  const where = and(isWaiting, eq(inspectionDefects.state, "open"), isNull(inspectionDefects.assetId));
  const [row] = await db.query({ from: inspectionDefects, columns: { open: count() }, where, limit: 1 });
  return row?.open ?? 0;
}

/** The parts that drivers found most defects of in the last 90 days. */
export const readPartTrend = (db: ScopedDatabase<"staff">, now: UtcMs) =>
  db.query({
    from: inspections,
    columns: { part: sql<PartKey>`${inspectionDefects.part}`, count: count() },
    join: [[inspectionDefects, eq(inspectionDefects.inspectionId, inspections.id)]],
    where: gte(inspections.signedAt, later(now, -TREND)),
    groupBy: [inspectionDefects.part],
    orderBy: [desc(count()), inspectionDefects.part],
    limit: MOST_PARTS,
  });
