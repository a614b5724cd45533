import { and, asc, desc, eq, inArray, isNotNull, isNull, lt, not, or, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { estimates } from "~/modules/estimates/estimate.tables";
import { inspectionDefects } from "~/modules/inspections/inspection.tables";
import { invoices } from "~/modules/invoices/invoice.tables";
import { lateBefore } from "~/modules/payments/checkouts/on-its-way";
import { isAllPending, isOnItsWay, paymentIntents } from "~/modules/payments/payment.tables";
import { assetFaults } from "~/modules/telematics/telematics.tables";
import { vendorJobs } from "~/modules/vendor-jobs/vendor-job.tables";
import { vendors } from "~/modules/vendors/vendor.tables";
import { runningStates } from "~/modules/work-orders/work-order";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { isExpired, isWaiting } from "./estimate-list.server";
import { isOverdue } from "./invoice-list.server";
import { isReady, unlessHeld } from "./ready-to-invoice.server";
import { needsDecision } from "./vendor-work.server";

const ROWS = 6;
/** How many there are in all, on each row of a list that shows some. */
const total = sql<number>`count(*) over ()`;
const running = inArray(workOrders.state, runningStates);
const isApproved = sql`exists (select 1 from estimates as agreed where agreed.organization_id = ${workOrders.organizationId} and agreed.work_order_id = ${workOrders.id} and agreed.state in ('approved', 'partially-approved'))`;

const order = {
  id: workOrders.id,
  number: workOrders.number,
  title: workOrders.title,
  state: workOrders.state,
  since: workOrders.stateSince,
  promisedAt: workOrders.promisedAt,
  request: workOrders.request,
  price: workOrders.price,
  unitNumber: assets.unitNumber,
  customer: customers.name,
  total,
};
const orderJoin: [typeof assets | typeof customers, SQL][] = [
  [assets, eq(assets.id, workOrders.assetId)],
  [customers, eq(customers.id, workOrders.customerId)],
];
const orders = (where: SQL | undefined, ...orderBy: SQL[]) => ({
  from: workOrders,
  columns: order,
  join: orderJoin,
  where,
  orderBy: [...orderBy, asc(workOrders.number)],
  limit: ROWS,
});

/** The reader, and the end of the shop's day. */
type Asked = { me: Id<"membership">; now: UtcMs; today: string; endOfDay: UtcMs };

/** What waits for the shop, the most pressing of each kind, in one batch. */
export async function readToday(db: ScopedDatabase<"staff">, { me, now, today, endOfDay }: Asked) {
  const { id, number, title, validThrough, total: sum, stateSince } = estimates;
  const estimate = {
    from: estimates,
    columns: {
      id,
      number,
      title,
      state: estimates.state,
      validThrough,
      sum,
      since: stateSince,
      unitNumber: assets.unitNumber,
      customer: customers.name,
      total,
    },
    join: [
      [assets, eq(assets.id, estimates.assetId)],
      [customers, eq(customers.id, estimates.customerId)],
    ] as [typeof assets | typeof customers, SQL][],
    orderBy: [asc(stateSince)],
    limit: ROWS,
  };
  const d = inspectionDefects;
  const f = assetFaults;
  const [units, faults, requests, mine, promised, approved, asked, waiting, expected] = await db.queries(
    {
      from: d,
      columns: {
        id: assets.id,
        unitNumber: assets.unitNumber,
        customer: customers.name,
        since: sql<UtcMs>`min(${d.reportedAt})`,
        defects: sql<number>`count(*)`,
        total,
      },
      join: [
        [assets, eq(assets.id, d.assetId)],
        [customers, eq(customers.id, assets.customerId)],
      ],
      where: and(eq(d.state, "open"), eq(d.severity, "safety")),
      groupBy: [assets.id],
      orderBy: [asc(sql`min(${d.reportedAt})`)],
      limit: ROWS,
    },
    {
      from: f,
      columns: {
        id: assets.id,
        unitNumber: assets.unitNumber,
        customer: customers.name,
        since: sql<UtcMs>`min(${f.openedAt})`,
        codes: sql<string>`group_concat(distinct ${f.faultKey})`,
        total,
      },
      join: [
        [assets, eq(assets.id, f.assetId)],
        [customers, eq(customers.id, assets.customerId)],
      ],
      where: and(sql`${f.isCritical} = 1`, isNull(f.closedAt), isNull(assets.archivedAt)),
      groupBy: [assets.id],
      orderBy: [asc(sql`min(${f.openedAt})`)],
      limit: ROWS,
    },
    orders(
      and(eq(workOrders.state, "draft"), isNotNull(workOrders.request)),
      desc(sql`json_extract(${workOrders.request}, '$.urgency') = 'do-not-drive'`),
      asc(workOrders.stateSince),
    ),
    orders(and(running, eq(workOrders.leadId, me)), asc(sql`coalesce(${workOrders.promisedAt}, 9007199254740991)`)),
    orders(and(running, isNotNull(workOrders.promisedAt), lt(workOrders.promisedAt, endOfDay)), asc(workOrders.promisedAt)),
    orders(and(eq(workOrders.state, "open"), isApproved), asc(workOrders.stateSince)),
    { ...estimate, where: or(eq(estimates.state, "changes-requested"), isExpired(today)) },
    { ...estimate, where: isWaiting(today) },
    orders(and(eq(workOrders.state, "open"), isNull(workOrders.arrivedAt)), asc(sql`coalesce(${workOrders.promisedAt}, 9007199254740991)`)),
  );
  return { now, units, faults, requests, mine, promised, approved, asked, waiting, expected };
}

/** Completed work that is on no invoice, invoices that are overdue (not those that are paid by money on its way, unless that is late), and money that is late. */
export async function readMoneyToday(db: ScopedDatabase<"staff">, { now, today }: { now: UtcMs; today: string }) {
  const balance = sql<number>`${invoices.total} - ${invoices.applied}`;
  const p = paymentIntents;
  const [toInvoice, overdue, late] = await db.queries(
    { ...orders(isReady(), asc(workOrders.stateSince)), leftJoin: [unlessHeld] },
    {
      from: invoices,
      columns: { id: invoices.id, number: invoices.number, dueAt: invoices.dueAt, balance, customer: customers.name, total },
      join: [[customers, eq(customers.id, invoices.customerId)]],
      where: and(isOverdue(now), not(isAllPending(db.scope.organizationId, lateBefore(today)))),
      orderBy: [asc(invoices.dueAt)],
      limit: ROWS,
    },
    {
      from: p,
      columns: { id: p.id, amount: p.amount, expectedDay: p.expectedDay, customer: customers.name, total },
      join: [[customers, eq(customers.id, p.customerId)]],
      where: and(isOnItsWay, lt(p.expectedDay, lateBefore(today))),
      orderBy: [asc(p.expectedDay)],
      limit: ROWS,
    },
  );
  return { toInvoice, lateTransfers: late, overdue: overdue.map((row) => ({ ...row, balance: toCents(row.balance) })) };
}

/** Outside work that waits for the shop's decision. */
export const readVendorDecisions = (db: ScopedDatabase<"staff">) =>
  db.query({
    from: vendorJobs,
    columns: {
      id: vendorJobs.id,
      number: vendorJobs.number,
      title: vendorJobs.title,
      state: vendorJobs.state,
      since: vendorJobs.stateSince,
      unitNumber: assets.unitNumber,
      vendor: vendors.name,
      total,
    },
    join: [
      [vendors, eq(vendors.id, vendorJobs.vendorId)],
      [assets, eq(assets.id, vendorJobs.assetId)],
    ],
    where: needsDecision,
    orderBy: [asc(vendorJobs.stateSince)],
    limit: ROWS,
  });
