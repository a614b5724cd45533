import { and, asc, eq, inArray, isNull, type SQL } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import type { Job, Line, OrderLine } from "../jobs/job";
import type { Change, Order } from "../order";
import { lineDecisions, workOrderLines } from "../work-order.tables";
import type { JobOptions } from "./job-options";
import { isDeferral, type LineDecision } from "./line-decision";

/** Far above any real set of orders. A longer one is refused, because sums of a part would be wrong. */
const MOST_LINES = 10_000;
const MOST_DECISIONS = 20_000;

const w = workOrderLines;
const d = lineDecisions;

/** What is written in a line, and where it is. */
export const writtenColumns = {
  id: w.id,
  workOrderId: w.workOrderId,
  jobId: w.jobId,
  kind: w.kind,
  text: w.text,
  partNumber: w.partNumber,
  quantity: w.quantity,
  each: w.each,
  discount: w.discount,
  cost: w.cost,
  supplies: w.supplies,
  safety: w.safety,
  option: w.option,
  ofLine: w.ofLine,
};

const lineColumns = {
  ...writtenColumns,
  quoted: w.quoted,
  estimateId: w.estimateId,
  offeredPrice: w.offeredPrice,
  offeredThrough: w.offeredThrough,
  quotedBefore: w.quotedBefore,
  isOffered: w.isOffered,
  offeredWith: w.offeredWith,
  done: w.done,
  revivedFrom: w.revivedFrom,
  vendorJobId: w.vendorJobId,
  priceFollows: w.priceFollows,
  priceOpen: w.priceOpen,
  version: w.version,
  writtenIn: w.writtenIn,
};

const decisionColumns = {
  lineId: d.lineId,
  sequence: d.sequence,
  outcome: d.outcome,
  amount: d.amount,
  ground: d.ground,
  reason: d.reason,
  estimateId: d.estimateId,
  revision: d.revision,
  by: d.by,
  how: d.how,
  splits: d.splits,
  at: d.at,
};

/** The living lines of orders by position, and the decisions about them: two queries for a reader's own batch. */
export function lineQueries(orderIds: readonly Id<"workOrder">[]) {
  const living = and(inArray(w.workOrderId, [...orderIds]), isNull(w.removedAt)) as SQL; // `and` of two conditions is one
  const join: [typeof w, SQL][] = [[w, eq(w.id, d.lineId)]];
  const lines = { from: w, columns: lineColumns, where: living, orderBy: [asc(w.position)], limit: MOST_LINES };
  const decisions = {
    from: d,
    columns: { ...decisionColumns, workOrderId: w.workOrderId },
    join,
    where: living,
    orderBy: [asc(d.at), asc(d.sequence)],
    limit: MOST_DECISIONS,
  };
  return { lines, decisions };
}

type LineRow = { [F in keyof typeof lineColumns]: (typeof lineColumns)[F]["_"]["data"] | (F extends Nullable ? null : never) };
type Nullable =
  | "partNumber"
  | "discount"
  | "cost"
  | "option"
  | "ofLine"
  | "quoted"
  | "estimateId"
  | "offeredPrice"
  | "offeredThrough"
  | "quotedBefore"
  | "offeredWith"
  | "done"
  | "revivedFrom"
  | "vendorJobId";

type Rare = { [F in "discount" | "safety" | "option" | "ofLine"]: LineRow[F] };
/** What few lines have; absent where the row has none. */
export const known = ({ discount, safety, option, ofLine }: Rare): Pick<Line, keyof Rare> => ({
  ...(discount ? { discount } : {}),
  ...(safety ? { safety: true } : {}),
  ...(option ? { option } : {}),
  ...(ofLine ? { ofLine } : {}),
});

/** A line from its row. */
export function lineIn(row: LineRow): OrderLine {
  const { workOrderId: _, jobId: __, discount, safety, option, ofLine, estimateId, offeredPrice, offeredThrough, quotedBefore, isOffered, ...line } = row;
  return {
    ...line,
    ...known({ discount, safety, option, ofLine }),
    offer: estimateId ? { estimateId, price: offeredPrice, validThrough: offeredThrough, isOpen: isOffered, quotedBefore } : null,
  };
}

/** Jobs with their lines and options. */
export const withLines = <J extends { id: Id<"job">; options: JobOptions | null }>(jobs: readonly J[], rows: readonly LineRow[]) =>
  jobs.map(({ options, ...job }) => ({
    ...job,
    ...(options ? { options } : {}),
    lines: rows.filter(({ jobId }) => jobId === job.id).map(lineIn),
  }));

/** The row of a line, except its id. */
export function lineRow(workOrderId: Id<"workOrder">, jobId: Id<"job">, position: number, line: OrderLine) {
  const { id: _, discount, safety, option, ofLine, offer, ...row } = line;
  return {
    ...row,
    workOrderId,
    jobId,
    position,
    discount: discount ?? null,
    safety: safety ?? false,
    option: option ?? null,
    ofLine: ofLine ?? null,
    estimateId: offer?.estimateId ?? null,
    offeredPrice: offer?.price ?? null,
    offeredThrough: offer?.validThrough ?? null,
    quotedBefore: offer?.quotedBefore ?? null,
    isOffered: offer?.isOpen ?? false,
    removedAt: null,
  };
}

type Writer = Pick<ScopedDatabase, "insert" | "update">;

/** Writes the lines of a new job. */
export const insertLines = (db: Writer, workOrderId: Id<"workOrder">, { id: jobId, lines }: Pick<Job, "id" | "lines">): Statement[] =>
  lines.map((line, position) => db.insert(w, { id: line.id, ...lineRow(workOrderId, jobId, position, line) }));

/** Writes what a change does to the lines of an order, and adds its decisions. */
export function changeLines(db: Writer, before: Order, { jobs = [], removedJob, moved = [], decisions = [] }: Change, at: UtcMs): Statement[] {
  const places = new Map(before.jobs.flatMap(({ id, lines }) => lines.map((line, position) => [line.id, { line, position, jobId: id }] as const)));
  const written = jobs.flatMap(({ id: jobId, lines }) =>
    lines.flatMap((line, position): Statement[] => {
      const known = places.get(line.id);
      if (known?.line === line && known.position === position && known.jobId === jobId) return [];
      const row = lineRow(before.id, jobId, position, line);
      return [known ? db.update(w, row, eq(w.id, line.id)) : db.insert(w, { id: line.id, ...row })];
    }),
  );
  const kept = new Set(jobs.flatMap(({ lines }) => lines.map(({ id }) => id)));
  const touched = before.jobs.filter(({ id }) => id === removedJob || jobs.some((job) => job.id === id));
  const gone = touched.flatMap(({ lines }) => lines.filter(({ id }) => !kept.has(id) && !moved.includes(id)).map(({ id }) => id));
  return [
    ...written,
    ...gone.map((id) =>
      db.update(w, { removedAt: at, estimateId: null, offeredPrice: null, offeredThrough: null, quotedBefore: null, isOffered: false }, eq(w.id, id)),
    ),
    ...decisions.flatMap((decision) => [
      db.insert(d, decision),
      ...(decision.outcome === "reasoned" || decision.outcome === "difference-declined"
        ? []
        : [db.update(w, deferralOf(decision, at), eq(w.id, decision.lineId))]),
    ]),
  ];
}

/** A line's columns of deferred work after the newest decision about it. */
const deferralOf = ({ outcome }: LineDecision, at: UtcMs) =>
  isDeferral(outcome) ? { deferredAs: outcome, deferredAt: at } : { deferredAs: null, deferredAt: null };
