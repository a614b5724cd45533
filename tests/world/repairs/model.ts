import type { Id } from "~/kernel/ids";
import type { JobState } from "~/modules/vendor-jobs/job-states";
import { agreedLines, isDeferred, priceOf, standingOf, sumsOf, totalOf, verdictOf } from "./sums";

/*
 * The repairs of one unit as plain objects: what should be true after each step, by the shortest way that DECISIONS
 * allow. Nothing here is shared with the product.
 */

export type KnownDecision = {
  outcome: string;
  amount: number;
  ground: string | null /** Of the customer's answer to it; null if staff recorded the decision. */;
  estimate: Id<"estimate"> | null;
};
export type KnownLine = {
  id: Id<"line">;
  order: Id<"workOrder">;
  job: Id<"job">;
  kind: "labor" | "part" | "outside" | "core";
  text: string;
  each: number;
  count: number;
  /** Of one; of outside work the vendor's approved invoice. */
  cost: number | null;
  supplies: boolean;
  /** The option that it is in, and of a core its part. */
  option: Id<"option"> | null;
  ofLine: Id<"line"> | null;
  /** Place in the order of writing. */
  written: number;
  /** The estimate it is on, with the price that was sent. */
  estimate: Id<"estimate"> | null;
  sent: number | null;
  isOpen: boolean;
  /** Estimates that went to another order without it. */
  leftBy: Id<"estimate">[];
  decisions: KnownDecision[];
  done: boolean | null;
  removed: boolean;
  vendorJob: Id<"vendorJob"> | null;
  follows: boolean;
  priceOpen: boolean;
};
export type KnownJob = { id: Id<"job">; order: Id<"workOrder">; position: number; correction: string; options: KnownOptions | null };
export type KnownOptions = { list: Id<"option">[]; preselected: Id<"option"> };
export type KnownOrder = {
  id: Id<"workOrder">;
  customer: Id<"customer">;
  state: "draft" | "open" | "in-progress" | "completed" | "invoiced" | "canceled";
  standing: number | null;
  named: number | null;
  /** The estimate whose answer named it. */
  namedOn: Id<"estimate"> | null;
  approved: number | null;
};
export type KnownRevision = {
  revision: number;
  state: string;
  lines: Id<"line">[];
  /** Set once sent: prices by line, and the place among everything that was sent. */
  prices: Map<Id<"line">, number> | null;
  sentAs: number;
  /** Lines of the jobs that were sent with options, by job: those that are in all of them, and those of each. */
  choices: Map<string, { options: Map<string, Id<"line">[]>; preselected: string; common: Id<"line">[] }>;
};
export type KnownEstimate = { id: Id<"estimate">; order: Id<"workOrder">; revisions: KnownRevision[] };
/** What an order should have on an invoice, as it was when that was issued. */
export type Billed = { order: Id<"workOrder">; lines: Id<"line">[]; notDone: Id<"line">[]; total: number; over: number };
export type KnownInvoice = {
  id: Id<"invoice">;
  customer: Id<"customer">;
  orders: Id<"workOrder">[];
  state: "draft" | "issued" | "void";
  billed: Billed[];
  credited: number;
};
export type KnownVendorJob = {
  id: Id<"vendorJob">;
  order: Id<"workOrder">;
  line: Id<"line">;
  state: JobState;
  replaced: boolean;
  /** Canceled by the shop, which pays for the work done so far. */
  isEnding: boolean;
  /** The revision of the newest estimate, and whether it is an addition that waits. */
  revision: number;
  waits: boolean;
  /** Of the newest invoice, and whether the shop approved it. */
  asked: number;
  approved: boolean;
  version: number;
};
export type Rules = {
  name: string;
  partsTax: number;
  outsideTax: number;
  /** Shop supplies: a share of labor up to a cap, or a flat sum. */
  supplies: { rate: number; cap: number } | { flat: number };
  standing: number | null;
  over: "warn" | "ask" | "block";
};

export type Repairs = {
  rules: Rules;
  owner: Id<"customer">;
  orders: KnownOrder[];
  jobs: KnownJob[];
  lines: KnownLine[];
  estimates: KnownEstimate[];
  invoices: KnownInvoice[];
  vendorJobs: KnownVendorJob[];
  counter: number;
};

