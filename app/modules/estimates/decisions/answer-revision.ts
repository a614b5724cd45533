import type { Id } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import { err, ok } from "~/kernel/result";
import { mayDecide } from "~/modules/customers/contacts/contact-rights";
import { partOf } from "~/modules/work-orders/lines/core-lines";
import { agreedTotal, answerLines } from "~/modules/work-orders/lines/offer-lines";
import { linesOf } from "~/modules/work-orders/lines/order-authorization";
import { type AnswerChoice, type Decided, type DecisionContext, type EstimateCommand, incomplete, notAllowed } from "../command";
import { type Estimate, isExpired, revisionOf } from "../estimate";
import { estimateJournal } from "../estimate.journal";
import { answeredTotal, countedIn, countedOf, type EstimateSnapshot, linesIn, mostPicks, type Picks, type SnapshotLine, splitOf } from "../estimate-snapshot";
import { can } from "../life-cycle";
import type { Decision, Outcome } from "../revision";
import { isBound, isWhole } from "./answer-choice";

const CHANGED = "The work on this estimate changed. Ask the shop to send it again.";
const EXPIRED = "This estimate has expired and can't be approved. Ask the shop to send it again.";
/** Shown at the "Not to exceed" field. */
export const TOO_LOW = "Your limit is less than what you're approving. Raise it, or approve fewer lines.";

export function view(estimate: Estimate, command: Extract<EstimateCommand, { intent: "view" }>, { now }: DecisionContext): Decided {
  const it = revisionOf(estimate, command.revision);
  if (!it?.offer) return err({ kind: "not-found" });
  const allowed = can("view", it.state);
  if (allowed !== true) return notAllowed(allowed);
  if (it.viewed) return err({ kind: "seen-already" });
  return ok({ event: estimateJournal.of("estimate.viewed", { revision: it.revision }), revisions: [{ ...it, viewed: { at: now, by: command.by } }] });
}

export function askColleague(
  estimate: Estimate,
  command: Extract<EstimateCommand, { intent: "ask-colleague" }>,
  { now, today, zone, rights, order }: DecisionContext,
): Decided {
  const it = revisionOf(estimate, command.revision);
  if (!it?.offer) return err({ kind: "not-found" });
  const allowed = can("ask-colleague", it.state);
  if (allowed !== true) return notAllowed(allowed);
  if (isExpired(it.offer.snapshot.validThrough, now, zone)) return err({ kind: "expired", message: EXPIRED });
  // With the dearest options: one that this contact may not approve is worth asking for.
  const all = countedIn(it.offer.snapshot, mostPicks(it.offer.snapshot)).map(({ id, price }) => ({ id, price }));
  const given = {
    estimateId: estimate.id,
    revision: it.revision,
    declined: [],
    unchosen: [],
    asksForChanges: false,
    most: null,
    purchaseOrder: "",
    reason: "",
  };
  const { decisions = [] } = answerLines(order, { ...given, approved: all, by: command.by, how: "portal" }, now, today);
  const whole = mayDecide(rights, agreedTotal(order, decisions, today));
  if (whole.ok) return notAllowed("You can approve this yourself.");
  if (whole.error.kind === "no-right") return err({ kind: "right", refusal: whole.error });
  if (it.asked) return notAllowed(`${it.asked.by} already asked a colleague.`);
  return ok({
    event: estimateJournal.of("estimate.colleague-asked", { revision: it.revision }),
    revisions: [{ ...it, asked: { at: now, by: command.by }, version: estimate.version + 1 }],
  });
}

const eventOf = {
  approved: "estimate.approved",
  "partially-approved": "estimate.partly-approved",
  declined: "estimate.declined",
  "changes-requested": "estimate.sent-back",
} as const satisfies Record<Outcome, string>;

