import { canonical } from "~/kernel/canonical";
import { err, ok } from "~/kernel/result";
import { bindLines, offerLines, withdrawLines } from "~/modules/work-orders/lines/offer-lines";
import { authorizationIn } from "~/modules/work-orders/lines/order-authorization";
import type { Decided as OrderDecided } from "~/modules/work-orders/order";
import { type Decided, type DecisionContext, type EstimateCommand, incomplete, notAllowed, stale } from "./command";
import { isBound } from "./decisions/answer-choice";
import { type Estimate, isExpired, latestSent, newest } from "./estimate";
import { estimateJournal } from "./estimate.journal";
import { lineIdsIn, linesIn, namesGone, takeSnapshot, wholeJobs } from "./estimate-snapshot";
import { can, isAgreed } from "./life-cycle";
import type { Revision } from "./revision";

/** Characters of a snapshot's JSON. It is in one row, and D1 limits a row to 2 MB. */
const LONGEST = 1_000_000;

type Command<I extends EstimateCommand["intent"]> = Extract<EstimateCommand, { intent: I }>;

/** Why the order's lines can't be changed so. */
const refusedByOrder = (decided: Extract<OrderDecided, { ok: false }>): Decided =>
  decided.error.kind === "not-allowed" ? notAllowed(decided.error.message) : stale;

export function write(estimate: Estimate, { seen, head, jobs }: Command<"write">, { order, today }: DecisionContext): Decided {
  const draft = newest(estimate);
  const allowed = can("write", draft.state);
  if (allowed !== true) return notAllowed(allowed);
  if (seen < draft.version) return stale;
  const content = { ...head, jobs: wholeJobs({ jobs }, { jobs: order.jobs, authorization: authorizationIn(order, today) }) };
  const bound = bindLines(order, estimate.id, lineIdsIn(content));
  if (!bound.ok) return refusedByOrder(bound);
  if (namesGone({ jobs }, order)) return stale;
  return ok({
    event: estimateJournal.of("estimate.changed", { title: head.title }),
    revisions: [{ ...draft, content, version: estimate.version + 1 }],
    order: bound.value.jobs?.length ? bound.value : undefined,
  });
}

export function send(estimate: Estimate, command: Command<"send">, { order, now, today, zone, sha256 }: DecisionContext): Decided {
  const draft = newest(estimate);
  const allowed = can("send", draft.state);
  if (allowed !== true) return notAllowed(allowed);
  if (command.seen < draft.version) return stale;
  const before = latestSent(estimate);
  // The customer may have answered the old one while the new one was being written.
  if (before && isAgreed(before.state)) return notAllowed(`The customer just approved revision ${before.revision}. Create a new estimate for more work.`);
  const offeredOrder = { jobs: order.jobs, authorization: authorizationIn(order, today) };
  const content = { ...draft.content, jobs: wholeJobs(draft.content, offeredOrder) };
  if (isExpired(content.validThrough, now, zone)) return incomplete("The Valid until date has passed. Choose a later date.");
  const snapshot = takeSnapshot(content, offeredOrder, {
    ...command.facts,
    taxExempt: order.taxExempt,
    number: estimate.number,
    revision: draft.revision,
    rules: order.rules.rules,
    photos: command.photos,
    ...(command.answer ? { answerBy: { at: command.answer.clock.answerBy, backup: command.answer.backup } } : {}),
  });
  const lines = linesIn(snapshot);
  if (lines.length === 0) return incomplete("Choose at least one line. There's nothing to approve yet.");
  if (content.deposit !== null && content.deposit > snapshot.charges.total)
    return incomplete("The deposit is more than the estimate total. Lower it, or leave it empty.");
  if (command.total !== null && command.total !== snapshot.charges.total) return err({ kind: "other-total", total: snapshot.charges.total });
  const text = canonical(snapshot);
  if (text.length > LONGEST) return incomplete("This estimate is at its maximum length. Leave lines out, and create another one for the rest.");
  const whole = snapshot.groups.filter(isBound).flatMap((group) => group.lines.map(({ id }) => id));
  const offered = offerLines(order, { estimateId: estimate.id, lines: lines.map(({ id }) => id), whole, validThrough: content.validThrough });
  if (!offered.ok) return refusedByOrder(offered);
  const offer = { snapshot, hash: sha256(text), sentAt: now, sentBy: command.by, rulesVersion: order.rules.version };
  const version = estimate.version + 1;
  return ok({
    event: estimateJournal.of("estimate.sent", { number: estimate.number, revision: draft.revision, total: snapshot.charges.total, hash: offer.hash }),
    revisions: [{ ...draft, content, state: "sent", offer, version }, ...(before ? [{ ...before, state: "superseded" as const, version }] : [])],
    order: offered.value,
  });
}

export function revise(estimate: Estimate, command: Command<"revise">): Decided {
  const last = newest(estimate);
  const allowed = can("revise", last.state);
  if (allowed !== true) return notAllowed(allowed);
  const version = estimate.version + 1;
  const content = { ...last.content, validThrough: command.validThrough };
  const revision = (estimate.revisions.at(-1)?.revision ?? last.revision) + 1;
  const draft: Revision = { revision, state: "draft", content, version, offer: null, viewed: null, asked: null, decision: null, withdrawn: null };
  return ok({ event: estimateJournal.of("estimate.revised", { revision }), revisions: [draft] });
}

/** Ends an estimate that was not answered. Its lines are free for another one. */
/** The customer gets the mail about what was sent once more; the estimate stays as it is. */
export function sendAgain(estimate: Estimate, { now, zone }: Pick<DecisionContext, "now" | "zone">): Decided {
  const sent = latestSent(estimate);
  if (!sent?.offer) return err({ kind: "not-found" });
  const allowed = can("send-again", sent.state);
  if (allowed !== true) return notAllowed(allowed);
  if (isExpired(sent.offer.snapshot.validThrough, now, zone)) return notAllowed("It has expired. Revise it, and send it with a new last day.");
  return ok({ event: estimateJournal.of("estimate.sent-again", { revision: sent.revision }), revisions: [] });
}

export function withdraw(
  estimate: Estimate,
  { by, why }: Pick<Command<"withdraw">, "by" | "why">,
  { order, now, today }: Pick<DecisionContext, "order" | "now" | "today">,
): Decided {
  const last = newest(estimate);
  const sent = latestSent(estimate);
  const allowed = can("withdraw", last.state);
  if (allowed !== true) return notAllowed(allowed);
  if (sent && isAgreed(sent.state)) return notAllowed("The customer already approved it.");
  if (why === "") return err({ kind: "no-reason" });
  const freed = withdrawLines(order, estimate.id, now, today);
  if (!freed.ok) return refusedByOrder(freed);
  const version = estimate.version + 1;
  const withdrawn = { at: now, by, why };
  const ended = last.revision === sent?.revision || !sent ? [last] : [last, sent];
  return ok({
    event: estimateJournal.of("estimate.withdrawn", { number: estimate.number, why }),
    revisions: ended.map((one) => ({ ...one, state: "withdrawn" as const, withdrawn, version })),
    order: freed.value,
  });
}