export const emptyRepairs = (rules: Rules, owner: Id<"customer">): Repairs => ({
  rules,
  owner,
  orders: [],
  jobs: [],
  lines: [],
  estimates: [],
  invoices: [],
  vendorJobs: [],
  counter: 0,
});

export function the<T extends { id: string }>(all: readonly T[], id: string): T {
  const found = all.find((one) => one.id === id);
  if (!found) throw new Error(`the model has no ${id}`);
  return found;
}
export const livingOn = (m: Repairs, order: string): KnownLine[] => m.lines.filter((line) => line.order === order && !line.removed);
export const isLocked = ({ state }: KnownOrder): boolean => state === "completed" || state === "invoiced" || state === "canceled";
export const newestOf = ({ revisions }: KnownEstimate): KnownRevision => {
  const last = revisions.findLast(({ state, prices }) => state !== "superseded" || prices !== null);
  if (!last) throw new Error("an estimate without a revision");
  return last;
};
export const latestSentOf = ({ revisions }: KnownEstimate): KnownRevision | null => revisions.findLast(({ prices }) => prices !== null) ?? null;

export type NewLine = Pick<KnownLine, "id" | "kind" | "text" | "each" | "count" | "cost" | "supplies"> & Partial<Pick<KnownLine, "option" | "ofLine">>;
export function writeLine(m: Repairs, order: Id<"workOrder">, job: Id<"job">, line: NewLine, more: Partial<KnownLine> = {}) {
  m.counter += 1;
  m.lines.push({
    option: null,
    ofLine: null,
    ...line,
    order,
    job,
    written: m.counter,
    estimate: null,
    sent: null,
    isOpen: false,
    leftBy: [],
    decisions: [],
    done: null,
    removed: false,
    vendorJob: null,
    follows: false,
    priceOpen: false,
    ...more,
  });
}

export const release = (line: KnownLine): void => void Object.assign(line, { estimate: null, sent: null, isOpen: false });

/** Puts lines on a draft; those of it that were never sent and are not wanted are free. */
export function bind(m: Repairs, estimate: Id<"estimate">, order: string, wanted: readonly Id<"line">[]): void {
  for (const line of livingOn(m, order)) {
    if (wanted.includes(line.id)) line.estimate = estimate;
    else if (line.estimate === estimate && line.sent === null) release(line);
  }
}

/** The lines a draft would be sent with, in no particular order. */
export const sendable = (m: Repairs, estimate: KnownEstimate): KnownLine[] => wholeOf(m, estimate.order, newestOf(estimate).lines);

/** Chosen lines with what goes with them: all options of a job together, and the cores of parts. */
export function wholeOf(m: Repairs, order: string, ids: readonly string[]): KnownLine[] {
  const living = livingOn(m, order);
  const choosing = new Set(living.filter((line) => standingOf(m, line) === "alternative").map(({ job }) => job));
  const asked = new Set(living.filter(({ id, job, option }) => ids.includes(id) && option !== null && choosing.has(job)).map(({ job }) => job));
  const chosen = living.filter((line) => (ids.includes(line.id) || (line.option !== null && asked.has(line.job))) && standingOf(m, line) !== "unchosen");
  const isCore = (line: KnownLine) => chosen.some(({ id, estimate }) => id === line.ofLine && (line.estimate === null || line.estimate === estimate));
  return living.filter((line) => chosen.includes(line) || isCore(line));
}

/** Lines with the cores of their parts. */
export const withCores = (m: Repairs, order: string, lines: readonly KnownLine[]): KnownLine[] =>
  livingOn(m, order).filter((line) => lines.includes(line) || lines.some(({ id }) => id === line.ofLine));

/** What an estimate adds: the order with it less the order without it. */
export function addedBy(m: Repairs, estimate: KnownEstimate): number {
  const before = agreedLines(m, estimate.order);
  const offered = sendable(m, estimate).filter((line) => standingOf(m, line) === "counts");
  const after = [...before.filter(({ line }) => !offered.includes(line)), ...offered.map((line) => ({ line, price: priceOf(line) }))];
  return totalOf(m.rules, after) - totalOf(m.rules, before);
}

