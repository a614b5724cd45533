import type { Id } from "~/kernel/ids";
import { err, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { Order } from "~/modules/work-orders/order";
import { type ChangeRefusal, runOrderCommand } from "~/modules/work-orders/order-command.step.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { isUnderWay } from "./job-states";
import { completesAnyway } from "./labels";
import { outsideOrderStore } from "./outside-order.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
/** A vendor job of the order is still open; the order completes with a reason all the same. */
export type StillAtVendor = { kind: "at-vendor"; message: string };

/** Completes a work order. While a vendor job of it is open, that takes a reason, which stays on record. */
export async function completeOrder(
  s: Needs,
  id: Id<"workOrder">,
  { seen, why }: { seen: number; why: string },
): Promise<Result<Order, ChangeRefusal | StillAtVendor>> {
  const [open] = (await outsideOrderStore(s.db).atVendors(id)).filter(({ state }) => isUnderWay(state));
  if (open && why === "") return err({ kind: "at-vendor", message: completesAnyway(open) });
  return runOrderCommand(s, id, { intent: "move", seen, to: "completed", holdReason: null, ...(open ? { why } : {}) });
}
