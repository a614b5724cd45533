import type { Id } from "~/kernel/ids";
import { err, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import { linesOf } from "~/modules/work-orders/lines/order-authorization";
import type { Order } from "~/modules/work-orders/order";
import { type ChangeRefusal, runOrderCommand } from "~/modules/work-orders/order-command.step.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { keepsOrder } from "./labels";
import { isAtVendor, outsideOrderStore } from "./outside-order.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock; directory: Pick<Directory, "organization"> };

/**
 * Cancels a work order and withdraws its open estimates, unless a vendor is still working on part of it: that job must
 * end first, so the vendor knows.
 */
export async function cancelOrder(s: Needs, id: Id<"workOrder">, why: string): Promise<Result<Order, ChangeRefusal>> {
  const orders = outsideOrderStore(s.db);
  const message = (await orders.atVendors(id)).map(keepsOrder).find((kept) => kept !== null);
  if (message) return err({ kind: "not-allowed", message });
  try {
    const canceled = await runOrderCommand(s, id, { intent: "cancel", why }, { changes: [orders.unlessAtVendor(id)] });
    const open = canceled.ok ? [...new Set(linesOf(canceled.value).flatMap(({ offer }) => offer?.estimateId ?? []))] : [];
    // One that was answered in between is left as it is; approved work goes to an order of its own.
    for (const estimateId of open) await changeEstimate(s, estimateId, { intent: "withdraw", why: `The work order was canceled: ${why}` });
    return canceled;
  } catch (cause) {
    if (!isAtVendor(cause)) throw cause;
    // Refused again, with the reason: the job was assigned after they were read.
    return cancelOrder(s, id, why);
  }
}
