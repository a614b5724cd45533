import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { ListOrder, Place } from "~/kernel/list-order";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import type { UnitCondition } from "~/modules/inspections/defects/defect";
import { inspectionDefects, inspections } from "~/modules/inspections/inspection.tables";
import { inOrder, pageOf } from "~/platform/database/list-order.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

type Db = ScopedDatabase<"staff"> | ScopedDatabase<"customer">;
const i = inspections;
const PER_PAGE = 50;

/** What a list of reports can be ordered by. A unit's are in the order of their signing. */
const sorts = { signed: [i.signedAt, i.id], unit: [i.unitNumber, i.signedAt, i.id] };
export type InspectionSort = keyof typeof sorts;
export const inspectionSorts: readonly InspectionSort[] = ["signed", "unit"];

type Wanted = { after: Place | null; order?: ListOrder<InspectionSort> | null };

const unmarked = { isTooFast: false, afterSwitchOff: false, clockOffset: 0 };

/** A customer's reports are those signed for it, also of units that it sold since. */
const ownReports = ({ scope }: Db): SQL | undefined => (scope.audience === "customer" ? eq(i.customerId, scope.partyId as Id<"customer">) : undefined); // a customer's session names its customer

/** A page of reports that this reader may see, newest first unless another order is asked for. */
export async function readInspections(db: Db, which: SQL | undefined, { after, order }: Wanted, rowsAPage = PER_PAGE) {
  const { by, direction } = order ?? { by: "signed", direction: "desc" };
  const list = inOrder(sorts[by], direction, after);
  const rows = await db.query({
    from: i,
    columns: {
      id: i.id,
      assetId: i.assetId,
      unitNumber: sql<string>`coalesce(${assets.unitNumber}, ${i.unitNumber})`,
      kind: i.kind,
      driverName: i.driverName,
      customer: customers.name,
      day: i.day,
      startedAt: i.startedAt,
      signedAt: i.signedAt,
      receivedAt: i.receivedAt,
      defects: i.defects,
      safetyDefects: i.safetyDefects,
      isTooFast: i.isTooFast,
      afterSwitchOff: i.afterSwitchOff,
      clockOffset: i.clockOffset,
      isPaper: sql<number>`${i.enteredBy} is not null`,
      isCorrection: sql<number>`${i.corrects} is not null`,
      open: defectsOf(sql`d.state = 'open'`),
      openSafety: defectsOf(sql`d.state = 'open' and d.severity = 'safety'`),
      certified: defectsOf(sql`d.state = 'certified'`),
      photos: sql<number>`(select count(*) from inspection_photos p where p.organization_id = inspections.organization_id and p.inspection_id = inspections.id)`,
      place: list.place,
      arrived: sql<number>`(select count(*) from inspection_photos p join attachments a on a.organization_id = p.organization_id and a.id = p.id where p.organization_id = inspections.organization_id and p.inspection_id = inspections.id)`,
    },
    join: [[customers, eq(customers.id, i.customerId)]],
    leftJoin: [[assets, eq(assets.id, i.assetId)]],
    where: and(ownReports(db), which, list.after),
    orderBy: list.orderBy,
    limit: rowsAPage + 1,
  });
  // What is unusual about how a report was filed is for the shop.
  const shown = db.scope.audience === "customer" ? rows.map((row) => ({ ...row, ...unmarked })) : rows;
  return pageOf(shown, rowsAPage);
}

/** How many such defects a report was the first to name. */
const defectsOf = (which: SQL) =>
  sql<number>`(select count(*) from inspection_defects d where d.organization_id = inspections.organization_id and d.inspection_id = inspections.id and ${which})`;

/** A defect that a driver's review still has to close. Written as the index on waiting defects has it. */
export const isWaiting = sql`${inspectionDefects.state} <> 'closed'`;

const conditions = ["ready", "review-pending", "open-defects", "do-not-operate"] as const satisfies readonly UnitCondition[];
/** Far above any shop's units. */
const MOST_UNITS = 5_000;

/** The condition of each unit that isn't ready, from the reports that this reader may see. `which` narrows it to some units. */
export async function readConditions(db: Db, which?: SQL): Promise<Map<string, UnitCondition>> {
  const rows = await db.query({
    from: inspectionDefects,
    columns: {
      assetId: inspectionDefects.assetId,
      worst: sql<number>`max(case when ${inspectionDefects.state} = 'certified' then 1 when ${inspectionDefects.severity} = 'safety' then 3 else 2 end)`,
    },
    join: db.scope.audience === "customer" ? [[i, sql`${and(eq(i.id, inspectionDefects.inspectionId), ownReports(db))}`]] : [],
    where: and(isWaiting, which),
    groupBy: [inspectionDefects.assetId],
    limit: MOST_UNITS,
  });
  return new Map(rows.flatMap(({ assetId, worst }): [string, UnitCondition][] => (assetId ? [[assetId, conditions[worst] ?? "ready"]] : [])));
}

/** A unit's newest reports, for its page. */
export const readInspectionsOf = async (db: Db, assetId: Id<"asset">, atMost = 5) =>
  (await readInspections(db, eq(i.assetId, assetId), { after: null }, atMost)).rows;