export function send(m: Repairs, estimate: KnownEstimate): void {
  const draft = newestOf(estimate);
  const offered = sendable(m, estimate);
  const before = latestSentOf(estimate);
  if (before) before.state = "superseded";
  m.counter += 1;
  const choices: KnownRevision["choices"] = new Map();
  for (const { job } of offered.filter((line) => standingOf(m, line) === "alternative")) {
    const its = offered.filter((line) => line.job === job);
    const options = new Map<string, Id<"line">[]>();
    for (const { id, option } of its) if (option) options.set(option, [...(options.get(option) ?? []), id]);
    const counts = its.find((line) => line.option !== null && standingOf(m, line) === "counts")?.option ?? "";
    choices.set(job, { options, preselected: counts, common: its.filter(({ option }) => option === null).map(({ id }) => id) });
  }
  const lines = offered.map(({ id }) => id);
  Object.assign(draft, { state: "sent", lines, choices, prices: new Map(offered.map((line) => [line.id, priceOf(line)])), sentAs: m.counter });
  for (const line of livingOn(m, estimate.order))
    if (offered.includes(line)) Object.assign(line, { estimate: estimate.id, sent: priceOf(line), isOpen: true });
    else if (line.estimate === estimate.id) release(line);
}

export function withdraw(m: Repairs, estimate: KnownEstimate): void {
  for (const one of [newestOf(estimate), latestSentOf(estimate)]) if (one) one.state = "withdrawn";
  for (const line of livingOn(m, estimate.order)) if (line.estimate === estimate.id) release(line);
}

type Answer = { approved: readonly Id<"line">[]; declined: readonly Id<"line">[]; unchosen: readonly Id<"line">[]; asks: boolean; most: number | null };

/** Records an answer; returns the lines that go to an order of their own because theirs is locked. */
export function answer(m: Repairs, estimate: KnownEstimate, { approved, declined, unchosen, asks, most }: Answer): KnownLine[] {
  const sent = latestSentOf(estimate);
  if (!sent?.prices) throw new Error("nothing was sent");
  const order = the(m.orders, estimate.order);
  const lines = livingOn(m, order.id).filter((line) => line.estimate === estimate.id);
  const agreed = new Map(agreedLines(m, order.id).map(({ line, price }) => [line, price]));
  for (const line of lines) {
    const price = sent.prices.get(line.id);
    if (approved.includes(line.id) && price !== undefined) {
      line.decisions.push({ outcome: "approved", amount: price, ground: null, estimate: estimate.id });
      agreed.set(line, price);
      release(line);
    } else if (declined.includes(line.id)) {
      const before = verdictOf(line).state;
      release(line);
      // What was done and invoiced is not undone by a late answer.
      if (order.state === "invoiced" && line.done === true) continue;
      line.decisions.push({ outcome: before === "authorized" ? "difference-declined" : "declined", amount: 0, ground: null, estimate: estimate.id });
      if (before !== "authorized") agreed.delete(line);
    } else if (unchosen.includes(line.id)) {
      release(line);
      if (order.state === "invoiced" && line.done === true) continue;
      line.decisions.push({ outcome: "unchosen", amount: 0, ground: null, estimate: estimate.id });
      agreed.delete(line);
    } else if (line.sent === null) release(line);
    else if (asks) line.isOpen = false;
  }
  for (const one of estimate.revisions) if (one.state === "draft") one.state = "superseded";
  sent.state = asks ? "changes-requested" : approved.length === 0 ? "declined" : declined.length === 0 ? "approved" : "partially-approved";
  if (approved.length === 0) return [];
  const free = lines.filter((line) => approved.includes(line.id) && line.done !== true && line.vendorJob === null);
  const moved = isLocked(order) ? withCores(m, order.id, free) : [];
  // A limit that is named with work that moves goes with it.
  if (most !== null && moved.length === 0) Object.assign(order, { named: most, namedOn: estimate.id });
  const stays = [...agreed].filter(([line]) => !moved.includes(line)).map(([line, price]) => ({ line, price }));
  order.approved = totalOf(m.rules, stays);
  if (order.state === "draft") order.state = "open";
  return moved;
}

/** Where the database has a line now. */
export type Place = { order: Id<"workOrder">; job: Id<"job"> };

