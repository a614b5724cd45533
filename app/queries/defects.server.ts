import { and, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { certificationRound, type DefectState, defectState } from "~/modules/inspections/defects/defect";
import { type Repair, repairsOf } from "~/modules/inspections/defects/defect-repairs.store.server";
import { type Defect, loadDefects, ofCustomer, ofUnits } from "~/modules/inspections/defects/defects.store.server";
import { inspectionDefects } from "~/modules/inspections/inspection.tables";
import { runningStates } from "~/modules/work-orders/work-order";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { isWaiting } from "./inspections.server";

type Db = ScopedDatabase<"staff"> | ScopedDatabase<"customer">;

/** A defect as pages show it: its state, the round it is in, and the order that repairs it. */
export type DefectItem = Defect & { state: DefectState; round: number; repair: Repair | null };

export async function defectItems(db: Db, defects: readonly Defect[]): Promise<DefectItem[]> {
  const repairs = await repairsOf(db, defects);
  return defects.map((it) => ({ ...it, state: defectState(it), round: certificationRound(it), repair: repairs.get(it.id) ?? null }));
}

/** Defects of a unit that are open or wait for a driver's review; for a customer those in its own reports. */
export async function readWaitingDefects(db: Db, assetId: Id<"asset">): Promise<DefectItem[]> {
  const { scope } = db;
  const which = scope.audience === "customer" ? ofCustomer(scope.partyId as Id<"customer">, assetId) : ofUnits([assetId]); // a customer's session names its customer
  return defectItems(db, await loadDefects(db, and(isWaiting, which)));
}

const MOST_OPEN = 200;

/** Open defects of known units, by unit, with the orders that each could go on. */
export async function readOpenDefects(db: ScopedDatabase<"staff">, only: Id<"asset"> | null) {
  const which: SQL | undefined = only ? ofUnits([only]) : undefined;
  const defects = await defectItems(db, await loadDefects(db, and(isWaiting, eq(inspectionDefects.state, "open"), which), MOST_OPEN));
  const assetIds = [...new Set(defects.flatMap(({ assetId }) => assetId ?? []))];
  const orders = await readOpenOrders(db, assetIds);
  return assetIds.map((assetId) => ({
    assetId,
    unitNumber: defects.find((it) => it.assetId === assetId)?.unitNumber ?? "",
    defects: defects.filter((it) => it.assetId === assetId),
    orders: orders.filter((it) => it.assetId === assetId),
  }));
}

/** Orders of these units that still take jobs, newest first and drafts last. */
export async function readOpenOrders(db: ScopedDatabase<"staff">, assetIds: readonly Id<"asset">[]) {
  if (assetIds.length === 0) return [];
  return db.query({
    from: workOrders,
    columns: { id: workOrders.id, assetId: workOrders.assetId, number: workOrders.number, title: workOrders.title },
    where: and(inArray(workOrders.assetId, assetIds.slice(0, 80)), inArray(workOrders.state, runningStates)),
    orderBy: [sql`${workOrders.state} = 'draft'`, desc(workOrders.number)],
    limit: 500,
  });
}

/** The defects that the jobs of an order repair. */
export const readDefectsOfOrder = async (db: ScopedDatabase<"staff">, id: Id<"workOrder">): Promise<DefectItem[]> =>
  defectItems(db, await loadDefects(db, eq(inspectionDefects.workOrderId, id)));
