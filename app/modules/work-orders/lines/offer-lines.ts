import type { Id } from "~/kernel/ids";
import { type Cents, sumCents, toCents } from "~/kernel/money";
import { ok } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { type Job, type OrderLine, priceOf } from "../jobs/job";
import { applied, type Change, type Decided, named, notAllowed, type Order, stale } from "../order";
import { canEdit } from "../work-order";
import { workOrderJournal } from "../work-order.journal";
import { decisionsOn, isOpenOn } from "./authorization";
import { jobsWith } from "./jobs-with";
import { type AnswerWay, decidedOf, isDeferral, type LineDecision } from "./line-decision";
import { authorizationIn, linesOf, totalUnder } from "./order-authorization";

const textsOf = (order: Order, ids: ReadonlySet<string>): string[] =>
  linesOf(order)
    .filter(({ id }) => ids.has(id))
    .map(({ text }) => text);

const released = (line: OrderLine): OrderLine => ({ ...line, offer: null });

/** A line whose quote on this estimate doesn't count anymore: what it was quoted before is. */
export const unquoted = (line: OrderLine): OrderLine => ({
  ...released(line),
  quoted: line.offer?.price === null ? line.quoted : (line.offer?.quotedBefore ?? null),
});

/** A change with some lines free of their estimates, which don't wait for an answer about them anymore. */
export function withoutOffers(order: Order, change: Change, isFree: (line: OrderLine) => boolean): Change {
  const after = applied(order, change).jobs;
  const freed = after.map((job) => ({
    ...job,
    lines: job.lines.map((line) => (line.offer && isFree(line) ? { ...unquoted(line), version: order.version + 1 } : line)),
  }));
  const isChanged = (job: Job, at: number) => change.jobs?.some(({ id }) => id === job.id) || job.lines.some((line, place) => line !== after[at]?.lines[place]);
  return { ...change, jobs: freed.filter(isChanged) };
}

/** Puts lines on the draft of an estimate, and takes its other lines that were never sent off it. */
export function bindLines(order: Order, estimateId: Id<"estimate">, wanted: readonly Id<"line">[]): Decided {
  const allowed = canEdit(order.state);
  if (allowed !== true) return notAllowed(allowed);
  const ids = new Set<string>(wanted);
  const known = linesOf(order);
  if (wanted.some((id) => !known.some((line) => line.id === id))) return stale;
  const other = known.find(({ id, offer }) => ids.has(id) && offer !== null && offer.estimateId !== estimateId);
  if (other) return notAllowed(`"${other.text}" is on another estimate already. Withdraw or revise that one first.`);
  const jobs = jobsWith(order, (line) => {
    if (ids.has(line.id)) return line.offer ? line : { ...line, offer: { estimateId, price: null, validThrough: null, isOpen: false, quotedBefore: null } };
    return line.offer?.estimateId === estimateId && line.offer.price === null ? released(line) : line;
  });
  return ok({ event: workOrderJournal.of("estimate-lines.chosen", { ...named(order), lines: textsOf(order, ids) }), jobs });
}

type Offering = {
  estimateId: Id<"estimate">;
  lines: readonly Id<"line">[];
  /** Those of them that are offered all or nothing with the others of their job. */
  whole?: readonly Id<"line">[];
  validThrough: string;
};

