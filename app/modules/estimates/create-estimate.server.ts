import { canonical } from "~/kernel/canonical";
import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, dayOf } from "~/kernel/time";
import { bindLines } from "~/modules/work-orders/lines/offer-lines";
import { offeredOrder } from "~/modules/work-orders/lines/offered-order.step.server";
import { authorizationIn } from "~/modules/work-orders/lines/order-authorization";
import type { Change as OrderChange } from "~/modules/work-orders/order";
import { changeRecord } from "~/platform/database/change-record.server";
import type { IdTaken } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { estimateStore } from "./estimate.store.server";
import { type Content, lineIdsIn, namesGone, wholeJobs } from "./estimate-snapshot";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
type Writing = { id: Id<"estimate">; workOrderId: Id<"workOrder">; content: Content };
export type CreateRefusal = IdTaken | { kind: "not-found" } | { kind: "not-allowed"; message: string } | { kind: "stale" };

/** Starts an estimate for lines of an order, for the order's customer. Submitted twice, it is created once. */
export async function createEstimate(s: Needs, { id, workOrderId, content }: Writing): Promise<Result<null, CreateRefusal>> {
  const [store, orders] = [estimateStore(s.db), offeredOrder(s.db)];
  const isThere = async () => {
    const there = await store.find(id);
    const isSame = there?.workOrderId === workOrderId && isBegunWith(there.revisions[0]?.content, content);
    return there && (isSame ? { ok: true as const, value: null } : err({ kind: "id-taken" as const }));
  };
  const known = await isThere();
  if (known) return known;
  const created = await changeRecord({
    clock: s.clock,
    load: () => orders.find(workOrderId),
    decide({ order }, now): Result<{ change: OrderChange; jobs: Content["jobs"] }, CreateRefusal> {
      const authorization = authorizationIn(order, dayOf(now, s.db.scope.organization.zone));
      const jobs = wholeJobs(content, { jobs: order.jobs, authorization });
      const bound = bindLines(order, id, lineIdsIn({ jobs }));
      if (bound.ok && namesGone(content, order)) return err({ kind: "stale" });
      if (bound.ok) return ok({ change: bound.value, jobs });
      return bound.error.kind === "not-allowed" ? err({ kind: "not-allowed", message: bound.error.message }) : err({ kind: "stale" });
    },
    async save({ order }, { change, jobs }, now): Promise<Result<null, IdTaken | { kind: "stale" }>> {
      const { rows } = orders.rowsOf(order, change, now);
      const saved = await store.create({ id, assetId: order.assetId, customerId: order.customerId, workOrderId, content: { ...content, jobs } }, rows, now);
      // What collided may be the order's entry, which somebody else wrote meanwhile.
      return saved.ok || (await store.find(id)) ? saved : err({ kind: "stale" });
    },
  });
  // The same form sent twice at once: the first one's estimate is there now.
  return created.ok ? created : ((await isThere()) ?? created);
}

/** Whether a saved draft is of this content, which it may have completed with options and cores. */
const isBegunWith = (saved: Content | undefined, { jobs, ...head }: Content): boolean => {
  if (!saved) return false;
  const { jobs: whole, ...savedHead } = saved;
  return canonical(savedHead) === canonical(head) && lineIdsIn({ jobs }).every((line) => lineIdsIn({ jobs: whole }).includes(line));
};
