import { and, desc, eq } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { journal } from "~/platform/database/tenant.tables";
import { monthOf } from "./budget/month";
import { outsideBudgetStore } from "./budget/outside-budget.store.server";
import { can } from "./job-states";
import { outsideOrderStore } from "./outside-order.store.server";
import { vendorJobStore } from "./vendor-job.store.server";
import { vendorMessageStore } from "./vendor-message.store.server";

const MAX_ACTIVITY = 100;

/** One assignment for the shop: its estimates and invoices, the limits it counts against, what was written, and what has happened. */
export async function readVendorJobRecord(db: ScopedDatabase<"staff">, id: Id<"vendorJob">, now: UtcMs, zone: string) {
  const job = await vendorJobStore(db).find(id);
  if (!job) return null;
  const orders = outsideOrderStore(db);
  const [about, budgets, messages, held, activity] = await Promise.all([
    orders.about(job),
    outsideBudgetStore(db).budgets(job, monthOf(now, zone)),
    vendorMessageStore(db).of(id),
    can("call-off", job.state) === true ? orders.heldBy(job) : null,
    db.query({
      from: journal,
      columns: { version: journal.version, at: journal.at, what: journal.what, actor: journal.actor, body: journal.body },
      where: and(eq(journal.recordKind, "vendor-job"), eq(journal.recordId, id)),
      orderBy: [desc(journal.version)],
      limit: MAX_ACTIVITY,
    }),
  ]);
  return { job, about, budgets, messages, holdsOrder: held !== null, activity };
}

/** What the outside work of an order may come to; null where nobody set a limit. */
export const readOutsideBudget = async (db: ScopedDatabase<"staff">, workOrderId: Id<"workOrder">) =>
  (await outsideBudgetStore(db).orderBudget(workOrderId)).amount;

/** How a vendor's budget of the month stands; null where none is agreed. */
export async function readVendorMonth(db: ScopedDatabase<"staff">, vendorId: Id<"vendor">, now: UtcMs, zone: string) {
  // No job and no order has an empty id: nothing is left out, and nothing of an order counted.
  const nobody = { id: "" as Id<"vendorJob">, workOrderId: "" as Id<"workOrder">, vendorId, notToExceed: null };
  return (await outsideBudgetStore(db).budgets(nobody, monthOf(now, zone))).find(({ of }) => of === "vendor-month") ?? null;
}
