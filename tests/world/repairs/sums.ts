import type { KnownLine, Repairs, Rules } from "./model";

/* The sums of an order, worked out from the plain objects of the model each time they are asked for. */

export const priceOf = ({ each, count }: KnownLine): number => each * count;

/** What the decisions about a line come to. */
export function verdictOf({ decisions }: KnownLine) {
  const last = decisions.findLastIndex(({ outcome }) => ["approved", "declined", "unchosen", "withdrawn", "unanswered"].includes(outcome));
  const since = decisions.slice(last + 1);
  const reason = since.findLast(({ outcome }) => outcome === "reasoned");
  const outcome = decisions[last]?.outcome;
  return {
    state: outcome === "approved" ? "authorized" : (outcome ?? "none"),
    authorized: outcome === "approved" ? (decisions[last]?.amount ?? 0) : 0,
    reasoned: reason?.amount ?? 0,
    isFree: reason?.ground === "warranty" || reason?.ground === "internal",
    noMore: since.some((one) => one.outcome === "difference-declined"),
  };
}

const DEFERRED = ["declined", "withdrawn", "unanswered"];

/** Whether a line is not to be done: declined, withdrawn, or on a canceled order without an answer. */
export const isDeferred = (line: KnownLine): boolean => DEFERRED.includes(verdictOf(line).state);

/** The option of a job that counts, and whether somebody chose; null where it has none. */
function choiceIn(m: Repairs, { job, order }: KnownLine): { counts: string; isMade: boolean } | null {
  const options = m.jobs.find(({ id }) => id === job)?.options;
  if (!options) return null;
  const own = m.lines.filter((line) => line.job === job && line.order === order && !line.removed && line.option !== null);
  const stateOf = (option: string) => own.filter((line) => line.option === option).map((line) => verdictOf(line).state);
  const named =
    options.list.find((option) => stateOf(option).includes("authorized")) ??
    options.list.find((option) => stateOf(option).some((state) => DEFERRED.includes(state)));
  const living = [options.preselected, ...options.list].find((option) => stateOf(option).length > 0);
  return { counts: named ?? living ?? options.preselected, isMade: own.some((line) => verdictOf(line).state !== "none") };
}

/** Whether a line is in an option that doesn't count, which the customer may still choose or did not. */
export function standingOf(m: Repairs, line: KnownLine): "counts" | "alternative" | "unchosen" {
  const { state } = verdictOf(line);
  if (state !== "none") return state === "unchosen" ? "unchosen" : "counts";
  const choice = line.option === null ? null : choiceIn(m, line);
  if (!choice || choice.counts === line.option) return "counts";
  return choice.isMade ? "unchosen" : "alternative";
}

/** What was decided about a line; one of an option that doesn't count is unchosen. */
export const stateOf = (m: Repairs, line: KnownLine): string => (standingOf(m, line) === "counts" ? verdictOf(line).state : "unchosen");

/** Whether a line is left out of what is paid: not done, declined, or in another option. */
export const isOut = (m: Repairs, line: KnownLine): boolean => line.done === false || ["unchosen", ...DEFERRED].includes(stateOf(m, line));

type Priced = { line: KnownLine; price: number };
const taxed = (amount: number, percent: number): number => Math.round((amount * percent) / 100);

/** With supplies and tax. */
export function totalOf(rules: Rules, priced: readonly Priced[]): number {
  const charged = priced.filter(({ price }) => price !== 0);
  let [sum, tax, labor, uses] = [0, 0, 0, false];
  for (const { line, price } of charged) {
    sum += price;
    if (line.kind === "part" || line.kind === "core") tax += taxed(price, rules.partsTax);
    if (line.kind === "outside") tax += taxed(price, rules.outsideTax);
    if (line.supplies && line.kind === "labor") labor += price;
    if (line.supplies && line.kind !== "outside") uses = true;
  }
  const supplies = "flat" in rules.supplies ? (uses ? rules.supplies.flat : 0) : Math.min(rules.supplies.cap, taxed(Math.max(0, labor), rules.supplies.rate));
  return sum + supplies + tax + taxed(supplies, rules.partsTax);
}

