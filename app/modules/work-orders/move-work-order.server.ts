import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { decideMove, type Move, type MoveRefusal, type WorkOrderStanding } from "./work-order";
import { workOrderStore } from "./work-order.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock; drainSoon(): void };

export async function moveWorkOrder(
  s: Needs,
  { id, ...move }: Move & { id: Id<"workOrder"> },
): Promise<Result<WorkOrderStanding, MoveRefusal | { kind: "not-found" }>> {
  const store = workOrderStore(s.db);
  const order = await store.find(id);
  if (!order) return err({ kind: "not-found" });
  const now = s.clock.now();
  const decided = decideMove(order, move, now);
  if (!decided.ok) return decided;
  const saved = await store.saveStanding(id, decided.value, now, { from: order.state, to: move.to, holdReason: decided.value.holdReason });
  if (!saved.ok) return saved;
  s.drainSoon();
  return ok(decided.value);
}