/** Offers lines at their present prices. Lines of the estimate that are not sent again are free. */
export function offerLines(order: Order, { estimateId, lines, whole = [], validThrough }: Offering): Decided {
  const allowed = canEdit(order.state);
  if (allowed !== true) return notAllowed(allowed);
  const ids = new Set<string>(lines);
  const open = linesOf(order).find(({ id, priceOpen }) => ids.has(id) && priceOpen);
  if (open) return notAllowed(`"${open.text}" has no price yet. Enter one, or leave it out.`);
  const jobs = jobsWith(order, (line) => {
    if (ids.has(line.id)) {
      const quotedBefore = line.offer && line.offer.price !== null ? line.offer.quotedBefore : line.quoted;
      // Only lines that were first offered together are bound, so a later estimate adds none.
      const isFirst = line.quoted === null || line.offeredWith === estimateId;
      const offeredWith = isFirst ? (whole.includes(line.id) ? estimateId : null) : line.offeredWith;
      const offer = { estimateId, price: priceOf(line), validThrough, isOpen: true, quotedBefore };
      return { ...line, quoted: priceOf(line), offer, offeredWith };
    }
    return line.offer?.estimateId === estimateId ? unquoted(line) : line;
  });
  return ok({ event: workOrderJournal.of("estimate-lines.sent", { ...named(order), lines: textsOf(order, ids) }), jobs });
}

/** Frees the lines of an estimate that was withdrawn, and ends a hold that waited for it. */
export function withdrawLines(order: Order, estimateId: Id<"estimate">, now: UtcMs, today: string): Decided {
  const its = new Set<string>(linesOf(order).flatMap(({ id, offer }) => (offer?.estimateId === estimateId ? [id] : [])));
  const jobs = jobsWith(order, (line) => (its.has(line.id) ? unquoted(line) : line));
  return ok({
    event: workOrderJournal.of("estimate-lines.withdrawn", { ...named(order), lines: textsOf(order, its) }),
    jobs,
    order: holdAfter(order, jobs, now, today),
  });
}

/** Ends the wait for an answer about lines whose last day is over, and a hold that waited for it; null if there are none. */
export function expireLines(order: Order, now: UtcMs, today: string): Change | null {
  const isOver = ({ offer }: OrderLine) => offer?.isOpen === true && !isOpenOn(offer, today);
  const over = new Set<string>(linesOf(order).flatMap((line) => (isOver(line) ? [line.id] : [])));
  if (over.size === 0) return null;
  const jobs = jobsWith(order, (line) => (line.offer && over.has(line.id) ? { ...line, offer: { ...line.offer, isOpen: false } } : line));
  return {
    event: workOrderJournal.of("estimate-lines.expired", { ...named(order), lines: textsOf(order, over) }),
    jobs,
    order: holdAfter(order, jobs, now, today),
  };
}

export type LineAnswer = {
  estimateId: Id<"estimate">;
  revision: number;
  /** Approved lines with the price that was sent. */
  approved: readonly { id: Id<"line">; price: Cents }[];
  declined: readonly Id<"line">[];
  /** Lines of options that the customer didn't choose. */
  unchosen: readonly Id<"line">[];
  /** The customer wants changes: the lines stay on the estimate, but nothing waits for an answer. */
  asksForChanges: boolean;
  /** The most that the customer agreed to, with supplies and tax; null if none was named. */
  most: Cents | null;
  purchaseOrder: string;
  reason: string;
  by: string;
  how: AnswerWay;
  /** Lines of jobs that were offered all or nothing, which staff confirmed to split. */
  split?: readonly Id<"line">[];
};

