import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import { type Id, parseId } from "~/kernel/ids";
import { assets, meterReadings } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { doesWork, maintenanceSchedules, maintenanceTemplates, openWork, scheduleWork } from "~/modules/maintenance/maintenance.tables";
import { compareRows, type ScheduleState, scheduleStates } from "~/modules/maintenance/schedule-state";
import { workOrderJobs } from "~/modules/work-orders/work-order.tables";
import { contains } from "~/platform/database/contains.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

type Db = ScopedDatabase<"staff"> | ScopedDatabase<"customer"> | ScopedDatabase<"job">;
/** Where the next page begins: the last row's state, day and id. */
export type MaintenanceCursor = { state: ScheduleState; day: string | null; id: string };
type Wanted = {
  states: readonly ScheduleState[];
  customerId?: Id<"customer"> | null;
  query?: string;
  after?: MaintenanceCursor | null;
  /** Only what is on no open work order. */
  isWaiting?: boolean;
};

const [MOST_IN_WEEKS, MOST_DUE_UNITS] = [500, 5_000];
const s = maintenanceSchedules;
const openOrder = sql`(select json_object('id', o.id, 'number', o.number) from ${openWork} limit 1)`.mapWith(
  (text: string): { id: Id<"workOrder">; number: number } => JSON.parse(text),
) as SQL<{ id: Id<"workOrder">; number: number } | null>; // null without one
/** What the meter that decides has now; null where the calendar does, or nothing was read. */
const reads =
  sql`(select m.value from ${meterReadings} m where m.organization_id = ${s.organizationId} and m.asset_id = ${s.assetId} and m.meter = ${s.firstBy} and m.status = 'counted' order by m.at desc limit 1)` as SQL<
    number | null
  >;

const listed = {
  from: s,
  columns: {
    id: s.id,
    assetId: s.assetId,
    name: maintenanceTemplates.name,
    category: maintenanceTemplates.category,
    state: s.state,
    firstBy: s.firstBy,
    dueDay: s.dueDay,
    dueMeter: s.dueMeter,
    projectedDay: s.projectedDay,
    reads,
    unitNumber: assets.unitNumber,
    year: assets.year,
    make: assets.make,
    model: assets.model,
    customer: customers.name,
    openOrder,
  },
  join: [
    [assets, eq(assets.id, s.assetId)],
    [maintenanceTemplates, eq(maintenanceTemplates.id, s.templateId)],
    [customers, eq(customers.id, assets.customerId)],
  ] as [typeof assets | typeof maintenanceTemplates | typeof customers, SQL][],
};
/** A customer's session sees its own units, whatever is asked. */
const own = (db: Db) => (db.scope.audience === "customer" ? eq(assets.customerId, db.scope.partyId as Id<"customer">) : undefined); // a customer's party is its customer
const living = and(isNull(s.archivedAt), isNull(assets.archivedAt));

/** Schedules by state, the most urgent first, then by the day that they are expected to be due. */
export async function readMaintenanceList(db: Db, { states, customerId, query = "", after = null, isWaiting = false }: Wanted, rowsAPage = 50) {
  const from = after ? scheduleStates.indexOf(after.state) : 0;
  const wanted = scheduleStates.filter((state, n) => states.includes(state) && n >= from);
  if (wanted.length === 0) return { rows: [], next: null };
  const found = (state: ScheduleState) =>
    idsInState(
      db,
      and(
        eq(s.state, state),
        customerId ? eq(assets.customerId, customerId) : undefined,
        isWaiting ? sql`${openOrder} is null` : undefined,
        after?.state === state ? later(after) : undefined,
      ),
      query,
      rowsAPage + 1,
    );
  // Each state is read along its index, and none after the page is full: together they are the page's order.
  const ids = sql`select id from (${sql.join(wanted.map(found), sql` union all `)} limit ${rowsAPage + 1})`;
  const rank = sql.join(
    scheduleStates.map((state, n) => sql`when ${state} then ${n}`),
    sql` `,
  );
  const rows = await db.query({
    ...listed,
    where: sql`${s.id} in (${ids})`,
    orderBy: [asc(sql`case ${s.state} ${rank} end`), asc(s.projectedDay), asc(s.id)],
    limit: rowsAPage + 1,
  });
  const page = rows.slice(0, rowsAPage);
  const last = page.at(-1);
  return {
    rows: page,
    next: rows.length > rowsAPage && last ? ({ state: last.state, day: last.projectedDay, id: last.id } satisfies MaintenanceCursor) : null,
  };
}
export type MaintenanceRow = Awaited<ReturnType<typeof readMaintenanceDays>>["rows"][number];

/** The ids of living schedules that a reader may see, the earliest day first. Names are read only where they are looked for. */
function idsInState(db: Db, which: SQL | undefined, query: string, limit: number): SQL {
  const found = matching(query);
  const names = found
    ? sql`join ${maintenanceTemplates} on ${maintenanceTemplates.organizationId} = ${s.organizationId} and ${maintenanceTemplates.id} = ${s.templateId} join ${customers} on ${customers.organizationId} = ${assets.organizationId} and ${customers.id} = ${assets.customerId}`
    : sql``;
  return sql`select id from (select ${s.id} as id from ${s} join ${assets} on ${assets.organizationId} = ${s.organizationId} and ${assets.id} = ${s.assetId} ${names} where ${and(eq(s.organizationId, db.scope.organizationId), living, own(db), which, found)} order by ${s.projectedDay}, ${s.id} limit ${limit})`;
}