/** The price of a line in the newest snapshot that was neither withdrawn nor superseded; not on one that went on without it. */
function quotedOf(m: Repairs, line: KnownLine): number {
  const sent = m.estimates
    .filter(({ id }) => !line.leftBy.includes(id))
    .flatMap(({ revisions }) => revisions)
    .filter(({ prices, state }) => prices?.has(line.id) && !["withdrawn", "superseded"].includes(state));
  sent.sort((a, b) => b.sentAs - a.sentAs);
  return sent[0]?.prices?.get(line.id) ?? 0;
}

export type LineSums = { state: string; authorized: number; covered: number; reasoned: number; toBill: number; over: number; offered: number | null };
const NOTHING: LineSums = { state: "none", authorized: 0, covered: 0, reasoned: 0, toBill: 0, over: 0, offered: null };

export function sumsOf(m: Repairs, orderId: string) {
  const order = m.orders.find(({ id }) => id === orderId);
  const lines = m.lines.filter((line) => line.order === orderId && !line.removed).sort((a, b) => a.written - b.written);
  const mosts = [order?.standing, order?.named, order?.approved].flatMap((sum) => sum ?? []);
  const sums = new Map<KnownLine, LineSums>();
  for (const line of lines) {
    const { authorized, reasoned, isFree } = verdictOf(line);
    const state = stateOf(m, line);
    const offered = line.isOpen ? line.sent : null;
    const now = offered !== null && state !== "authorized" ? "offered" : state;
    const toBill = isOut(m, line) || isFree ? 0 : priceOf(line);
    sums.set(line, { state: now, authorized: isOut(m, line) ? 0 : authorized, covered: 0, reasoned, toBill, over: 0, offered });
  }
  const agreed = new Map(
    [...sums].flatMap(([line, { state, authorized }]) => (state === "authorized" && line.done !== false ? [[line, authorized] as const] : [])),
  );
  for (const [line, it] of sums) {
    const { isFree, noMore } = verdictOf(line);
    const more = it.toBill - it.authorized - it.reasoned;
    if (more <= 0 || isFree || noMore || it.offered !== null) continue;
    const extended = new Map(agreed).set(line, it.authorized + more);
    if (
      totalOf(
        m.rules,
        [...extended].map(([one, price]) => ({ line: one, price })),
      ) > Math.max(...mosts)
    )
      break;
    agreed.set(line, it.authorized + more);
    it.covered = more;
  }
  for (const it of sums.values()) it.over = Math.max(0, it.toBill - it.authorized - it.covered - it.reasoned);
  const sum = (of: (it: LineSums) => number) => [...sums.values()].reduce((all, it) => all + of(it), 0);
  const wasAsked = lines.some((line) => line.decisions.length > 0 || line.sent !== null || quotedOf(m, line) > 0);
  const applies = mosts.length > 0 || wasAsked;
  return {
    quoted: lines.filter((line) => stateOf(m, line) !== "unchosen").reduce((all, line) => all + quotedOf(m, line), 0),
    authorized: sum((it) => it.authorized + it.covered),
    toBill: sum((it) => it.toBill),
    over: sum((it) => it.over),
    overLines: [...sums.values()].filter((it) => it.over > 0 && it.offered === null).length,
    applies,
    /** What is charged with supplies and tax. */
    total: totalOf(
      m.rules,
      [...sums].map(([line, { toBill }]) => ({ line, price: toBill })),
    ),
    byLine: (line: KnownLine): LineSums => sums.get(line) ?? NOTHING,
  };
}

/** What the customer agreed to so far, line by line. */
export function agreedLines(m: Repairs, order: string): Priced[] {
  const { byLine } = sumsOf(m, order);
  return m.lines
    .filter((line) => line.order === order && !line.removed)
    .map((line) => ({ line, price: byLine(line).authorized + byLine(line).covered }))
    .filter(({ price }) => price > 0);
}

/** The shop's cost of an order: of its own parts that are charged, and of every vendor's approved invoice. */
export function costOf(m: Repairs, order: string): number {
  const own = m.lines
    .filter((line) => line.order === order && !line.removed && line.vendorJob === null && !isOut(m, line))
    .reduce((all, line) => all + (line.cost ?? 0) * line.count, 0);
  const vendors = m.vendorJobs.filter((job) => job.approved && m.lines.some(({ id, order: its }) => id === job.line && its === order));
  return own + vendors.reduce((all, { asked }) => all + asked, 0);
}