/** Records a customer's answer about offered lines. It can only decide what was offered on that estimate. */
export function answerLines(order: Order, answer: LineAnswer, now: UtcMs, today: string): Change {
  const { estimateId, revision, by, how, reason, split = [] } = answer;
  const prices = new Map<string, Cents>(answer.approved.map(({ id, price }) => [id, price]));
  const [no, others] = [new Set<string>(answer.declined), new Set<string>(answer.unchosen)];
  const offered = linesOf(order).filter(({ offer }) => offer?.estimateId === estimateId);
  const decisions = offered.flatMap((line): LineDecision[] => {
    const before = decisionsOn(order, line.id);
    const base = {
      lineId: line.id,
      sequence: before.length + 1,
      ground: null,
      reason,
      estimateId,
      revision,
      by,
      how,
      splits: split.includes(line.id),
      at: now,
    };
    const price = prices.get(line.id);
    if (price !== undefined) return [{ ...base, outcome: "approved", amount: price }];
    // What was done and invoiced is not undone by a late answer; the estimate keeps it.
    if (order.state === "invoiced" && line.done === true) return [];
    if (others.has(line.id)) return [{ ...base, outcome: "unchosen", amount: toCents(0) }];
    if (!no.has(line.id)) return [];
    return [{ ...base, outcome: decidedOf(before).state === "authorized" ? "difference-declined" : "declined", amount: toCents(0) }];
  });
  const decided = new Set<string>(offered.flatMap(({ id }) => (prices.has(id) || no.has(id) || others.has(id) ? [id] : [])));
  const jobs = jobsWith(order, (line) => {
    if (decided.has(line.id)) return released(line);
    // Lines of a revision that was being written; the answer ends it.
    if (line.offer?.estimateId === estimateId && line.offer.price === null) return released(line);
    return answer.asksForChanges && line.offer?.estimateId === estimateId ? { ...line, offer: { ...line.offer, isOpen: false } } : line;
  });
  const some = decisions.some(({ outcome }) => outcome === "approved");
  const most = some ? { ...order.most, ...(answer.most === null ? {} : { named: answer.most }) } : order.most;
  return {
    event: workOrderJournal.of("lines.decided", {
      ...named(order),
      who: by,
      chosen: chosenOptions(order, prices),
      approved: textsOf(order, new Set(prices.keys())),
      declined: textsOf(order, no),
      unchosen: textsOf(order, others),
    }),
    jobs,
    decisions,
    order: {
      ...holdAfter(order, jobs, now, today),
      most: some ? { ...most, approved: agreedTotal(order, decisions, today) } : most,
      ...(some && answer.most !== null ? { mostNamedOn: estimateId } : {}),
      ...(some && order.state === "draft" ? { state: "open", stateSince: now, stateVersion: order.version + 1 } : {}),
      ...(some && answer.purchaseOrder !== "" && order.purchaseOrder === null ? { purchaseOrder: answer.purchaseOrder, headVersion: order.version + 1 } : {}),
    },
  };
}

/** The options that the approved lines are in, each with its job. */
const chosenOptions = (order: Order, approved: ReadonlyMap<string, Cents>): string[] =>
  order.jobs.flatMap(({ position, options, lines }) =>
    (options?.list ?? [])
      .filter((option) => lines.some((line) => line.option === option.id && approved.has(line.id)))
      .map(({ name }) => `"${name}" for job ${position}`),
  );

/**
 * What the customer has agreed to on an order after these decisions, with supplies and tax: what was authorized or
 * covered before, and what is approved now. `without` are lines that leave the order.
 */
export function agreedTotal(order: Order, decisions: readonly LineDecision[], today: string, without: readonly Id<"line">[] = []): Cents {
  const { lines } = authorizationIn(order, today);
  return totalUnder(order)(
    linesOf(order)
      .filter(({ id }) => !without.includes(id))
      .flatMap((line) => {
        const [before, now] = [lines.get(line.id), decisions.findLast(({ lineId }) => lineId === line.id)];
        const kept = sumCents([before?.authorized ?? toCents(0), before?.covered ?? toCents(0)]);
        const price = now?.outcome === "approved" ? now.amount : now?.outcome === "unchosen" || isDeferral(now?.outcome) ? toCents(0) : kept;
        return price === 0 ? [] : [{ line: { ...line, price: priceOf(line) }, price }];
      }),
  );
}

/** An approval hold ends with the last open answer, back to the state before it. */
function holdAfter(order: Order, jobs: readonly Job[], now: UtcMs, today: string): Change["order"] {
  const isWaiting = ({ offer }: OrderLine) => isOpenOn(offer, today);
  const waits = order.jobs.some((job) => (jobs.find(({ id }) => id === job.id) ?? job).lines.some(isWaiting));
  if (order.state !== "on-hold" || order.holdReason !== "approval" || waits) return {};
  return { state: order.heldFrom ?? "open", holdReason: null, heldFrom: null, stateSince: now, stateVersion: order.version + 1 };
}
