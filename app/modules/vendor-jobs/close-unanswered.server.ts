import type { Id } from "~/kernel/ids";
import type { Clock } from "~/kernel/time";
import { closingRows, unansweredPage } from "~/modules/estimates/close-estimates.step.server";
import { closeUnanswered } from "~/modules/work-orders/lines/close-unanswered";
import { findOrder, orderRows } from "~/modules/work-orders/order-rows.step.server";
import { isTaken } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { keepsOrder } from "./labels";
import { isAtVendor, outsideOrderStore } from "./outside-order.store.server";

type Needs = { db: ScopedDatabase<"job">; clock: Clock; zone: string };

const WHY = "Nobody approved its estimates.";

/**
 * Cancels draft orders whose estimates were all declined, or expired 30 days ago. Their lines are deferred work of the
 * unit. A repeat changes nothing. Returns how many orders were canceled.
 */
export async function closeUnansweredOrders(s: Needs): Promise<number> {
  let canceled = 0;
  for (let after: Id<"workOrder"> | null = null; ; ) {
    const ids: Id<"workOrder">[] = await unansweredPage(s.db, after, { now: s.clock.now(), zone: s.zone });
    for (const id of ids) if (await closeOne(s, id)) canceled += 1;
    const last = ids.at(-1);
    if (last === undefined) return canceled;
    after = last;
  }
}

/** Whether the order was canceled: not one that somebody works on, or changed at this moment. */
async function closeOne({ db, clock, zone }: Needs, id: Id<"workOrder">): Promise<boolean> {
  const orders = outsideOrderStore(db);
  const order = await findOrder(db, id);
  if (!order || (await orders.atVendors(id)).some((job) => keepsOrder(job) !== null)) return false;
  const now = clock.now();
  const by = { by: db.scope.actor.name, why: WHY };
  const estimates = await closingRows(db, order, { now, zone }, by);
  const change = estimates && closeUnanswered(order, by, now);
  if (!change) return false;
  try {
    await db.batch([...orderRows(db, order, change, now), ...estimates, orders.unlessAtVendor(id)]);
    return true;
  } catch (cause) {
    if (isTaken(cause, "journal.") || isAtVendor(cause)) return false;
    throw cause;
  }
}
