import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { assets, meterReadings } from "~/modules/assets/asset.tables";
import { type Meter, meterOf } from "~/modules/assets/meters/meter";
import { estimates } from "~/modules/estimates/estimate.tables";
import { defectTitle } from "~/modules/inspections/checklists/labels";
import { fleetRepairsOn } from "~/modules/inspections/defects/fleet-repairs.store.server";
import { canCancelRequest } from "~/modules/work-orders/service-requests/service-request";
import { readySince, trackOf } from "~/modules/work-orders/tracker/tracker";
import { runningStates } from "~/modules/work-orders/work-order";
import { workOrderJobs, workOrderLines, workOrders } from "~/modules/work-orders/work-order.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { journal } from "~/platform/database/tenant.tables";

const MOST = 100;
const MOST_MOVES = 2_000;
const PER_PAGE = 20;

// A customer's session names its customer. An order belongs to the customer it was opened for, even if the unit was sold.
const own = (db: ScopedDatabase<"customer">) => eq(workOrders.customerId, db.scope.partyId as Id<"customer">);
/** A draft is the shop's own until the customer asked for it, or was sent an estimate for it. */
const isShown = sql`(${workOrders.state} <> 'draft' or ${workOrders.request} is not null or exists (select 1 from work_order_lines as quoted where quoted.organization_id = ${workOrders.organizationId} and quoted.work_order_id = ${workOrders.id} and quoted.quoted_cents is not null))`;
/** Nothing is authorized yet, and the shop still looks for what to do: a job has no lines, or an estimate waits for an answer. */
const isDiagnosing = sql<number>`(not exists (select 1 from line_decisions as d join work_order_lines as l on l.organization_id = d.organization_id and l.id = d.line_id where d.organization_id = ${workOrders.organizationId} and l.work_order_id = ${workOrders.id} and d.outcome = 'approved' and l.removed_at is null and l.deferred_at is null) and (exists (select 1 from work_order_jobs as j where j.organization_id = ${workOrders.organizationId} and j.work_order_id = ${workOrders.id} and j.removed_at is null and not exists (select 1 from work_order_lines as l where l.organization_id = j.organization_id and l.job_id = j.id and l.removed_at is null)) or exists (select 1 from work_order_lines as l where l.organization_id = ${workOrders.organizationId} and l.work_order_id = ${workOrders.id} and l.is_offered = 1)))`;
const hasLines = sql<number>`exists (select 1 from work_order_lines as l where l.organization_id = ${workOrders.organizationId} and l.work_order_id = ${workOrders.id} and l.removed_at is null)`;
const { id, number, title, state, holdReason, stateSince, createdAt, completedAt, promisedAt, arrivedAt } = workOrders;
const ofUnit = { assetId: assets.id, unitNumber: assets.unitNumber, ownerId: assets.customerId };
const withUnit: [typeof assets, SQL] = [assets, eq(assets.id, workOrders.assetId)];

/** The customer's open orders with their progress: those that need a decision first, then those ready for pickup. */
export async function readPortalOrders(db: ScopedDatabase<"customer">, { now, assetId }: { now: UtcMs; assetId?: Id<"asset"> }) {
  const running = inArray(state, runningStates);
  const ready = and(inArray(state, ["completed", "invoiced"]), gte(completedAt, readySince(now)));
  const rows = await tracked(db, and(or(running, ready), assetId && eq(workOrders.assetId, assetId)));
  const rank = ({ stage }: { stage: string }) => (stage === "approval" ? 0 : stage === "ready" ? 1 : 2);
  return rows.sort((a, b) => rank(a.track) - rank(b.track) || b.track.since - a.track.since);
}

async function tracked(db: ScopedDatabase<"customer">, which: SQL | undefined) {
  const { partyId } = db.scope;
  const where = and(own(db), isShown, which);
  const [orders, moves, approvals] = await db.queries(
    {
      from: workOrders,
      columns: {
        id,
        number,
        title,
        state,
        holdReason,
        stateSince,
        createdAt,
        promisedAt,
        request: workOrders.request,
        arrivedAt,
        hasLines,
        isDiagnosing,
        ...ofUnit,
      },
      join: [withUnit],
      where,
      orderBy: [desc(number)],
      limit: MOST,
    },
    {
      from: journal,
      columns: { orderId: journal.recordId, at: journal.at, event: journal.event, body: journal.body },
      join: [[workOrders, eq(workOrders.id, journal.recordId)]],
      // Only state changes have an `about`; the rest of an order's journal is internal.
      where: and(eq(journal.recordKind, "work-order"), isNotNull(journal.about), where),
      orderBy: [asc(journal.version)],
      limit: MOST_MOVES,
    },
    {
      from: estimates,
      columns: { orderId: workOrders.id, at: estimates.stateSince },
      join: [[workOrders, eq(workOrders.id, estimates.workOrderId)]],
      where: and(inArray(estimates.state, ["approved", "partially-approved"]), where),
      orderBy: [asc(estimates.stateSince)],
      limit: MOST,
    },
  );
  return orders.flatMap(({ ownerId, promisedAt: promised, ...order }) => {
    const activity = moves.filter(({ orderId }) => orderId === order.id);
    // Work that nobody had to approve first is in progress from the start.
    const settled = order.isDiagnosing === 1 ? null : order.createdAt;
    const track = trackOf(order, activity, approvals.find(({ orderId }) => orderId === order.id)?.at ?? settled);
    if (!track) return [];
    const { id: orderId, number: its, title: of, assetId, unitNumber, request } = order;
    return [
      {
        id: orderId,
        number: its,
        title: of,
        request,
        /** The shop has not begun with what was requested. */
        canCancel: request !== null && canCancelRequest({ state: order.state, arrivedAt: order.arrivedAt, hasLines: order.hasLines === 1 }) === true,
        unitNumber,
        assetId: ownerId === partyId ? assetId : null,
        promisedAt: track.stage === "ready" ? null : promised,
        track,
      },
    ];
  });
}