/** Lines go to a new order of the same customer. */
export function move(
  m: Repairs,
  lines: readonly KnownLine[],
  { state, named = null, namedOn = null }: { state: "open" | "draft"; named?: number | null; namedOn?: Id<"estimate"> | null },
  placeOf: (line: KnownLine) => Place,
): Id<"workOrder"> {
  const [first] = lines;
  if (!first) throw new Error("no lines to move");
  const from = the(m.orders, first.order);
  const { order: to } = placeOf(first);
  m.orders.push({ id: to, customer: from.customer, state, standing: from.standing, named, namedOn, approved: null });
  const sorted = [...lines].sort((a, b) => the(m.jobs, a.job).position - the(m.jobs, b.job).position || m.lines.indexOf(a) - m.lines.indexOf(b));
  for (const line of sorted) {
    const { job } = placeOf(line);
    if (!m.jobs.some(({ id }) => id === job)) {
      const { options } = the(m.jobs, line.job);
      m.jobs.push({ id: job, order: to, position: m.jobs.filter(({ order }) => order === to).length + 1, correction: "", options });
    }
    m.counter += 1;
    Object.assign(line, { order: to, job, done: null, vendorJob: null, written: m.counter });
  }
  return to;
}

/** Approved lines are taken back: what they came to is not agreed anymore, and neither is a limit named for none but them. */
export function takeBack(m: Repairs, order: KnownOrder, lines: readonly KnownLine[]): void {
  const approved = livingOn(m, order.id).filter((line) => verdictOf(line).state === "authorized");
  const kept = approved.filter((line) => !lines.includes(line));
  const sum = (some: readonly KnownLine[]) =>
    totalOf(
      m.rules,
      some.map((line) => ({ line, price: verdictOf(line).authorized })),
    );
  if (order.approved !== null) order.approved = kept.length === 0 ? null : Math.max(0, order.approved - sum(approved) + sum(kept));
  const holds = kept.some((line) => line.decisions.some(({ outcome, estimate }) => outcome === "approved" && estimate === order.namedOn));
  if (!holds) Object.assign(order, { named: null, namedOn: null });
}

/** A decision that staff record. */
export function decide(m: Repairs, line: KnownLine, outcome: "approved" | "declined" | "reasoned", ground: string | null): void {
  const order = the(m.orders, line.order);
  const before = sumsOf(m, order.id);
  const was = verdictOf(line).state;
  const agreed = new Map(agreedLines(m, order.id).map((one) => [one.line, one.price]));
  const others = livingOn(m, order.id).filter((one) => one.job === line.job && line.option !== null && standingOf(m, one) === "alternative");
  const all = withCores(m, order.id, [line]).filter((one) => one === line || order.state !== "completed" || !isDeferred(one));
  if (outcome === "declined" && was === "authorized") takeBack(m, order, all);
  for (const one of all) {
    const { over, reasoned } = before.byLine(one);
    const amount = outcome === "declined" ? 0 : outcome === "reasoned" && ground === "override" ? reasoned + over : priceOf(one);
    one.decisions.push({ outcome, amount, ground, estimate: null });
    if (outcome === "approved") agreed.set(one, amount);
  }
  // Who decides about a line of an option chooses it.
  if (outcome !== "reasoned") for (const other of others) other.decisions.push({ outcome: "unchosen", amount: 0, ground: null, estimate: null });
  const priced = [...agreed].map(([one, price]) => ({ line: one, price }));
  if (outcome === "approved") order.approved = totalOf(m.rules, priced);
}

/** The option that counts is left for another one; returns what the order came to before and after. */
export function switchTo(m: Repairs, job: KnownJob, option: string): { before: number; after: number; apply(): void } {
  const own = livingOn(m, job.order).filter((line) => line.job === job.id && line.option !== null);
  const agreed = agreedLines(m, job.order);
  const left = own.filter((line) => line.option !== option && standingOf(m, line) !== "unchosen");
  const wanted = own.filter((line) => line.option === option);
  const kept = agreed.filter(({ line }) => !left.includes(line) && !wanted.includes(line));
  const after = totalOf(m.rules, [...kept, ...wanted.map((line) => ({ line, price: priceOf(line) }))]);
  const apply = () => {
    for (const line of wanted) line.decisions.push({ outcome: "approved", amount: priceOf(line), ground: null, estimate: null });
    for (const line of left) line.decisions.push({ outcome: "unchosen", amount: 0, ground: null, estimate: null });
    the(m.orders, job.order).approved = after;
  };
  return { before: totalOf(m.rules, agreed), after, apply };
}
