import { asc, eq } from "drizzle-orm";
import { canonical } from "~/kernel/canonical";
import type { Id } from "~/kernel/ids";
import { estimateRevisions, estimates } from "~/modules/estimates/estimate.tables";
import { invoiceOrders, invoices } from "~/modules/invoices/invoice.tables";
import { lineDecisions, workOrderLines, workOrders } from "~/modules/work-orders/work-order.tables";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { the } from "./model";
import { type Bench, short } from "./step";
import { costOf, sumsOf } from "./sums";

/** What was read before and may not change after. */
export type Fixed = Map<string, string>;
const LIMIT = 2_000;

async function readRows({ shop, asset }: Bench) {
  const [l, d, w, r, i, io] = [workOrderLines, lineDecisions, workOrders, estimateRevisions, invoices, invoiceOrders];
  const ofUnit = eq(w.assetId, asset);
  const [lines, decisions, orders, revisions, contents] = await shop.staff.db.queries(
    {
      from: l,
      columns: {
        id: l.id,
        order: l.workOrderId,
        job: l.jobId,
        removedAt: l.removedAt,
        estimate: l.estimateId,
        sent: l.offeredPrice,
        isOpen: l.isOffered,
        each: l.each,
        cost: l.cost,
        done: l.done,
        vendorJob: l.vendorJobId,
        priceOpen: l.priceOpen,
        option: l.option,
        ofLine: l.ofLine,
      },
      join: [[w, eq(w.id, l.workOrderId)]],
      where: ofUnit,
      limit: LIMIT,
    },
    {
      from: d,
      columns: {
        lineId: d.lineId,
        sequence: d.sequence,
        outcome: d.outcome,
        amount: d.amount,
        ground: d.ground,
        reason: d.reason,
        by: d.by,
        how: d.how,
        splits: d.splits,
        at: d.at,
        estimateId: d.estimateId,
        revision: d.revision,
      },
      join: [
        [l, eq(l.id, d.lineId)],
        [w, eq(w.id, l.workOrderId)],
      ],
      where: ofUnit,
      orderBy: [asc(d.sequence)],
      limit: LIMIT,
    },
    {
      from: w,
      columns: {
        id: w.id,
        state: w.state,
        customer: w.customerId,
        version: w.version,
        price: w.price,
        cost: w.cost,
        over: w.over,
        overLines: w.overLines,
        standing: w.standingMost,
        named: w.namedMost,
        namedOn: w.mostNamedOn,
        approved: w.approvedMost,
      },
      where: ofUnit,
      limit: LIMIT,
    },
    {
      from: r,
      columns: { estimate: r.estimateId, revision: r.revision, state: r.state, snapshot: r.snapshot, hash: r.hash, order: estimates.workOrderId },
      join: [[estimates, eq(estimates.id, r.estimateId)]],
      where: eq(estimates.assetId, asset),
      limit: LIMIT,
    },
    {
      from: i,
      columns: { id: i.id, state: i.state, contents: i.contents },
      join: [
        [io, eq(io.invoiceId, i.id)],
        [w, eq(w.id, io.workOrderId)],
      ],
      where: ofUnit,
      limit: LIMIT,
    },
  );
  return { lines, decisions, orders, revisions, invoices: contents };
}
type Rows = Awaited<ReturnType<typeof readRows>>;

/** Compares everything that the database and the page have of a unit's repairs with the model; returns what differs. */
export async function differences(it: Bench, fixed: Fixed, versions: Map<string, number>): Promise<string[]> {
  const rows = await readRows(it);
  const pages = await Promise.all(rows.orders.filter(({ id, version }) => versions.get(id) !== version).map(({ id }) => pageDiffers(it, id)));
  for (const { id, version } of rows.orders) versions.set(id, version);
  return [
    ...linesDiffer(it, rows),
    ...decisionsDiffer(it, rows),
    ...ordersDiffer(it, rows),
    ...fixedDiffer(fixed, rows),
    ...estimatesDiffer(it, rows),
    ...billedTwice(rows),
    ...billedWrong(it, rows),
    ...pages.flat(),
  ];
}

const unlike = (what: string, actual: unknown, expected: unknown): string[] =>
  canonical(actual) === canonical(expected) ? [] : [`${what} is ${canonical(actual)}, expected ${canonical(expected)}`];

function linesDiffer({ m }: Bench, { lines }: Rows): string[] {
  const unknown = lines.filter(({ id }) => !m.lines.some((line) => line.id === id)).map(({ id, order }) => `line ${short(id)} on ${short(order)} is not known`);
  const wrong = m.lines.flatMap((line) => {
    const row = lines.find(({ id }) => id === line.id);
    if (!row) return [`line ${short(line.id)} is lost`];
    const actual = { ...row, id: null, removedAt: null, removed: row.removedAt !== null };
    const { order, job, removed, estimate, sent, isOpen, each, cost, done, vendorJob, priceOpen, option, ofLine } = line;
    const expected = { id: null, removedAt: null, order, job, removed, estimate, sent, isOpen, each, cost, done, vendorJob, priceOpen, option, ofLine };
    // What a removed line was is of no interest anymore.
    return removed ? unlike(`line ${short(line.id)} is removed, which`, actual.removed, true) : unlike(`line ${short(line.id)}`, actual, expected);
  });
  return [...unknown, ...wrong];
}

