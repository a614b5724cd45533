import { type Id, newId } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, dayOf, type UtcMs } from "~/kernel/time";
import { ownerOf } from "~/modules/assets/owner.server";
import { plannedJobs } from "~/modules/work-orders/canned-jobs/planned-jobs.step.server";
import type { JobDraft } from "~/modules/work-orders/jobs/job";
import { asOrderLines } from "~/modules/work-orders/lines/order-lines";
import { MOST_JOBS, named } from "~/modules/work-orders/order";
import { findOrder, newOrderRows, orderRows, saveSums } from "~/modules/work-orders/order-rows.step.server";
import { canEdit } from "~/modules/work-orders/work-order";
import { workOrderJournal } from "~/modules/work-orders/work-order.journal";
import { changeRecord } from "~/platform/database/change-record.server";
import { isTaken } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { maintenanceStore } from "../maintenance.store.server";
import { refreshUnits } from "../refresh-schedules.server";
import { type FoundSchedule, scheduleStore, UNITS_AT_ONCE } from "../schedule.store.server";
import { countCannedWork } from "./count-canned.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
/** An order that does what was asked for; `wasThere` if it had the work before. */
export type ServiceOrder = { id: Id<"workOrder">; number: number; assetId: Id<"asset">; wasThere: boolean };

/** Schedules that are put on orders at once: a full page of them. */
export const MOST_ORDERED = 50;

/**
 * Makes one work order for each unit of these schedules, with a job for each. What is on an open order already is left
 * out, so a form sent twice, or by two people at once, orders everything once. An open order that has a schedule's canned
 * job already is that schedule's order.
 */
export async function makeServiceOrders(
  s: Needs,
  scheduleIds: readonly Id<"schedule">[],
): Promise<Result<ServiceOrder[], { kind: "nothing-due" } | { kind: "stale" } | { kind: "too-many" }>> {
  if (scheduleIds.length > MOST_ORDERED) return err({ kind: "too-many" });
  const store = scheduleStore(s.db);
  const units = await store.unitsOfSchedules(scheduleIds);
  const counted = await countCannedWork(s, units);
  if (counted.length > 0) await refreshUnits({ ...s, zone: s.db.scope.organization.zone }, [...new Set(counted.map(({ assetId }) => assetId))]);
  const orders: Omit<ServiceOrder, "number">[] = counted.flatMap(({ scheduleId, workOrderId, assetId }) =>
    scheduleIds.includes(scheduleId) ? [{ id: workOrderId, assetId, wasThere: true }] : [],
  );
  for (let from = 0; from < units.length; from += UNITS_AT_ONCE)
    for (const unit of await store.units(units.slice(from, from + UNITS_AT_ONCE), s.clock.now(), s.db.scope.organization.zone)) {
      const wanted = unit.schedules.filter(({ id, openOrder }) => scheduleIds.includes(id) && openOrder === null);
      const order = wanted.length === 0 ? null : await orderFor(s, unit.id, wanted);
      if (order) orders.push({ id: order, assetId: unit.id, wasThere: false });
    }
  if (orders.length === 0) return err({ kind: "nothing-due" });
  const numbers = await store.orderNumbers(orders.map(({ id }) => id));
  return ok(
    [...numbers].flatMap(([id, number]) =>
      orders
        .filter((one) => one.id === id)
        .slice(0, 1)
        .map((one) => ({ ...one, number })),
    ),
  );
}

async function orderFor(s: Needs, assetId: Id<"asset">, wanted: readonly FoundSchedule[]): Promise<Id<"workOrder"> | null> {
  const customerId = await ownerOf(s.db, assetId);
  if (!customerId) return null;
  const now = s.clock.now();
  const id = newId("workOrder", now);
  const planned = await plan(s, customerId, wanted, now);
  const [first, ...rest] = planned.map(({ draft }, n) => ({ ...draft, position: n + 1, version: 1, lines: asOrderLines(draft.lines, [], 1) }));
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
  const work = planned.flatMap(({ schedule, draft }) => maintenanceStore(s.db).workRows(schedule, id, draft.id, now));
  if (!(await saveUnlessTaken(s, [...newOrderRows(s.db, order, now), ...work]))) return null;
  await saveSums(s.db, id, dayOf(now, s.db.scope.organization.zone));
  return id;
}

export type AddRefusal = { kind: "not-allowed"; message: string } | { kind: "not-found" } | { kind: "nothing-due" } | { kind: "stale" };

/**
 * Puts a unit's due work on an order of the same unit, in one write: the truck is in the shop, so its service is done
 * too. What is on an open order already is left out.
 */
export async function addServiceToOrder(
  s: Needs,
  workOrderId: Id<"workOrder">,
  scheduleIds: readonly Id<"schedule">[],
): Promise<Result<{ added: number }, AddRefusal>> {
  return changeRecord({
    clock: s.clock,
    async load() {
      const order = await findOrder(s.db, workOrderId);
      if (order) await countCannedWork(s, [order.assetId]);
      const [unit] = order ? await scheduleStore(s.db).units([order.assetId], s.clock.now(), s.db.scope.organization.zone) : [];
      return order && { order, wanted: (unit?.schedules ?? []).filter(({ id, openOrder }) => scheduleIds.includes(id) && openOrder === null) };
    },
    async decide({ order, wanted }, now): Promise<Result<Planned, AddRefusal>> {
      const allowed = canEdit(order.state);
      if (allowed !== true) return err({ kind: "not-allowed", message: allowed });
      if (wanted.length === 0) return err({ kind: "nothing-due" });
      if (order.jobs.length + wanted.length > MOST_JOBS) return err({ kind: "not-allowed", message: `A work order can have up to ${MOST_JOBS} jobs.` });
      return ok(await plan(s, order.customerId, wanted, now));
    },
    async save({ order }, planned, now): Promise<Result<{ added: number }, AddRefusal>> {
      const version = order.version + 1;
      const last = Math.max(0, ...order.jobs.map(({ position }) => position));
      const jobs = planned.map(({ draft }, at) => ({ ...draft, position: last + at + 1, version, lines: asOrderLines(draft.lines, [], version) }));
      const event = workOrderJournal.of("service.added", { ...named(order), lines: jobs.map(({ complaint }) => complaint) });
      const work = planned.flatMap(({ schedule, draft }) => maintenanceStore(s.db).workRows(schedule, workOrderId, draft.id, now));
      const saved = await saveUnlessTaken(s, [...orderRows(s.db, order, { event, jobs }, now), ...work]);
      return saved ? ok({ added: planned.length }) : err({ kind: "stale" });
    },
  });
}

type Planned = { schedule: FoundSchedule; draft: JobDraft }[];

/** A job for each schedule: its canned job, or its name alone. */
async function plan(s: Needs, customerId: Id<"customer">, wanted: readonly FoundSchedule[], now: UtcMs): Promise<Planned> {
  const ids = wanted.map((schedule) => ({ jobId: newId("job", now), cannedJobId: schedule.cannedJobId, complaint: schedule.name }));
  const drafts = await plannedJobs(s.db, customerId, ids);
  return wanted.flatMap((schedule, n) => (drafts[n] ? [{ schedule, draft: drafts[n] }] : []));
}

/** False where somebody else saved the order, or ordered one of its schedules, a moment before. */
async function saveUnlessTaken(s: Needs, statements: readonly Statement[]): Promise<boolean> {
  try {
    await s.db.batch(statements);
    return true;
  } catch (cause) {
    if (isTaken(cause, "journal.")) return false;
    throw cause;
  }
}
