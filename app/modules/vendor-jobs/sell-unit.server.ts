import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock, UtcMs } from "~/kernel/time";
import { handOverAsset } from "~/modules/assets/change-asset.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { takeOverOrder, whyNotTakenOver } from "./take-over-order.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock; directory: Pick<Directory, "organization"> };
type HandOver = Parameters<typeof handOverAsset>[1];
type HandOverRefusal = Extract<Awaited<ReturnType<typeof handOverAsset>>, { ok: false }>["error"];

/** `takenOver`: the former owner's orders that are canceled, with their work on new orders of the new owner. All others stay with the former owner. */
export type Selling = { id: Id<"asset">; to: Id<"customer">; from: UtcMs; takenOver: readonly Id<"workOrder">[] };
export type SellRefusal = HandOverRefusal | { kind: "order-stays"; order: Id<"workOrder">; message: string };

/**
 * Transfers a unit to another customer, with the orders that were chosen to go along. One that can't go refuses all of
 * it; one that changed at this moment stays, and is counted.
 */
export async function sellUnit(s: Needs, { takenOver, ...handOver }: Selling): Promise<Result<{ taken: number; stayed: number }, SellRefusal>> {
  for (const order of takenOver) {
    const message = await whyNotTakenOver(s, order);
    if (message) return err({ kind: "order-stays", order, message });
  }
  const sold = await handOverAsset(s, handOver satisfies HandOver);
  if (!sold.ok) return sold;
  let taken = 0;
  for (const order of takenOver) if ((await takeOverOrder(s, order, handOver.to)).ok) taken += 1;
  return ok({ taken, stayed: takenOver.length - taken });
}
