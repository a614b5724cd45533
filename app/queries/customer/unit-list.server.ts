import { and, asc, eq, gte, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { Cents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import { assets, currentMeterColumn } from "~/modules/assets/asset.tables";
import { unitStatus } from "~/modules/work-orders/unit-status/unit-status";
import { runningStates } from "~/modules/work-orders/work-order";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import { contains } from "~/platform/database/contains.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { readConditions } from "../inspections.server";
import { dueUnits } from "../maintenance-list.server";

const PER_PAGE = 50;
const MOST_ORDERS = 1_000;

/** Filters of a customer's list of units; the first is the default. */
export const portalUnitFilters = {
  all: "All",
  "at-shop": "At the shop",
  "out-of-service": "Out of service",
  truck: "Trucks",
  trailer: "Trailers",
  equipment: "Equipment",
} as const;
export type PortalUnitFilter = keyof typeof portalUnitFilters;
export const portalUnitFilterNames = Object.keys(portalUnitFilters) as PortalUnitFilter[]; // the keys of the table above

/** Cursor: the page starts after this unit number and id. */
export type AfterUnit = { unitNumber: string; id: string };
type Wanted = {
  filter: PortalUnitFilter;
  query: string;
  after: AfterUnit | null;
  /** From when on visits and spending count. */
  since: UtcMs;
  /** Whether the reader may see prices. */
  withSpend: boolean;
};

const isHere = sql`exists (select 1 from work_orders as here where here.organization_id = assets.organization_id and here.asset_id = assets.id and here.customer_id = assets.customer_id and here.arrived_at is not null and here.released_at is null and here.state <> 'canceled')`;

/** The customer's units by number: status at the shop, due maintenance, meters, and the visits and billed work since a day. */
export async function readPortalUnits(db: ScopedDatabase<"customer">, { filter, query, after, since, withSpend }: Wanted) {
  const customerId = db.scope.partyId as Id<"customer">; // a customer's session names its customer
  const { id, unitNumber, kind, vin, plate, year, make, model, outOfServiceAt } = assets;
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
      odometer: currentMeterColumn("odometer"),
      engine: currentMeterColumn("engine"),
    },
    where: and(
      eq(assets.customerId, customerId),
      isNull(assets.archivedAt),
      filter === "at-shop" ? isHere : undefined,
      filter === "out-of-service" ? isNotNull(outOfServiceAt) : undefined,
      filter === "truck" || filter === "trailer" || filter === "equipment" ? eq(kind, filter) : undefined,
      after ? sql`(${unitNumber} > ${after.unitNumber} or (${unitNumber} = ${after.unitNumber} and ${id} > ${after.id}))` : undefined,
      matching(query),
    ),
    orderBy: [asc(unitNumber), asc(id)],
    limit: PER_PAGE + 1,
  });
  const page = rows.slice(0, PER_PAGE);
  const ids = page.map((row) => row.id);
  const past = await pastOf(db, customerId, ids, since);
  const last = page.at(-1);
  return {
    rows: page.map(({ odometer, engine, ...row }) => {
      const its = past.visits.find(({ assetId }) => assetId === row.id);
      return {
        ...row,
        odometer: odometer?.value ?? null,
        engine: engine?.value ?? null,
        status: unitStatus(
          row,
          past.orders.filter(({ assetId }) => assetId === row.id),
        ),
        condition: past.conditions.get(row.id) ?? ("ready" as const),
        due: past.due.find(({ assetId }) => assetId === row.id)?.due ?? null,
        visits: its?.visits ?? 0,
        spend: withSpend ? ((its?.spend ?? 0) as Cents) : null, // a sum of cents
      };
    }),
    next: rows.length > PER_PAGE && last ? ({ unitNumber: last.unitNumber, id: last.id } satisfies AfterUnit) : null,
  };
}

/** The open orders, finished work, conditions and due maintenance of a page's units, as far as they are this customer's. */
async function pastOf(db: ScopedDatabase<"customer">, customerId: Id<"customer">, ids: readonly Id<"asset">[], since: UtcMs) {
  if (ids.length === 0) return { orders: [], visits: [], conditions: await readConditions(db, sql`0`), due: [] };
  const { assetId, state, holdReason, arrivedAt, releasedAt, completedAt } = workOrders;
  const which = and(eq(workOrders.customerId, customerId), inArray(assetId, [...ids]));
  const [[orders, visits], conditions, due] = await Promise.all([
    db.queries(
      {
        from: workOrders,
        columns: { assetId, state, holdReason, arrivedAt, releasedAt },
        where: and(which, inArray(state, runningStates)),
        limit: MOST_ORDERS,
      },
      {
        from: workOrders,
        columns: {
          assetId,
          visits: sql<number>`count(*)`,
          spend: sql<number>`sum(case when ${state} = 'invoiced' then ${workOrders.price} else 0 end)`,
        },
        where: and(which, inArray(state, ["completed", "invoiced"]), gte(completedAt, since)),
        groupBy: [assetId],
        limit: PER_PAGE,
      },
    ),
    readConditions(db),
    db.query(dueUnits(db, inArray(assets.id, [...ids]))),
  ]);
  return { orders, visits, conditions, due };
}

/** Every word must be in the unit's number, VIN, plate, year, make or model. */
function matching(query: string): SQL | undefined {
  const terms = query.trim().split(/\s+/).filter(Boolean).slice(0, 8);
  return and(...terms.map((term) => contains(term, assets.unitNumber, assets.vin, assets.plate, assets.make, assets.model, sql`${assets.year}`)));
}
