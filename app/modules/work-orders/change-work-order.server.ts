import type { Id } from "~/kernel/ids";
import { err, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { decide, type Order, type WorkOrderCommand, type WorkOrderRefusal } from "./order";
import { workOrderStore } from "./work-order.store.server";

export type ChangeNeeds = { db: ScopedDatabase<"staff"> | ScopedDatabase<"job">; clock: Clock; drainSoon(): void };
export type ChangeRefusal = WorkOrderRefusal | { kind: "clock-elsewhere" };
/** A move is decided under the current rates, which the use case reads itself. */
type Asked = Exclude<WorkOrderCommand, { intent: "move" }> | Omit<Extract<WorkOrderCommand, { intent: "move" }>, "rulesVersion">;

/** How often a save is retried after someone else saved first, before the caller gets `stale`. */
const MAX_ATTEMPTS = 5;

/**
 * Runs one command on an order: load, decide, save once. If someone else saved in between, it decides again on their
 * version; only a conflict over the same part comes back as `stale`.
 */
export async function changeWorkOrder(s: ChangeNeeds, id: Id<"workOrder">, asked: Asked): Promise<Result<Order, ChangeRefusal>> {
  const store = workOrderStore(s.db);
  for (let attempt = 1; ; attempt++) {
    const found = await store.find(id);
    if (!found) return err({ kind: "not-found" });
    const now = s.clock.now();
    const command: WorkOrderCommand = asked.intent === "move" ? { ...asked, rulesVersion: found.rules.version } : asked;
    const decided = decide(found.order, command, now);
    if (!decided.ok) return decided;
    const saved = await store.save(found.order, decided.value, now);
    if (saved.ok) {
      s.drainSoon();
      return saved;
    }
    if (saved.error.kind !== "stale" || attempt === MAX_ATTEMPTS) return saved;
  }
}
