import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { dayOf, type UtcMs } from "~/kernel/time";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { decide } from "./decide-order";
import { overrideDecisions } from "./lines/decide-line";
import type { WorkOrderCommand, WorkOrderRefusal } from "./order";
import { workOrderStore } from "./work-order.store.server";

type Billing = Extract<WorkOrderCommand, { intent: "bill" | "unbill" }>;

/**
 * The rows that mark orders as invoiced or release them again, for the invoice's own batch: all of it is saved or
 * nothing. `why` is the reason for billing what was not authorized; it is kept with each such line.
 */
export async function billOrders(
  db: ScopedDatabase<"staff">,
  orders: readonly { id: Id<"workOrder">; command: Billing }[],
  now: UtcMs,
  why = "",
): Promise<Result<Statement[], WorkOrderRefusal & { order: Id<"workOrder"> }>> {
  const store = workOrderStore(db);
  const { actor, organization } = db.scope;
  const rows: Statement[] = [];
  for (const { id, command } of orders) {
    const found = await store.find(id);
    if (!found) return err({ kind: "not-found", order: id });
    const reasoned = why === "" ? [] : overrideDecisions(found.order, { reason: why, by: actor.name }, now, dayOf(now, organization.zone));
    const decided = decide(found.order, command.intent === "bill" ? { ...command, reasoned, why } : command, now);
    if (!decided.ok) return err({ ...decided.error, order: id });
    rows.push(...store.rowsOf(found.order, decided.value, now));
  }
  return ok(rows);
}
