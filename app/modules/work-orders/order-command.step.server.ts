import type { Id } from "~/kernel/ids";
import { err, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { ownerOf } from "~/modules/assets/owner.server";
import { changeRecord } from "~/platform/database/change-record.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { decide } from "./decide-order";
import type { Order, WorkOrderCommand, WorkOrderRefusal } from "./order";
import { workOrderStore } from "./work-order.store.server";

export type ChangeNeeds = { db: ScopedDatabase<"staff"> | ScopedDatabase<"job">; clock: Clock };
export type ChangeRefusal = WorkOrderRefusal | { kind: "clock-elsewhere" };
/** A move is decided under the current rates, which are read here. Billing is part of an invoice's own save. */
export type Asked = Exclude<WorkOrderCommand, { intent: "move" | "bill" | "unbill" }> | Omit<Extract<WorkOrderCommand, { intent: "move" }>, "rulesVersion">;

/**
 * Runs one command on an order by the rules of work orders alone; what else must be true or must follow is up to the
 * use case that calls this. Only a conflict over the same part comes back as `stale`.
 */
export async function runOrderCommand(
  s: ChangeNeeds,
  id: Id<"workOrder">,
  asked: Asked,
  more: { changes?: readonly Statement[] } = {},
): Promise<Result<Order, ChangeRefusal>> {
  const store = workOrderStore(s.db);
  return changeRecord({
    clock: s.clock,
    load: () => store.find(id),
    async decide({ order, rules }, now) {
      if (arrivesBy(order, asked)) {
        const owner = await ownerOf(s.db, order.assetId);
        if (owner !== null && owner !== order.customerId) return err({ kind: "other-owner" as const, message: OTHER_OWNER });
      }
      return decide(order, asked.intent === "move" ? { ...asked, rulesVersion: rules.version } : asked, now);
    },
    save: ({ order }, change, now) => store.save(order, change, now, more),
  });
}

const OTHER_OWNER = "The unit has another owner now. Record its arrival first, and choose whose order this is.";

/** Whether a command brings the unit to the shop: by itself, or because work starts. */
function arrivesBy({ arrivedAt, releasedAt }: Order, asked: Asked): boolean {
  if (arrivedAt !== null && releasedAt === null) return false;
  return (asked.intent === "arrive" && asked.keeps !== true) || asked.intent === "start-clock" || (asked.intent === "move" && asked.to === "in-progress");
}