export function answer(
  estimate: Estimate,
  { revision, answer: given, from }: Extract<EstimateCommand, { intent: "answer" }>,
  { now, today, zone, rights, order }: DecisionContext,
): Decided {
  const it = revisionOf(estimate, revision);
  if (!it?.offer) return err({ kind: "not-found" });
  const allowed = can("answer", it.state);
  if (allowed !== true) return notAllowed(allowed);
  const { snapshot, hash } = it.offer;
  const lines = linesIn(snapshot);
  // Part of its work may be on another order by now: an answer must decide all that it names.
  const offered = new Set<string>(linesOf(order).flatMap((line) => (line.offer?.estimateId === estimate.id ? [line.id] : [])));
  if (lines.some(({ id }) => !offered.has(id))) return notAllowed(CHANGED);
  const { choice, note, purchaseOrder, drawn } = given;
  if (choice.kind === "ask" && note === "") return incomplete("Write what should change.");
  const picks = given.options ?? {};
  const lost = snapshot.groups.find(({ id, options }) => picks[id] !== undefined && !options?.list.some((option) => option.id === picks[id]));
  if (lost) return incomplete(`Choose one of the options of "${lost.complaint}".`);
  if (choice.kind === "lines") {
    // A customer answers such a job whole; staff who record what they said may split it.
    const wrong = uneven(snapshot, from.recordedBy === null ? { ...choice, split: [] } : choice, picks);
    if (wrong) return incomplete(wrong);
  }
  const { approved, declined, unchosen } = sorted(snapshot, choice, picks);
  const split = splitLines(snapshot, new Set(approved));
  if (approved.length > 0 && isExpired(snapshot.validThrough, now, zone)) return err({ kind: "expired", message: EXPIRED });
  const approvedTotal = splitOf(snapshot, new Set(approved)).approved;
  const notToExceed = approved.length > 0 ? given.notToExceed : null;
  const { who, how, recordedBy, email, ip, userAgent } = from;
  const prices = new Map<string, Cents>(lines.map(({ id, price }) => [id, price]));
  const decided = answerLines(
    order,
    {
      estimateId: estimate.id,
      revision,
      approved: approved.map((id) => ({ id, price: prices.get(id) ?? toCents(0) })),
      declined,
      unchosen,
      asksForChanges: choice.kind === "ask",
      most: notToExceed,
      purchaseOrder,
      reason: note,
      by: who,
      how,
      split,
    },
    now,
    today,
  );
  // What the order comes to with this approval, and the limit that is named, are both what the customer agrees to.
  const total = approved.length > 0 ? agreedTotal(order, decided.decisions ?? [], today) : toCents(0);
  if (notToExceed !== null && notToExceed < total) return incomplete(TOO_LOW);
  const right = mayDecide(rights, toCents(Math.max(total, notToExceed ?? 0)));
  if (!right.ok) return err({ kind: "right", refusal: right.error });
  const outcome: Outcome =
    choice.kind === "ask" ? "changes-requested" : approved.length === 0 ? "declined" : declined.length === 0 ? "approved" : "partially-approved";
  const decision: Decision = {
    outcome,
    who,
    how,
    recordedBy,
    email,
    at: now,
    ip,
    userAgent,
    hash,
    approved,
    declined,
    unchosen,
    ...(split.length > 0 ? { split } : {}),
    approvedTotal,
    note,
    purchaseOrder,
    notToExceed,
    drawn,
  };
  // A revision that was being written is of no use anymore.
  const drafts = estimate.revisions.filter(({ state }) => state === "draft");
  const discarded = drafts.map((draft) => ({ ...draft, state: "superseded" as const, version: estimate.version + 1 }));
  return ok({
    event: estimateJournal.of(eventOf[outcome], {
      number: estimate.number,
      revision,
      who,
      how,
      hash,
      approvedTotal,
      total: answeredTotal(snapshot, decision),
      approved,
      declined,
      unchosen,
      ...(split.length > 0 ? { split } : {}),
      note,
      purchaseOrder,
      notToExceed,
    }),
    revisions: [{ ...it, state: outcome, decision, version: estimate.version + 1 }, ...discarded],
    order: decided,
  });
}

/**
 * The lines of an answer by what becomes of them. Of a job with options, the picked one is approved or the preselected is
 * declined, and the lines of the others are unchosen. A core goes with its part.
 */
function sorted({ groups }: EstimateSnapshot, choice: AnswerChoice, picks: Picks): Pick<Decision, "approved" | "declined" | "unchosen"> {
  const parts: Record<"approved" | "declined" | "unchosen", Id<"line">[]> = { approved: [], declined: [], unchosen: [] };
  if (choice.kind === "ask") return parts;
  const yes = new Set<string>(choice.kind === "lines" ? choice.approved : []);
  for (const group of groups) {
    const isYes = (line: SnapshotLine) => choice.kind === "approve" || yes.has(partOf(line, group.lines)?.id ?? line.id);
    const counted = new Set(countedOf(group, group.lines.some(isYes) ? picks : {}));
    for (const line of group.lines) parts[!counted.has(line) ? "unchosen" : isYes(line) ? "approved" : "declined"].push(line.id);
  }
  return parts;
}

/** The lines of jobs offered all or nothing of which some are approved and some are not. */
const splitLines = ({ groups }: EstimateSnapshot, approved: ReadonlySet<string>): Id<"line">[] =>
  groups.filter((group) => isBound(group) && new Set(group.lines.map(({ id }) => approved.has(id))).size > 1).flatMap(({ lines }) => lines.map(({ id }) => id));

/** Why an answer per line is refused: a line is missing, answered both ways, or split from a job that is answered whole. */
function uneven({ groups }: EstimateSnapshot, { approved, declined, split = [] }: Extract<AnswerChoice, { kind: "lines" }>, picks: Picks): string | null {
  const [yes, no] = [new Set(approved), new Set(declined)];
  for (const group of groups) {
    const isYes = group.lines.some(({ id }) => yes.has(id));
    const asked = countedOf(group, isYes ? picks : {}).filter((line) => !partOf(line, group.lines));
    const open = asked.find(({ id }) => yes.has(id) === no.has(id));
    if (open) return `Approve or decline "${group.options ? group.complaint : open.text}" too, then send your answer.`;
    if (isWhole(group) && !(isBound(group) && split.includes(group.id)) && new Set(asked.map(({ id }) => yes.has(id))).size > 1)
      return `"${group.complaint}" is all or nothing: approve or decline its lines together.`;
  }
  return null;
}
