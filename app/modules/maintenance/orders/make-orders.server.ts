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
import { compareUrgency } from "../schedule-state";
import { countCannedWork } from "./count-canned.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
/** An order that does what was asked for; `wasThere` if it had the work before. */
export type ServiceOrder = { id: Id<"workOrder">; number: number; assetId: Id<"asset">; wasThere: boolean };

/** Schedules that are put on orders at once: a full page of them. */
export const MOST_ORDERED = 50;

/**
 * Makes one work order for each unit of these schedules, with a job for each, the most urgent first; schedules with the
 * same canned job share one. What is on an open order already is left out, so a form sent twice, or by two people at once,
 * orders everything once. An open order that has a schedule's canned job already is that schedule's order.
 */
export async function makeServiceOrders(
  s: Needs,
  scheduleIds: readonly Id<"schedule">[],
): Promise<Result<ServiceOrder[], { kind: "nothing-due" } | { kind: "stale" } | { kind: "too-many" }>> {
  if (scheduleIds.length > MOST_ORDERED) return err({ kind: "too-many" });
  const store = scheduleStore(s.db);
  const units = await store.unitsOfSchedules(scheduleIds);
  const counted = await countAndRefresh(s, units);
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
  await countAndRefresh(s, units);
  const numbers = await store.orderNumbers(orders.map(({ id }) => id));
  return ok(
    [...numbers].flatMap(([id, number]) => {
      const order = orders.find((one) => one.id === id);
      return order ? [{ ...order, number }] : [];
    }),
  );
}

/** Has what is on open orders count as the units' schedules that have the same canned jobs. */
async function countAndRefresh(s: Needs, units: readonly Id<"asset">[]) {
  const counted = await countCannedWork(s, units);
  if (counted.length > 0) await refreshUnits({ ...s, zone: s.db.scope.organization.zone }, [...new Set(counted.map(({ assetId }) => assetId))]);
  return counted;
}

async function orderFor(s: Needs, assetId: Id<"asset">, wanted: readonly FoundSchedule[]): Promise<Id<"workOrder"> | null> {
  const customerId = await ownerOf(s.db, assetId);
  if (!customerId) return null;
  const now = s.clock.now();
  const id = newId("workOrder", now);
  const planned = await plan(s, customerId, wanted, now);
  const [first, ...rest] = planned.map(({ draft }, n) => ({ ...draft, position: n + 1, version: 1, lines: asOrderLines(draft.lines, [], 1) }));
  if (!first) return null;
  const title = byUrgency(wanted)
    .map(({ name }) => name)
    .join(", ");
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
  const work = workRows(s, planned, id, now);
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
  const added = await changeRecord({
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
      const planned = await plan(s, order.customerId, wanted, now);
      if (order.jobs.length + planned.length > MOST_JOBS) return err({ kind: "not-allowed", message: `A work order can have up to ${MOST_JOBS} jobs.` });
      return ok(planned);
    },
    async save({ order }, planned, now): Promise<Result<{ added: number; assetId: Id<"asset"> }, AddRefusal>> {
      const version = order.version + 1;
      const last = Math.max(0, ...order.jobs.map(({ position }) => position));
      const jobs = planned.map(({ draft }, at) => ({ ...draft, position: last + at + 1, version, lines: asOrderLines(draft.lines, [], version) }));
      const event = workOrderJournal.of("service.added", { ...named(order), lines: jobs.map(({ complaint }) => complaint) });
      const work = workRows(s, planned, workOrderId, now);
      const saved = await saveUnlessTaken(s, [...orderRows(s.db, order, { event, jobs }, now), ...work]);
      return saved ? ok({ added: planned.length, assetId: order.assetId }) : err({ kind: "stale" });
    },
  });
  if (!added.ok) return added;
  await countAndRefresh(s, [added.value.assetId]);
  return ok({ added: added.value.added });
}

type Planned = { schedules: readonly FoundSchedule[]; draft: JobDraft }[];

/** Jobs that do schedules, the most urgent first: one for those with the same canned job, or with the schedule's name alone. */
async function plan(s: Needs, customerId: Id<"customer">, wanted: readonly FoundSchedule[], now: UtcMs): Promise<Planned> {
  const jobs = [...Map.groupBy(byUrgency(wanted), ({ id, cannedJobId }) => cannedJobId ?? id).values()].flatMap((schedules) =>
    schedules.slice(0, 1).map(({ cannedJobId, name }) => ({ schedules, cannedJobId, complaint: name, jobId: newId("job", now) })),
  );
  const drafts = await plannedJobs(s.db, customerId, jobs);
  return jobs.flatMap(({ schedules }, n) => (drafts[n] ? [{ schedules, draft: drafts[n] }] : []));
}

const workRows = (s: Needs, planned: Planned, workOrderId: Id<"workOrder">, at: UtcMs): Statement[] =>
  planned.flatMap(({ schedules, draft }) => schedules.flatMap((schedule) => maintenanceStore(s.db).workRows(schedule, workOrderId, draft.id, at)));

const byUrgency = (wanted: readonly FoundSchedule[]): FoundSchedule[] => wanted.toSorted((a, b) => compareUrgency(a.status, b.status));

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
