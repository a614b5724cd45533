import { newId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import { dropSublet, setSubletCost } from "~/modules/work-orders/lines/sublet-line";
import type { Order } from "~/modules/work-orders/order";
import { findOrder, orderRows } from "~/modules/work-orders/order-rows.step.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import type { VendorJobCommand } from "./decide";
import { currentCost, type VendorJob } from "./vendor-job";
import type { VendorJobDatabase } from "./vendor-job-scope.store.server";

type Command = Pick<VendorJobCommand, "intent"> & { pays?: boolean };
const setsCost = ({ intent }: Command): boolean => intent === "approve-invoice" || intent === "reverse";
/** Outside work that ends for good without an invoice to come. */
const ends = ({ intent, pays }: Command): boolean => intent === "call-off" && !pays;

/** The order's line of a vendor job, changed in the job's own batch. Only the shop's decisions change it. */
export function subletLine(db: VendorJobDatabase) {
  const orders = db.scope.audience === "vendor" ? null : (db as ScopedDatabase<"staff">); // all others read orders

  return {
    /** The order, where the command changes its line; null where it doesn't. */
    async load({ workOrderId }: VendorJob, command: Command): Promise<Order | null> {
      return orders && (setsCost(command) || ends(command)) ? findOrder(orders, workOrderId) : null;
    },

    rowsOf(order: Order, job: VendorJob, command: Command, now: UtcMs): Statement[] {
      if (!orders) return [];
      if (ends(command)) {
        const dropped = dropSublet(order, job.lineId);
        return dropped.ok ? orderRows(orders, order, dropped.value, now) : [];
      }
      const cost = currentCost(job);
      const sublet = { lineId: job.lineId, jobId: newId("job", now), vendorJobId: job.id, text: job.title, pricedElsewhere: false };
      return orderRows(orders, order, setSubletCost(order, { ...sublet, cost: cost?.amount ?? null, price: cost?.price ?? toCents(0) }), now);
    },
  };
}

/** The job with the line that its cost goes to: a new one where somebody removed the line. */
export function withLine(job: VendorJob, order: Order | null, now: UtcMs): VendorJob {
  const isThere = !order || order.jobs.some(({ lines }) => lines.some(({ id }) => id === job.lineId));
  return isThere ? job : { ...job, lineId: newId("line", now) };
}
