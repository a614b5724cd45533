import { type Id, newId } from "~/kernel/ids";
import { dayOf, type UtcMs } from "~/kernel/time";
import type { Statement } from "~/platform/database/scoped.server";
import type { Change, Order } from "../order";
import { type OrderDatabase, orderAggregate } from "../order-aggregate.store.server";
import { canEdit } from "../work-order";
import { followerRows } from "./follower.store.server";
import { movedOnApproval, moveLines } from "./move-lines";

/**
 * An order as an estimate changes it, for staff and for the customer who answers: it writes what `offer-lines` decided
 * about offered lines, as part of the estimate's own batch.
 */
export function offeredOrder(db: OrderDatabase) {
  const { find, rowsOf } = orderAggregate(db);

  return {
    find,

    /**
     * The rows of a change. Where the order is locked when an approval comes, approved lines that were not done go to a
     * new order of the same customer, with their decisions; `orderId` is the order that the work is on now.
     */
    rowsOf(order: Order, change: Change, at: UtcMs): { orderId: Id<"workOrder">; rows: Statement[] } {
      const moved = canEdit(order.state) === true ? [] : movedOnApproval(order, change);
      if (moved.length === 0) return { orderId: order.id, rows: rowsOf(order, change, at) };
      const to = newId("workOrder", at);
      const parts = moveLines(order, change, moved, {
        id: to,
        state: "open",
        now: at,
        today: dayOf(at, db.scope.organization?.zone ?? "UTC"),
        newJobId: () => newId("job", at),
      });
      // What was done of a job stays the job that it was; only work that was not begun goes on elsewhere.
      const continued = parts.continued.filter(({ wasDone }) => !wasDone);
      return { orderId: to, rows: [...rowsOf(order, parts.change, at), ...followerRows(db, parts.follower, { number: order.number, continued }, at)] };
    },
  };
}