/** An order as its customer sees it: progress, reason for visit, and once completed the work performed. */
export async function readPortalOrder(db: ScopedDatabase<"customer">, wanted: Id<"workOrder">) {
  const [order] = await tracked(db, eq(id, wanted));
  if (!order) return null;
  const isDone = order.track.stage === "ready";
  const [jobs, notDone, repaired] = await Promise.all([
    jobsOf(db, eq(workOrders.id, wanted)),
    isDone ? deferredOn(db, wanted) : [],
    fleetRepairsOn(db, [wanted]),
  ]);
  /** What the customer's own mechanic certified, and is still a job. */
  const fleetRepairs = repaired.map((defect) => defectTitle(defect));
  return {
    ...order,
    notDone,
    fleetRepairs,
    jobs: jobs.map(({ id: jobId, complaint, correction }) => ({ id: jobId, complaint, correction: isDone ? correction : "" })),
  };
}

/** The customer's unfinished order that a request on this fault of a unit opened; a later one joins it. */
export async function readOpenRequest(db: ScopedDatabase<"customer">, assetId: Id<"asset">, fault: string) {
  const [row] = await db.query({
    from: workOrders,
    columns: { id, number, by: sql<string>`json_extract(${workOrders.request}, '$.by')` },
    where: and(own(db), eq(workOrders.assetId, assetId), inArray(state, runningStates), sql`json_extract(${workOrders.request}, '$.fault') = ${fault}`),
    orderBy: [asc(number)],
    limit: 1,
  });
  return row ?? null;
}

/** A unit's completed work for this customer, newest first, with the meter at that time; no lines, prices, causes or names. */
export async function readPortalHistory(db: ScopedDatabase<"customer">, unit: { id: Id<"asset">; kind: keyof typeof meterOf }, before: number | null) {
  const meter = meterOf[unit.kind];
  const which = and(eq(workOrders.assetId, unit.id), inArray(state, ["completed", "invoiced"]), before === null ? undefined : lt(number, before));
  const rows = await db.query({
    from: workOrders,
    columns: { id, number, title, completedAt, ...(meter ? { reading: readingThen(db, meter) } : { reading: sql<number | null>`null` }) },
    join: [withUnit],
    where: and(own(db), which),
    orderBy: [desc(number)],
    limit: PER_PAGE + 1,
  });
  const page = rows.slice(0, PER_PAGE);
  const last = page.at(-1)?.number ?? 0;
  const jobs = page.length === 0 ? [] : await jobsOf(db, and(which, gte(number, last)));
  return {
    rows: page.map((row) => ({
      ...row,
      meter,
      jobs: jobs.filter(({ orderId }) => orderId === row.id),
    })),
    next: rows.length > PER_PAGE ? last : null,
  };
}

const readingThen = (db: ScopedDatabase<"customer">, meter: Meter) =>
  sql<
    number | null
  >`(select ${meterReadings.value} from ${meterReadings} where ${meterReadings.organizationId} = ${db.scope.organizationId} and ${meterReadings.assetId} = ${workOrders.assetId} and ${meterReadings.meter} = ${meter} and ${meterReadings.status} = 'counted' and ${meterReadings.at} <= ${completedAt} order by ${meterReadings.at} desc limit 1)`;

/** Lines of an order that were not done, without prices. */
const deferredOn = (db: ScopedDatabase<"customer">, order: Id<"workOrder">) => {
  const l = workOrderLines;
  return db.query({
    from: l,
    columns: { id: l.id, text: l.text, deferredAs: l.deferredAs },
    join: [[workOrders, eq(workOrders.id, l.workOrderId)]],
    where: and(own(db), eq(l.workOrderId, order), isNotNull(l.deferredAs), isNull(l.removedAt)),
    orderBy: [asc(l.position)],
    limit: MOST,
  });
};

const jobsOf = (db: ScopedDatabase<"customer">, which: SQL | undefined) =>
  db.query({
    from: workOrderJobs,
    columns: { id: workOrderJobs.id, orderId: workOrderJobs.workOrderId, complaint: workOrderJobs.complaint, correction: workOrderJobs.correction },
    join: [[workOrders, eq(workOrders.id, workOrderJobs.workOrderId)]],
    where: and(own(db), isNull(workOrderJobs.removedAt), which),
    orderBy: [asc(workOrderJobs.position)],
    limit: PER_PAGE * 20,
  });
