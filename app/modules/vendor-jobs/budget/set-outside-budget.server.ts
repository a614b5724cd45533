import type { Id } from "~/kernel/ids";
import type { Cents } from "~/kernel/money";
import type { Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { outsideBudgetStore } from "./outside-budget.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };

/** Sets or removes the limit on an order's outside work. The caller drains the outbox. */
export async function setOutsideBudget(s: Needs, workOrderId: Id<"workOrder">, amount: Cents | null): Promise<Result<null, { kind: "stale" }>> {
  const store = outsideBudgetStore(s.db);
  const { version } = await store.orderBudget(workOrderId);
  return store.setOrderBudget(workOrderId, amount, version + 1, s.clock.now());
}
