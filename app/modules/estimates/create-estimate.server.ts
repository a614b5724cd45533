import { canonical } from "~/kernel/canonical";
import type { Id } from "~/kernel/ids";
import { err, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { bindLines } from "~/modules/work-orders/lines/offer-lines";
import { offeredOrder } from "~/modules/work-orders/lines/offered-order.step.server";
import type { Change as OrderChange } from "~/modules/work-orders/order";
import { changeRecord } from "~/platform/database/change-record.server";
import type { IdTaken } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { estimateStore } from "./estimate.store.server";
import { type Content, lineIdsIn } from "./estimate-snapshot";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
type Writing = { id: Id<"estimate">; workOrderId: Id<"workOrder">; content: Content };
export type CreateRefusal = IdTaken | { kind: "not-found" } | { kind: "not-allowed"; message: string } | { kind: "stale" };

/** Starts an estimate for lines of an order, for the order's customer. Submitted twice, it is created once. */
export async function createEstimate(s: Needs, { id, workOrderId, content }: Writing): Promise<Result<null, CreateRefusal>> {
  const [store, orders] = [estimateStore(s.db), offeredOrder(s.db)];
  const isThere = async () => {
    const there = await store.find(id);
    const isSame = there?.workOrderId === workOrderId && canonical(there.revisions[0]?.content) === canonical(content);
    return there && (isSame ? { ok: true as const, value: null } : err({ kind: "id-taken" as const }));
  };
  const known = await isThere();
  if (known) return known;
  const created = await changeRecord({
    clock: s.clock,
    load: () => orders.find(workOrderId),
    decide({ order }): Result<OrderChange, CreateRefusal> {
      const bound = bindLines(order, id, lineIdsIn(content));
      if (bound.ok) return bound;
      return bound.error.kind === "not-allowed" ? err({ kind: "not-allowed", message: bound.error.message }) : err({ kind: "stale" });
    },
    async save({ order }, change, now): Promise<Result<null, IdTaken | { kind: "stale" }>> {
      const { rows } = orders.rowsOf(order, change, now);
      const saved = await store.create({ id, assetId: order.assetId, customerId: order.customerId, workOrderId, content }, rows, now);
      // What collided may be the order's entry, which somebody else wrote meanwhile.
      return saved.ok || (await store.find(id)) ? saved : err({ kind: "stale" });
    },
  });
  // The same form sent twice at once: the first one's estimate is there now.
  return created.ok ? created : ((await isThere()) ?? created);
}
