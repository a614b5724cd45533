import type { Id } from "~/kernel/ids";
import { ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { ownerOf } from "~/modules/assets/owner.server";
import { type ChangeRefusal, runOrderCommand } from "~/modules/work-orders/order-command.step.server";
import { findOrder } from "~/modules/work-orders/order-rows.step.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { takeOverOrder } from "./take-over-order.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock; directory: Pick<Directory, "organization"> };

/** Whose order it is when its unit arrives and has another owner now. */
export const ownerChoices = ["keep", "copy"] as const;
export type OwnerChoice = (typeof ownerChoices)[number];

/**
 * Records that an order's unit came to the shop. Where the unit has another owner now, somebody chooses: the order stays
 * with its customer, or it is canceled and its work goes to an order of the new owner. Returns the order it is now.
 */
export async function arriveUnit(s: Needs, id: Id<"workOrder">, choice: OwnerChoice | null): Promise<Result<Id<"workOrder">, ChangeRefusal>> {
  const order = choice === "copy" ? await findOrder(s.db, id) : null;
  const owner = order && (await ownerOf(s.db, order.assetId));
  const taken = order && owner && owner !== order.customerId ? await takeOverOrder(s, id, owner) : ok(id);
  if (!taken.ok) return taken;
  const arrived = await runOrderCommand(s, taken.value, choice === "keep" ? { intent: "arrive", keeps: true } : { intent: "arrive" });
  return arrived.ok ? taken : arrived;
}
