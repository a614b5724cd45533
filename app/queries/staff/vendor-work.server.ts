import { and, desc, eq, inArray, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import { assets } from "~/modules/assets/asset.tables";
import { vendorJobs } from "~/modules/vendor-jobs/vendor-job.tables";
import { type WorkFilter, workFilterNames, workFilters } from "~/modules/vendor-jobs/work-filters";
import { vendors } from "~/modules/vendors/vendor.tables";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import { contains } from "~/platform/database/contains.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

const PER_PAGE = 50;
const j = vendorJobs;
const columns = {
  id: j.id,
  number: j.number,
  title: j.title,
  state: j.state,
  reason: j.reason,
  stateSince: j.stateSince,
  dueDay: j.dueDay,
  laterId: j.laterId,
  additionWaits: j.additionWaits,
  asked: j.asked,
  committed: j.committed,
  actual: j.actual,
  vendor: vendors.name,
  unitNumber: assets.unitNumber,
  workOrderId: j.workOrderId,
  order: workOrders.number,
};
const join: [typeof vendors | typeof assets | typeof workOrders, SQL][] = [
  [vendors, eq(vendors.id, j.vendorId)],
  [assets, eq(assets.id, j.assetId)],
  [workOrders, eq(workOrders.id, j.workOrderId)],
];

/** Its approved invoice isn't paid yet. */
const isOwed = sql`(${j.paid} is null and ${j.actual} > 0)`;

/** Reassigned jobs need no further action. */
const notHandedOn = isNull(j.laterId);

/** Waits for the shop's decision. */
export const needsDecision = and(or(inArray(j.state, [...workFilters.decide.states]), eq(j.additionWaits, true)), notHandedOn);

/** A page of vendor jobs, newest first; search by number, unit, vendor or title. */
export async function readVendorWork(db: ScopedDatabase<"staff">, { filter, query, before }: { filter: WorkFilter; query: string; before: number | null }) {
  const { states } = workFilters[filter];
  const unpaid = filter === "owed" ? isOwed : undefined;
  const rows = await db.query({
    from: j,
    columns,
    join,
    where: and(
      filter === "decide" ? needsDecision : states ? and(inArray(j.state, [...states]), notHandedOn) : undefined,
      unpaid,
      before === null ? undefined : lt(j.number, before),
      matching(query),
    ),
    orderBy: [desc(j.number)],
    limit: PER_PAGE + 1,
  });
  const page = rows.slice(0, PER_PAGE);
  return { rows: page, next: rows.length > PER_PAGE ? (page.at(-1)?.number ?? null) : null };
}

/** Number of jobs per filter; reassigned ones only count under All. */
export async function countVendorWork(db: ScopedDatabase<"staff">): Promise<Record<WorkFilter, number>> {
  const pending = sql<number>`sum(${notHandedOn})`;
  const rows = await db.query({
    from: j,
    columns: {
      state: j.state,
      pending,
      additions: sql<number>`sum(${j.additionWaits})`,
      owed: sql<number>`sum(${isOwed} and ${notHandedOn})`,
      all: sql<number>`count(*)`,
    },
    groupBy: [j.state],
    limit: 20,
  });
  const of = (filter: WorkFilter) => {
    if (filter === "owed") return rows.reduce((sum, { state, owed }) => sum + (state === "settled" ? owed : 0), 0);
    const states: readonly string[] | null = workFilters[filter].states;
    const additions = filter === "decide" ? rows.reduce((sum, row) => sum + row.additions, 0) : 0;
    return rows.reduce((sum, { state, pending: here, all }) => sum + (states === null ? all : states.includes(state) ? here : 0), additions);
  };
  return Object.fromEntries(workFilterNames.map((filter) => [filter, of(filter)])) as Record<WorkFilter, number>; // one per filter
}

/** What the shop owes vendors on approved invoices. */
export async function readOwedToVendors(db: ScopedDatabase<"staff">): Promise<Cents> {
  const [row] = await db.query({
    from: j,
    columns: { owed: sql<number>`coalesce(sum(${j.actual}), 0)` },
    where: and(eq(j.state, "settled"), isOwed),
    limit: 1,
  });
  return toCents(row?.owed ?? 0);
}

function matching(query: string): SQL | undefined {
  const term = query.trim();
  if (term === "") return undefined;
  const number = /^(?:v-?)?(\d{1,9})$/i.exec(term)?.[1];
  const text = contains(term, j.title, assets.unitNumber, vendors.name);
  return number ? or(eq(j.number, Number(number)), text) : text;
}

/** The vendor jobs of an order, newest first. */
export const readVendorJobsOf = (db: ScopedDatabase<"staff">, workOrderId: Id<"workOrder">) =>
  db.query({ from: j, columns, join, where: eq(j.workOrderId, workOrderId), orderBy: [desc(j.number)], limit: PER_PAGE });
