import type { Id } from "~/kernel/ids";
import type { Cents } from "~/kernel/money";
import type { Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { outsideBudgetStore } from "./outside-budget.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };

/** Limits what the outside work of an order may come to, or takes the limit off. The caller drains. */
export async function setOutsideBudget(s: Needs, workOrderId: Id<"workOrder">, amount: Cents | null): Promise<Result<null, { kind: "stale" }>> {
  const store = outsideBudgetStore(s.db);
  const { version } = await store.orderBudget(workOrderId);
  return store.setOrderBudget(workOrderId, amount, version + 1, s.clock.now());
}
