import { type Cents, sumCents, toCents } from "~/kernel/money";
import { choiceOf, type Optioned, type Standing, standingIn } from "./job-options";
import { type AgreedMost, type Decided, type Deferral, decidedOf, isDeferral, type LineDecision, type LineOffer } from "./line-decision";

/** What authorization depends on in a line. `price` is its present price before supplies and tax. */
export type PricedLine = {
  id: string;
  price: Cents;
  /** What it was last quoted at; null if it never was, or the quote was withdrawn. */
  quoted: Cents | null;
  /** False once the order is completed without it; null until then. */
  done: boolean | null;
  /** Where its job has options; absent where it has none. */
  standing?: Standing;
};

export type LineState = "none" | "offered" | "authorized" | "unchosen" | Deferral;

/** What the customer decided about a line, in cents before supplies and tax. */
export type LineAuthorization = {
  state: LineState;
  /** Not billed: the customer said no, chose another option or did not answer, or it was not done. */
  isOut: boolean;
  /** Of an option that doesn't count, but may still be chosen. */
  isAlternative: boolean;
  /** Price of the offer that waits for an answer; null without one. */
  offered: Cents | null;
  /** Approved by the customer; what is only covered is not in it. */
  authorized: Cents;
  /** Not decided, and within what the customer agreed to at most. */
  covered: Cents;
  /** Added by the shop's decision. */
  reasoned: Cents;
  toBill: Cents;
  /** Billed without authorization, coverage or reason. */
  over: Cents;
};

export type OrderAuthorization = {
  lines: ReadonlyMap<string, LineAuthorization>;
  /** Sums before supplies and tax. */
  quoted: Cents;
  /** Approved and covered. */
  authorized: Cents;
  toBill: Cents;
  over: Cents;
  /** Lines over that nobody was asked about: they are on no estimate that waits for an answer. */
  overLines: number;
  /** What tax and supplies on approved work add beyond what the customer agreed to, since they changed after the approval. */
  chargesOver: Cents;
  /** Whether what is not authorized matters: something was quoted or decided, or there is a limit, the customer's or the standing sum. */
  applies: boolean;
};

/** The charges, with supplies and tax, of lines at these prices. */
export type TotalOf<L extends PricedLine = PricedLine> = (lines: readonly { line: L; price: Cents }[]) => Cents;

const ZERO = toCents(0);

type Decisions = { decisions: readonly LineDecision[] };

/** The decisions about one line of an order. */
export const decisionsOn = ({ decisions }: Decisions, lineId: string): LineDecision[] => decisions.filter((decision) => decision.lineId === lineId);

/** What the decisions about one line of an order come to. A line of an option that doesn't count is unchosen, decided or not. */
export function decidedOn(order: Decisions & { jobs: readonly Optioned[] }, lineId: string): Decided {
  const decided = decidedOf(decisionsOn(order, lineId));
  const job = order.jobs.find(({ lines }) => lines.some(({ id }) => id === lineId));
  const line = job?.lines.find(({ id }) => id === lineId);
  return job && line && standingIn(choiceOf(job, order.decisions), line, decided) !== "counts" ? { ...decided, state: "unchosen" } : decided;
}

/** The lines of options that don't count but may still be chosen, of jobs with any of these lines in the option that counts. */
export function alternativesTo<L extends Optioned["lines"][number]>(order: Decisions & { jobs: readonly Optioned<L>[] }, isWanted: (line: L) => boolean): L[] {
  return order.jobs.flatMap((job) => {
    const choice = choiceOf(job, order.decisions);
    const isIn = job.lines.some((line) => line.option !== undefined && line.option === choice?.counts && isWanted(line));
    const standing = (line: L) => standingIn(choice, line, decidedOf(decisionsOn(order, line.id)));
    return isIn ? job.lines.filter((line) => standing(line) === "alternative") : [];
  });
}

/** Not to be done: the customer said no, chose another option or did not answer, or the shop took it off. */
export const isRefusedWork = (state: LineState | undefined): boolean => state === "unchosen" || isDeferral(state);

