import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, ne, or } from "drizzle-orm";
import { DAY, later, type UtcMs } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { runningStates } from "~/modules/work-orders/work-order";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { hasCriticalFault, hasUndecidedRepair, isBarred } from "../unit-alarms.server";

const PER_BOARD = 400;
/** How long a completed order stays on the board; it stays in the list. */
const COMPLETED_FOR = 7 * DAY;

/** A draft is on the board, and among open work, only if a customer asked for it, or while its unit is at the shop. */
export const isWork = or(ne(workOrders.state, "draft"), isNotNull(workOrders.request), and(isNotNull(workOrders.arrivedAt), isNull(workOrders.releasedAt)));

/** The cards on the board, longest waiting first. */
export async function readBoard(db: ScopedDatabase<"staff">, now: UtcMs) {
  const { id, number, title, state, holdReason, leadName, promisedAt, stateSince, overLines, version } = workOrders;
  const running = inArray(workOrders.state, runningStates);
  const fresh = and(eq(workOrders.state, "completed"), gte(workOrders.stateSince, later(now, -COMPLETED_FOR)));
  return db.query({
    from: workOrders,
    columns: {
      id,
      number,
      title,
      state,
      holdReason,
      leadName,
      promisedAt,
      stateSince,
      overLines,
      version,
      unitNumber: assets.unitNumber,
      assetId: assets.id,
      kind: assets.kind,
      doNotOperate: isBarred("orders").mapWith(Boolean),
      criticalFault: hasCriticalFault("orders").mapWith(Boolean),
      fleetRepaired: hasUndecidedRepair.mapWith(Boolean),
      request: workOrders.request,
      customer: customers.name,
    },
    join: [
      [assets, eq(assets.id, workOrders.assetId)],
      [customers, eq(customers.id, workOrders.customerId)],
    ],
    where: or(and(running, isWork), fresh),
    orderBy: [asc(workOrders.stateSince), desc(workOrders.number)],
    limit: PER_BOARD,
  });
}
