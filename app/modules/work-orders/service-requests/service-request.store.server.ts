import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Effect } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { save, saveNew } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { boardAudiences } from "~/platform/live/board";
import { boardChanged } from "~/platform/live/board-effects";
import { type NewOrder, newOrder } from "../new-order.store.server";
import type { Change, Order } from "../order";
import { orderAggregate } from "../order-aggregate.store.server";
import { runningStates } from "../work-order";
import { workOrderEffects } from "../work-order.effects";
import { workOrderJournal } from "../work-order.journal";
import { workOrders } from "../work-order.tables";
import type { JoinedRequest, ServiceRequest } from "./service-request";

/** Service requests from a customer's contacts, for that customer's active units. */
export function serviceRequestStore(db: ScopedDatabase<"customer">) {
  const customerId = db.scope.partyId as Id<"customer">; // a customer's session names its customer
  const orders = orderAggregate(db);
  const mail = (id: Id<"workOrder">, joined?: string): Effect =>
    workOrderEffects.of("mail.service-request", `mail.service-request:${joined ?? id}`, { workOrderId: id, ...(joined ? { joined } : {}) });
  return {
    customerId,

    /** The customer's unfinished order that a request on this fault of a unit opened. */
    async openFor(assetId: Id<"asset">, fault: string) {
      const { id, number, version, request } = workOrders;
      const [row] = await db.query({
        from: workOrders,
        columns: { id, number, title: workOrders.title, version, request },
        where: and(
          eq(workOrders.customerId, customerId),
          eq(workOrders.assetId, assetId),
          inArray(workOrders.state, runningStates),
          sql`json_extract(${request}, '$.fault') = ${fault}`,
        ),
        orderBy: [asc(number)],
        limit: 1,
      });
      return row?.request ? { ...row, request: row.request } : null;
    },

    /** A later request on the fault of an order's, with the rows of its meter reading and the mail to the shop. */
    join(
      order: { id: Id<"workOrder">; number: number; title: string; version: number },
      request: ServiceRequest,
      its: JoinedRequest,
      reading: readonly Statement[],
    ) {
      const version = order.version + 1;
      const event = workOrderJournal.of("work-order.requested-again", { number: order.number, order: order.title, complaint: its.complaint });
      const record = { kind: "work-order", id: order.id, version };
      return save(
        db,
        { record, at: its.at, event },
        [db.update(workOrders, { request, version }, eq(workOrders.id, order.id)), ...reading],
        [boardChanged(`${order.id}:${version}`, record, boardAudiences(customerId, true)), mail(order.id, its.id)],
      );
    },

    /** A request of this customer's with everything that a decision about it needs. */
    async find(id: Id<"workOrder">) {
      const [found, [row]] = await Promise.all([
        orders.find(id),
        db.query({ from: workOrders, columns: { request: workOrders.request }, where: eq(workOrders.id, id), limit: 1 }),
      ]);
      return found && row?.request ? found.order : null;
    },

    /** Its cancelation, with the notice to the shop. */
    cancel(order: Order, change: Change, at: UtcMs) {
      const { entry, writes, effects } = orders.parts(order, change, at);
      return save(db, entry, writes, [
        ...effects,
        workOrderEffects.of("mail.request-canceled", `mail.request-canceled:${order.id}`, { workOrderId: order.id }),
      ]);
    },

    async unit(id: Id<"asset">) {
      const [row] = await db.query({
        from: assets,
        columns: { kind: assets.kind },
        where: and(eq(assets.id, id), eq(assets.customerId, customerId), isNull(assets.archivedAt)),
        limit: 1,
      });
      return row ?? null;
    },

    /** Saves the order, the rows of the reported meter reading and the mail to the shop in one batch. */
    create(order: NewOrder, reading: readonly Statement[], at: UtcMs) {
      const { entry, rows, effects } = newOrder(db, order, at);
      const { id } = order;
      return saveNew(db, entry, [...rows, ...reading], [...effects, mail(id)]);
    },
  };
}