type Offer = Omit<LineOffer, "lineId">;
export const isOpenOn = <O extends Offer>(offer: O | null | undefined, today: string): offer is O & { price: Cents } =>
  offer?.isOpen === true && offer.price !== null && offer.validThrough !== null && offer.validThrough >= today;

type Facts<L extends PricedLine> = {
  /** In the order of writing, without removed lines. */
  lines: readonly L[];
  decisions: readonly LineDecision[];
  offers: readonly LineOffer[];
  most: AgreedMost;
  totalOf: TotalOf<L>;
  /** The shop's calendar day. */
  today: string;
  /** Of the shop's own fleet: nothing is charged, and nobody is asked. */
  isInternal?: boolean;
};

/**
 * What is authorized on an order. Undecided lines, and what authorized lines grew by, are covered whole in the order of
 * writing while the order's total stays within what the customer agreed to at most; the first that does not fit and all
 * after it are over.
 */
export function authorizationOf<L extends PricedLine>({ lines, decisions, offers, most, totalOf, today, isInternal = false }: Facts<L>): OrderAuthorization {
  const known = lines.map((line) => {
    const own = decidedOf(decisionsOn({ decisions }, line.id));
    const decided: Decided = (line.standing ?? "counts") === "counts" ? own : { ...own, state: "unchosen" };
    const offer = offers.find(({ lineId }) => lineId === line.id);
    const offered = isOpenOn(offer, today) ? offer.price : null;
    const state: LineState = decided.state !== "authorized" && offered !== null ? "offered" : decided.state;
    const isOut = line.done === false || isRefusedWork(decided.state);
    const atZero = decided.atZero || isInternal;
    const toBill = isOut || atZero ? ZERO : line.price;
    return { line, ...decided, atZero, offered, state, isOut, isUnchosen: decided.state === "unchosen", toBill };
  });

  const agreed = known.filter(({ state, isOut }) => state === "authorized" && !isOut).map(({ line, authorized }) => ({ line, price: authorized }));
  const limit = Math.max(...[most.standing, most.named, most.approved].map((sum) => sum ?? 0));
  const isLimited = most.standing !== null || most.named !== null || most.approved !== null;

  const within = [...agreed];
  let fits = isLimited;
  const covered = known.map(({ line, state, offered, isOut, toBill, authorized, reasoned, declinesMore, atZero }): Cents => {
    const more = toCents(toBill - authorized - reasoned);
    if (isOut || atZero || declinesMore || offered !== null || more <= 0 || !fits) return ZERO;
    const at = within.findIndex((one) => one.line === line);
    const price = toCents(state === "authorized" ? authorized + more : more);
    const next = at < 0 ? [...within, { line, price }] : within.map((one, place) => (place === at ? { line, price } : one));
    fits = totalOf(next) <= limit;
    if (fits) within.splice(0, within.length, ...next);
    return fits ? more : ZERO;
  });

  const all = known.map(({ line, state, offered, authorized, reasoned, isOut, atZero, toBill }, at): [string, LineAuthorization] => {
    const its = covered[at] ?? ZERO;
    const over = isOut || atZero ? ZERO : toCents(Math.max(0, toBill - authorized - its - reasoned));
    const isAlternative = line.standing === "alternative";
    return [line.id, { state, isOut, isAlternative, offered, authorized: isOut ? ZERO : authorized, covered: its, reasoned, toBill, over }];
  });
  const sums = all.map(([, it]) => it);
  const over = sumCents(sums.map((it) => it.over));
  return {
    lines: new Map(all),
    // Of options only the one that counts: the approved one, before that the preselected.
    quoted: sumCents(known.flatMap(({ line, isUnchosen }) => (isUnchosen ? [] : (line.quoted ?? [])))),
    authorized: sumCents(sums.map((it) => toCents(it.authorized + it.covered))),
    toBill: sumCents(sums.map((it) => it.toBill)),
    over,
    overLines: sums.filter((it) => it.over > 0 && it.offered === null).length,
    chargesOver: most.approved === null ? ZERO : toCents(Math.max(0, totalOf(agreed) - limit)),
    applies: !isInternal && (decisions.length > 0 || offers.some(({ price }) => price !== null) || lines.some(({ quoted }) => quoted !== null) || isLimited),
  };
}
