import { type Id, newId } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, dayOf } from "~/kernel/time";
import { ownerOf } from "~/modules/assets/owner.server";
import { plannedJobs } from "~/modules/work-orders/canned-jobs/planned-jobs.step.server";
import { asOrderLines } from "~/modules/work-orders/lines/order-lines";
import type { WorkOrderRefusal } from "~/modules/work-orders/order";
import { runOrderCommand } from "~/modules/work-orders/order-command.step.server";
import { findOrder, newOrderRows, saveSums } from "~/modules/work-orders/order-rows.step.server";
import { isTaken } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { maintenanceStore } from "../maintenance.store.server";
import { type FoundSchedule, scheduleStore, UNITS_AT_ONCE } from "../schedule.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
export type MadeOrder = { id: Id<"workOrder">; assetId: Id<"asset"> };

/**
 * Makes one work order for each unit of these schedules, with a job for each. What is on an open order already is left
 * out, so a form sent twice, or by two people at once, orders everything once.
 */
export async function makeServiceOrders(
  s: Needs,
  scheduleIds: readonly Id<"schedule">[],
): Promise<Result<MadeOrder[], { kind: "nothing-due" } | { kind: "stale" }>> {
  const store = scheduleStore(s.db);
  const units = await store.unitsOfSchedules(scheduleIds);
  const made: MadeOrder[] = [];
  for (let from = 0; from < units.length; from += UNITS_AT_ONCE)
    for (const unit of await store.units(units.slice(from, from + UNITS_AT_ONCE), s.clock.now(), s.db.scope.organization.zone)) {
      const wanted = unit.schedules.filter(({ id, openOrder }) => scheduleIds.includes(id) && openOrder === null);
      const order = wanted.length === 0 ? null : await orderFor(s, unit.id, wanted);
      if (order) made.push({ id: order, assetId: unit.id });
    }
  return made.length === 0 ? err({ kind: "nothing-due" }) : ok(made);
}

async function orderFor(s: Needs, assetId: Id<"asset">, wanted: readonly FoundSchedule[]): Promise<Id<"workOrder"> | null> {
  const customerId = await ownerOf(s.db, assetId);
  if (!customerId) return null;
  const now = s.clock.now();
  const id = newId("workOrder", now);
  const drafts = await plannedJobs(
    s.db,
    customerId,
    wanted.map((schedule) => ({ jobId: newId("job", now), cannedJobId: schedule.cannedJobId, complaint: schedule.name })),
  );
  const [first, ...rest] = drafts.map((draft, n) => ({ ...draft, position: n + 1, version: 1, lines: asOrderLines(draft.lines, [], 1) }));
  if (!first) return null;
  const title = wanted.map(({ name }) => name).join(", ");
  const order = {
    id,
    title: title.length > 80 ? `${title.slice(0, 79)}…` : title,
    assetId,
    customerId,
    state: "open" as const,
    lead: null,
    promisedAt: null,
    purchaseOrder: null,
    request: null,
    jobs: [first, ...rest] as const,
  };
  const store = maintenanceStore(s.db);
  const work = wanted.flatMap((schedule, n) => store.workRows(schedule, id, drafts[n]?.id ?? first.id, now));
  try {
    await store.batch([...newOrderRows(s.db, order, now), ...work]);
  } catch (cause) {
    // Somebody else made the order a moment before.
    if (isTaken(cause, "journal.")) return null;
    throw cause;
  }
  await saveSums(s.db, id, dayOf(now, s.db.scope.organization.zone));
  return id;
}

export type AddRefusal = WorkOrderRefusal | { kind: "clock-elsewhere" } | { kind: "nothing-due" };

/** Puts a unit's due work on an order of the same unit: the truck is in the shop, so its service is done too. */
export async function addServiceToOrder(
  s: Needs,
  workOrderId: Id<"workOrder">,
  scheduleIds: readonly Id<"schedule">[],
): Promise<Result<{ added: number }, AddRefusal>> {
  const order = await findOrder(s.db, workOrderId);
  if (!order) return err({ kind: "not-found" });
  const now = s.clock.now();
  const [unit] = await scheduleStore(s.db).units([order.assetId], now, s.db.scope.organization.zone);
  const wanted =
    unit?.schedules.filter(
      ({ id, openOrder, work }) => scheduleIds.includes(id) && openOrder === null && !work.some((one) => one.workOrderId === workOrderId),
    ) ?? [];
  if (wanted.length === 0) return err({ kind: "nothing-due" });
  const store = maintenanceStore(s.db);
  for (const schedule of wanted) {
    const [job] = await plannedJobs(s.db, order.customerId, [{ jobId: newId("job", now), cannedJobId: schedule.cannedJobId, complaint: schedule.name }]);
    if (!job) continue;
    const saved = await runOrderCommand(s, workOrderId, { intent: "save-job", seen: 1, job }, { changes: store.workRows(schedule, workOrderId, job.id, now) });
    if (!saved.ok) return saved;
  }
  return ok({ added: wanted.length });
}
