import { and, eq, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { ListOrder, Place } from "~/kernel/list-order";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import type { UnitCondition } from "~/modules/inspections/defects/defect";
import { inspectionDefects } from "~/modules/inspections/inspection.tables";
import type { UnitFilter } from "~/modules/work-orders/unit-status/unit-filters";
import { runningStates } from "~/modules/work-orders/work-order";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import { contains } from "~/platform/database/contains.server";
import { inOrder, pageOf } from "~/platform/database/list-order.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { readConditions } from "../inspections.server";
import { dueUnits } from "../maintenance-list.server";
import { hasCriticalFault, isBarred } from "../unit-alarms.server";

const PER_PAGE = 50;

export const unitSorts = ["unit"] as const;
const isDue = sql`exists (select 1 from maintenance_schedules as s where s.organization_id = assets.organization_id and s.asset_id = assets.id and s.state in ('overdue', 'due') and s.archived_at is null)`;
type Wanted = {
  filter: UnitFilter;
  query: string;
  after: Place | null;
  order?: ListOrder<(typeof unitSorts)[number]> | null;
  customer: Id<"customer"> | null;
};

/** Units by number with their status, from the orders and defects of the page's units. */
export async function readUnitList(db: ScopedDatabase<"staff">, { filter, query, after, order, customer }: Wanted, rowsAPage = PER_PAGE) {
  const { id, unitNumber, kind, vin, plate, year, make, model, outOfServiceAt } = assets;
  const list = inOrder([unitNumber, id], order?.direction ?? "asc", after);
  const rows = await db.query({
    from: assets,
    columns: {
      id,
      unitNumber,
      kind,
      vin,
      plate,
      year,
      make,
      model,
      outOfServiceAt,
      criticalFault: hasCriticalFault("units").mapWith(Boolean),
      customer: customers.name,
      place: list.place,
    },
    join: [[customers, eq(customers.id, assets.customerId)]],
    where: and(
      filter === "archived" ? isNotNull(assets.archivedAt) : isNull(assets.archivedAt),
      filter === "do-not-operate" ? isBarred("units") : undefined,
      filter === "maintenance-due" ? isDue : undefined,
      filter === "out-of-service" ? isNotNull(outOfServiceAt) : undefined,
      filter === "truck" || filter === "trailer" || filter === "equipment" ? eq(kind, filter) : undefined,
      customer ? eq(assets.customerId, customer) : undefined,
      list.after,
      matching(query),
    ),
    orderBy: list.orderBy,
    limit: rowsAPage + 1,
  });
  const { rows: page, next } = pageOf(rows, rowsAPage);
  const ids = page.map((row) => row.id);
  const [orders, conditions, due] =
    page.length === 0
      ? [[], new Map<string, UnitCondition>(), []]
      : await Promise.all([
          db.query({
            from: workOrders,
            columns: {
              assetId: workOrders.assetId,
              state: workOrders.state,
              holdReason: workOrders.holdReason,
              arrivedAt: workOrders.arrivedAt,
              releasedAt: workOrders.releasedAt,
            },
            where: and(inArray(workOrders.assetId, ids), inArray(workOrders.state, runningStates)),
            limit: rowsAPage * 20,
          }),
          readConditions(db, inArray(inspectionDefects.assetId, ids)),
          db.query(dueUnits(db, inArray(assets.id, ids))),
        ]);
  return {
    rows: page.map((row) => ({
      ...row,
      orders: orders.filter(({ assetId }) => assetId === row.id),
      condition: conditions.get(row.id) ?? ("ready" as const),
      due: due.find(({ assetId }) => assetId === row.id)?.due ?? null,
    })),
    next,
  };
}

function matching(query: string): SQL | undefined {
  const term = query.trim();
  return term === "" ? undefined : contains(term, assets.unitNumber, assets.vin, assets.plate, customers.name, assets.make, assets.model);
}
