import { eq } from "drizzle-orm";
import { type Id, newId } from "~/kernel/ids";
import { dayOf, type UtcMs } from "~/kernel/time";
import { numbered } from "~/modules/organizations/numbering/numbering";
import { nextNumber } from "~/platform/database/counters.server";
import { effectRow, entryRow } from "~/platform/database/journal.server";
import type { Statement } from "~/platform/database/scoped.server";
import { boardAudiences } from "~/platform/live/board";
import { boardChanged } from "~/platform/live/board-effects";
import { jobRow } from "../new-order.store.server";
import type { Change, Order } from "../order";
import { type OrderDatabase, orderAggregate, sumsFor } from "../order-aggregate.store.server";
import { titleOf } from "../service-requests/service-request";
import { canEdit } from "../work-order";
import { workOrderJournal } from "../work-order.journal";
import { workOrderJobs, workOrderLines, workOrders } from "../work-order.tables";
import { movedOnApproval, moveLines } from "./move-lines";
import { lineRow } from "./order-lines.store.server";

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
      const parts = moveLines(order, change, moved, { id: to, now: at, newJobId: () => newId("job", at) });
      return { orderId: to, rows: [...rowsOf(order, parts.change, at), ...rowsOfNew(parts.follower, order, at)] };
    },
  };

  /** The rows of an order that takes over lines of another one. */
  function rowsOfNew(order: Order, from: Order, at: UtcMs): Statement[] {
    const { id, title, assetId, customerId, state, lead, promisedAt, purchaseOrder, most, jobs } = order;
    const number = nextNumber(db, "work-order", numbered["work-order"].first);
    const event = workOrderJournal.of("work-order.opened", { state: "open", complaint: title, from: from.number });
    return [
      number.take,
      entryRow(db, { record: { kind: "work-order", id, version: 1 }, at, event, about: assetId }),
      db.insert(workOrders, {
        id,
        number: number.value,
        title: titleOf(title),
        assetId,
        customerId,
        state,
        leadId: lead?.id ?? null,
        leadName: lead?.name ?? null,
        promisedAt,
        purchaseOrder,
        request: null,
        standingMost: most.standing,
        namedMost: most.named,
        approvedMost: most.approved,
        ...sumsFor(order, dayOf(at, db.scope.organization?.zone ?? "UTC")),
        stateSince: at,
        createdAt: at,
        version: 1,
      }),
      ...jobs.flatMap((job) => [
        db.insert(workOrderJobs, { workOrderId: id, ...jobRow(job) }),
        ...job.lines.map((line, position) => db.update(workOrderLines, lineRow(id, job.id, position, line), eq(workOrderLines.id, line.id))),
      ]),
      effectRow(db, boardChanged(`${id}:1`, { kind: "work-order", id, version: 1 }, boardAudiences(customerId, true)), at),
    ];
  }
}