const later = ({ day, id }: MaintenanceCursor) =>
  day === null ? or(isNotNull(s.projectedDay), sql`${s.id} > ${id}`) : sql`(${s.projectedDay} >= ${day} and (${s.projectedDay} > ${day} or ${s.id} > ${id}))`;
const matching = (query: string) => (query.trim() === "" ? undefined : contains(query.trim(), assets.unitNumber, maintenanceTemplates.name, customers.name));

type Days = { from: string; to: string; today: string; customerId?: Id<"customer"> | null; most?: number };

/**
 * What is expected to be due in a span of days, in order; what is late already belongs to its first day. Of what was
 * expected before today, and of the rest, the `most` that are nearest to today, and whether there are more.
 */
export async function readMaintenanceDays(db: Db, { from, to, today, customerId, most = MOST_IN_WEEKS }: Days) {
  const which = and(living, own(db), gte(s.projectedDay, from), lt(s.projectedDay, to), customerId ? eq(assets.customerId, customerId) : undefined);
  const [past, coming] = await db.queries(
    { ...listed, where: and(which, lt(s.projectedDay, today)), orderBy: [desc(s.projectedDay), desc(s.id)], limit: most + 1 },
    { ...listed, where: and(which, gte(s.projectedDay, today)), orderBy: [asc(s.projectedDay), asc(s.id)], limit: most + 1 },
  );
  return {
    rows: [...past.slice(0, most).reverse(), ...coming.slice(0, most)],
    more: { past: past.length > most, coming: coming.length > most },
  };
}

/** What is due or due soon on a unit, the most urgent first. */
export async function readDueOf(db: Db, id: Id<"asset">) {
  const rows = await db.query({
    ...listed,
    where: and(living, own(db), eq(s.assetId, id), inArray(s.state, ["overdue", "due", "due-soon"])),
    orderBy: [asc(s.id)],
    limit: 200,
  });
  return rows.sort(compareRows);
}

/** The maintenance that an order's jobs do; `began` is the job that the work began with, on this order or on one before it. */
export const readServiceOf = (db: ScopedDatabase<"staff">, id: Id<"workOrder">) =>
  db.query({
    from: scheduleWork,
    columns: { id: s.id, name: maintenanceTemplates.name, began: scheduleWork.jobId, position: workOrderJobs.position },
    join: [
      [workOrderJobs, doesWork],
      [s, eq(s.id, scheduleWork.scheduleId)],
      [maintenanceTemplates, eq(maintenanceTemplates.id, s.templateId)],
    ],
    where: and(eq(workOrderJobs.workOrderId, id), isNull(workOrderJobs.removedAt), isNull(s.archivedAt)),
    orderBy: [asc(workOrderJobs.position), asc(s.id)],
    limit: 200,
  });

const isDue = inArray(s.state, ["overdue", "due"]);

/** A read of the units on which something is due, with the worst of it; `which` narrows it. */
export const dueUnits = (db: Db, which?: SQL) => ({
  from: s,
  // "overdue" is later in the alphabet than "due".
  columns: { assetId: s.assetId, due: sql<"overdue" | "due">`max(${s.state})` },
  join: [[assets, eq(assets.id, s.assetId)]] as [typeof assets, SQL][],
  where: and(living, own(db), isDue, which),
  groupBy: [s.assetId],
  limit: MOST_DUE_UNITS,
});

/** The most urgent due work that is on no work order yet, and whether there is more of it. */
export async function readWaitingMaintenance(db: ScopedDatabase<"staff">, limit: number) {
  const { rows, next } = await readMaintenanceList(db, { states: ["overdue", "due"], isWaiting: true }, limit);
  return { rows, more: next !== null };
}

/** All of a customer's unit, without the shop's order. */
export async function readScheduledOf(db: ScopedDatabase<"customer">, id: Id<"asset">) {
  const rows = await db.query({ ...listed, where: and(living, own(db), eq(s.assetId, id)), orderBy: [asc(s.projectedDay), asc(s.id)], limit: 100 });
  return rows
    .map(({ id: scheduleId, name, state, firstBy, dueDay, dueMeter, projectedDay, reads: value, openOrder: order }) => ({
      id: scheduleId,
      name,
      state,
      firstBy,
      dueDay,
      dueMeter,
      projectedDay,
      reads: value,
      isOrdered: order !== null,
    }))
    .sort(compareRows);
}

export function readCursor(params: URLSearchParams): MaintenanceCursor | null {
  const state = scheduleStates.find((one) => one === params.get("state"));
  const id = parseId("schedule", params.get("id"));
  return state && id ? { state, day: params.get("day"), id } : null;
}
