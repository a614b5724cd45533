import type { Id } from "~/kernel/ids";
import { err, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { Order } from "~/modules/work-orders/order";
import { type ChangeRefusal, runOrderCommand } from "~/modules/work-orders/order-command.step.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { keepsOrder } from "./labels";
import { isAtVendor, outsideOrderStore } from "./outside-order.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };

/** Cancels a work order, unless a vendor is still working on part of it: that job must end first, so the vendor knows. */
export async function cancelOrder(s: Needs, id: Id<"workOrder">, why: string): Promise<Result<Order, ChangeRefusal>> {
  const orders = outsideOrderStore(s.db);
  const message = (await orders.atVendors(id)).map(keepsOrder).find((kept) => kept !== null);
  if (message) return err({ kind: "not-allowed", message });
  try {
    return await runOrderCommand(s, id, { intent: "cancel", why }, { changes: [orders.unlessAtVendor(id)] });
  } catch (cause) {
    if (!isAtVendor(cause)) throw cause;
    // Refused again, with the reason: the job was assigned after they were read.
    return cancelOrder(s, id, why);
  }
}
