import type { Id } from "~/kernel/ids";
import { dayOf, type UtcMs } from "~/kernel/time";
import type { Order } from "~/modules/work-orders/order";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { estimateStore } from "./estimate.store.server";
import { isClosed, lapsedBefore } from "./unanswered";
import { estimateIdsOf, unansweredOrders } from "./unanswered-orders.store.server";
import { withdraw } from "./write-revision";

type At = { now: UtcMs; zone: string };

/** A page of draft orders whose estimates lead to no work anymore. */
export const unansweredPage = (db: ScopedDatabase<"job">, after: Id<"workOrder"> | null, { now, zone }: At): Promise<Id<"workOrder">[]> =>
  unansweredOrders(db, { after, lapsed: lapsedBefore(now, zone) });

/**
 * The rows that withdraw the expired estimates of an order which is canceled; null if one of them may still lead to
 * work. Nobody is mailed, because nothing ends that the customer could still answer.
 */
export async function closingRows(db: ScopedDatabase<"job">, order: Order, { now, zone }: At, by: { by: string; why: string }): Promise<Statement[] | null> {
  const store = estimateStore(db);
  const found = await Promise.all((await estimateIdsOf(db, order.id)).map((id) => store.find(id)));
  const estimates = found.flatMap((one) => one ?? []);
  if (!isClosed(estimates, lapsedBefore(now, zone))) return null;
  return estimates.flatMap((estimate) => {
    const withdrawn = withdraw(estimate, by, { order, now, today: dayOf(now, zone) });
    // The order's own change frees the lines.
    return withdrawn.ok ? store.rowsOf(estimate, { ...withdrawn.value, order: undefined }, now) : [];
  });
}