const decisionsDiffer = ({ m }: Bench, { decisions }: Rows): string[] =>
  m.lines.flatMap((line) => {
    const its = decisions
      .filter(({ lineId }) => lineId === line.id)
      .map(({ outcome, amount, ground, estimateId }) => ({ outcome, amount, ground, estimate: estimateId }));
    return unlike(`the decisions about line ${short(line.id)}`, its, line.decisions);
  });

function ordersDiffer({ m }: Bench, { orders }: Rows): string[] {
  const known = m.orders.flatMap((order) => {
    const row = orders.find(({ id }) => id === order.id);
    if (!row) return [`order ${short(order.id)} is lost`];
    const { toBill, over, overLines, applies } = sumsOf(m, order.id);
    const { state, customer, standing, named, namedOn, approved } = order;
    const expected = {
      ...row,
      state,
      customer,
      standing,
      named,
      namedOn,
      approved,
      price: toBill,
      cost: costOf(m, order.id),
      over: applies ? over : 0,
      overLines: applies ? overLines : 0,
    };
    return unlike(`the row of order ${short(order.id)}`, row, expected);
  });
  return [...known, ...orders.filter(({ id }) => !m.orders.some((order) => order.id === id)).map(({ id }) => `order ${short(id)} is not known`)];
}

/** Decisions, snapshots and issued invoices are the same for ever. */
function fixedDiffer(fixed: Fixed, { decisions, revisions, invoices: all }: Rows): string[] {
  const now: Fixed = new Map([
    ...decisions.map((row) => [`decision ${row.sequence} about line ${short(row.lineId)}`, canonical(row)] as const),
    ...revisions
      .filter(({ hash }) => hash !== null)
      .map((row) => [`snapshot ${row.revision} of estimate ${short(row.estimate)}`, canonical([row.snapshot, row.hash])] as const),
    ...all.filter(({ contents }) => contents !== null).map((row) => [`invoice ${short(row.id)}`, canonical(row.contents)] as const),
  ]);
  const changed = [...fixed].flatMap(([name, text]) => (now.get(name) === text ? [] : [`${name} was ${text}, and is ${now.get(name) ?? "gone"}`]));
  for (const [name, text] of now) if (!fixed.has(name)) fixed.set(name, text);
  return changed;
}

const estimatesDiffer = ({ m }: Bench, { revisions }: Rows): string[] =>
  m.estimates.flatMap((estimate) => {
    const actual = revisions.filter((row) => row.estimate === estimate.id).map(({ revision, state, order }) => ({ revision, state, order }));
    const expected = estimate.revisions.map(({ revision, state }) => ({ revision, state, order: estimate.order }));
    return unlike(
      `estimate ${short(estimate.id)}`,
      actual.sort((a, b) => a.revision - b.revision),
      expected,
    );
  });

const issuedIn = ({ invoices: all }: Rows) => [...new Map(all.filter(({ state }) => state === "issued").map((row) => [row.id, row])).values()];
const billedLines = ({ contents }: Rows["invoices"][number]) => (contents?.groups ?? []).flatMap(({ jobs }) => jobs.flatMap(({ lines }) => lines));

function billedTwice(rows: Rows): string[] {
  const ids = issuedIn(rows).flatMap((invoice) => billedLines(invoice).map(({ id }) => id));
  return ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `line ${short(id)} is billed twice`);
}

/** An issued invoice: the lines that its orders bill, all of them done, none without a yes or a reason. */
const billedWrong = ({ m }: Bench, rows: Rows): string[] =>
  issuedIn(rows).flatMap((invoice) => {
    const groups = (invoice.contents?.groups ?? []).map(({ orderId, charges, jobs }) => {
      const lines = jobs.flatMap((job) => job.lines.map(({ id }) => id)).sort();
      return { order: orderId, lines, notDone: [], total: charges.total, over: 0 };
    });
    const billed = the(m.invoices, invoice.id).billed.map((one) => ({ ...one, lines: [...one.lines].sort() }));
    return unlike(`invoice ${short(invoice.id)}`, byOrder(groups), byOrder(billed));
  });

const byOrder = <T extends { order: string }>(all: readonly T[]): T[] => [...all].sort((a, b) => (a.order < b.order ? -1 : 1));

/** The page of an order against the model, and against the sums that lists show. */
async function pageDiffers({ shop, m }: Bench, id: Id<"workOrder">): Promise<string[]> {
  const page = await readOrderRecord(shop.staff, id);
  if (!page) return [`order ${short(id)} has no page`];
  const sums = sumsOf(m, id);
  const { quoted, authorized, toBill, over, overLines, applies, lines } = page.authorization;
  const all = { quoted, authorized, toBill, over, overLines, applies, total: page.totals.total };
  const { byLine, ...expected } = sums;
  return [
    ...unlike(`the page of order ${short(id)}`, all, expected),
    ...[...lines].flatMap(([line, its]) => {
      const { state, offered, covered, reasoned } = its;
      const known = byLine(the(m.lines, line));
      return unlike(
        `line ${short(line)} on its page`,
        { state, offered, covered, reasoned, authorized: its.authorized, toBill: its.toBill, over: its.over },
        known,
      );
    }),
  ];
}
