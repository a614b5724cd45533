import { and, desc, eq } from "drizzle-orm";
import { activityItem } from "~/kernel/events";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { workOrderStore } from "~/modules/work-orders/work-order.store.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { journal } from "~/platform/database/tenant.tables";
import { monthOf } from "./budget/month";
import { outsideBudgetStore } from "./budget/outside-budget.store.server";
import { can } from "./job-states";
import { outsideOrderStore } from "./outside-order.store.server";
import { whyPriceFixed } from "./price-fixed";
import type { VendorJob } from "./vendor-job";
import { vendorJobJournal } from "./vendor-job.journal";
import { vendorJobStore } from "./vendor-job.store.server";
import { vendorMessageStore } from "./vendor-message.store.server";

const MAX_ACTIVITY = 100;

/** An assignment for staff: estimates, invoices, limits, messages and activity. */
export async function readVendorJobRecord(db: ScopedDatabase<"staff">, id: Id<"vendorJob">, now: UtcMs) {
  const job = await vendorJobStore(db).find(id);
  if (!job) return null;
  const orders = outsideOrderStore(db);
  const [about, budgets, messages, held, activity] = await Promise.all([
    orders.about(job),
    outsideBudgetStore(db).budgets(job, monthOf(now, db.scope.organization.zone)),
    vendorMessageStore(db).of(id),
    can("call-off", job.state) === true ? orders.heldBy(job) : null,
    db.query({
      from: journal,
      columns: { recordId: journal.recordId, version: journal.version, at: journal.at, event: journal.event, actor: journal.actor, body: journal.body },
      where: and(eq(journal.recordKind, "vendor-job"), eq(journal.recordId, id)),
      orderBy: [desc(journal.version)],
      limit: MAX_ACTIVITY,
    }),
  ]);
  return { job, about, budgets, messages, holdsOrder: held !== null, activity: activity.map((row) => activityItem(vendorJobJournal.definitions, row, "own")) };
}

/** Why the customer's price stays as it is when the job's invoice is approved; null where it follows the cost. */
export async function readWhyPriceFixed(db: ScopedDatabase<"staff">, { workOrderId, lineId }: Pick<VendorJob, "workOrderId" | "lineId">) {
  const found = await workOrderStore(db).find(workOrderId);
  return found && whyPriceFixed(found.order, lineId);
}

/** The limit on an order's outside work; null if none is set. */
export const readOutsideBudget = async (db: ScopedDatabase<"staff">, workOrderId: Id<"workOrder">) =>
  (await outsideBudgetStore(db).orderBudget(workOrderId)).amount;

/** A vendor's budget this month and its use; null if there is none. */
export async function readVendorMonth(db: ScopedDatabase<"staff">, vendorId: Id<"vendor">, now: UtcMs) {
  // Empty ids match no job and no order, so only the vendor's month is counted.
  const none = { id: "" as Id<"vendorJob">, workOrderId: "" as Id<"workOrder">, vendorId, notToExceed: null };
  return (await outsideBudgetStore(db).budgets(none, monthOf(now, db.scope.organization.zone))).find(({ of }) => of === "vendor-month") ?? null;
}
