import type { Id } from "~/kernel/ids";
import { billedIn, type OrderWork } from "~/modules/work-orders/lines/order-authorization";
import type { WorkOrderState } from "~/modules/work-orders/work-order";
import { type FrozenAuthorization, frozenFrom } from "./frozen-authorization";
import { type BillingGap, byUnit, type GroupFacts, gapOf, groupOf, type InvoiceGroup } from "./invoice-lines";

type Source = GroupFacts & {
  customerId: Id<"customer">;
  state: WorkOrderState;
  version: number;
  needsPurchaseOrder: boolean;
  work: OrderWork;
};

/** Work as an invoice charges it, with the order's version it was computed from, and the estimates that its lines were decided on. */
export type BilledWork = {
  group: InvoiceGroup;
  gap: BillingGap;
  customerId: Id<"customer">;
  state: WorkOrderState;
  version: number;
  estimates: readonly Id<"estimate">[];
  authorized: FrozenAuthorization | null;
};

/** Orders as an invoice charges them, by unit. @param today the shop's calendar day */
export function billedWork(orders: readonly Source[], today: string): BilledWork[] {
  const works = orders.map(({ customerId, state, version, needsPurchaseOrder, work, ...facts }): BilledWork => {
    const billed = billedIn(work, today);
    const lines = billed.jobs.flatMap((job) => job.lines.map(({ id }) => id));
    const estimates = work.decisions.flatMap(({ lineId, estimateId }) => (estimateId && lines.includes(lineId) ? [estimateId] : []));
    return {
      group: groupOf(facts, work, billed),
      gap: gapOf(facts, billed, needsPurchaseOrder),
      customerId,
      state,
      version,
      estimates: [...new Set(estimates)],
      authorized: frozenFrom(billed),
    };
  });
  const places = byUnit(works.map(({ group }) => group)).map(({ orderId }) => orderId);
  return works.sort((a, b) => places.indexOf(a.group.orderId) - places.indexOf(b.group.orderId));
}
