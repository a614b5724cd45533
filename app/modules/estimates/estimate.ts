import type { Id } from "~/kernel/ids";
import type { Cents } from "~/kernel/money";
import { err, never, ok, type Result } from "~/kernel/result";
import { DAY, dayOf, HOUR, later, startOfNamedDay, type UtcMs } from "~/kernel/time";
import { type ContactRights, mayDecide, type RightRefusal } from "~/modules/customers/contact-rights";
import type { ChargeRules } from "~/modules/organizations/charges";
import { keepingCosts } from "~/modules/work-orders/costs";
import { type Content, canonical, type Group, type Head, linesIn, type Photos, type Shown, shownOf, splitOf } from "./shown";

/** How a revision stands. That it expired is worked out from its last day, and that it was seen is a fact; neither is a state. */
export const revisionStates = ["draft", "sent", "approved", "partially-approved", "declined", "changes-requested", "superseded"] as const;
export type RevisionState = (typeof revisionStates)[number];
export type Outcome = Extract<RevisionState, "approved" | "partially-approved" | "declined" | "changes-requested">;

export const stateWords: Record<RevisionState, string> = {
  draft: "Draft",
  sent: "Waiting for the customer",
  approved: "Approved",
  "partially-approved": "Partly approved",
  declined: "Declined",
  "changes-requested": "Changes asked for",
  superseded: "Replaced by a newer one",
};

export type Decision = {
  outcome: Outcome;
  who: string;
  how: "portal" | "phone" | "in person";
  /** The staff who wrote it down, where it was not given in the portal. */
  recordedBy: string | null;
  email: string | null;
  at: UtcMs;
  ip: string | null;
  agent: string | null;
  /** Of exactly what was answered: the revision's own. */
  hash: string;
  approved: readonly Id<"line">[];
  declined: readonly Id<"line">[];
  approvedTotal: Cents;
  note: string;
  purchaseOrder: string;
  /** The most that the customer agrees to pay for it, whatever the work turns out to need; null where they named none. */
  notToExceed: Cents | null;
  /** A signature that was drawn beside the typed name, as SVG path data; null where none was. */
  drawn: string | null;
};

/** Somebody who may not approve so much asked colleagues of theirs to. */
export type Asking = { at: UtcMs; by: string };

export type Revision = {
  revision: number;
  state: RevisionState;
  content: Content;
  /** The estimate's version when this last changed. */
  version: number;
  /** Set once, when it is sent: what the customer reads, its hash, and the rates that it was made under. */
  offer: { shown: Shown; hash: string; sentAt: UtcMs; sentBy: string; rulesVersion: number } | null;
  viewed: { at: UtcMs; by: string } | null;
  asked: Asking | null;
  decision: Decision | null;
};

/** An estimate with its revisions, the oldest first; of a very long row of them, the newest. */
export type Estimate = {
  id: Id<"estimate">;
  number: number;
  assetId: Id<"asset">;
  customerId: Id<"customer">;
  workOrderId: Id<"workOrder"> | null;
  version: number;
  revisions: readonly Revision[];
};

/** The life cycle: what may be done to a revision in each state and by whom, and otherwise the reason why not. */
const WITH_CUSTOMER = "It is with the customer. Revise it to change it.";
const ANSWERED = "It is answered. Revise it to change it.";
const AGREED = "It is approved, and the work is agreed on. Write a new estimate for anything more.";
const REPLACED = "A newer revision has taken its place.";
const NOT_SENT = "It has not been sent yet.";
const STILL_DRAFT = "It is a draft: change it as it is.";
const APPROVED_ALREADY = "It is approved already.";
const PARTLY_ALREADY = "It is answered already: some lines were approved.";
const DECLINED_ALREADY = "It was declined already. Ask the shop to send it again.";
const CHANGES_ALREADY = "Changes were asked for. The shop sends it again.";

export type Who = "staff" | "customer";
type Row = Record<RevisionState, true | string>;
const answering: Row = {
  draft: NOT_SENT,
  sent: true,
  approved: APPROVED_ALREADY,
  "partially-approved": PARTLY_ALREADY,
  declined: DECLINED_ALREADY,
  "changes-requested": CHANGES_ALREADY,
  superseded: REPLACED,
};
const writing: Row = {
  draft: true,
  sent: WITH_CUSTOMER,
  approved: AGREED,
  "partially-approved": AGREED,
  declined: ANSWERED,
  "changes-requested": ANSWERED,
  superseded: REPLACED,
};
export const lifeCycle = {
  write: { who: ["staff"], from: writing },
  send: { who: ["staff"], from: writing },
  revise: {
    who: ["staff"],
    from: { draft: STILL_DRAFT, sent: true, approved: AGREED, "partially-approved": AGREED, declined: true, "changes-requested": true, superseded: REPLACED },
  },
  view: { who: ["customer"], from: { ...answering, approved: true, "partially-approved": true, declined: true, "changes-requested": true } },
  "ask-colleague": { who: ["customer"], from: answering },
  answer: { who: ["customer", "staff"], from: answering },
} as const satisfies Record<string, { who: readonly Who[]; from: Row }>;
export type Action = keyof typeof lifeCycle;

/** True, or the reason why this cannot be done to a revision in that state. */
export const can = (action: Action, state: RevisionState): true | string => lifeCycle[action].from[state];

export const isAgreed = (state: RevisionState): boolean => state === "approved" || state === "partially-approved";
/** Its last day ends at midnight where the shop is. */
export const isExpired = (validThrough: string, now: UtcMs, zone: string): boolean => validThrough < dayOf(now, zone);

/** Two days before its last day, at nine in the morning; not at all where that is less than a day away. */
export function reminderOf(validThrough: string, now: UtcMs, zone: string): UtcMs | null {
  const last = startOfNamedDay(validThrough, zone);
  const at = last === null ? null : later(last, -2 * DAY + 9 * HOUR);
  return at !== null && at > later(now, DAY) ? at : null;
}

export const newest = ({ revisions }: Pick<Estimate, "revisions">): Revision => {
  const last = revisions.at(-1);
  if (!last) throw new Error("an estimate without a revision");
  return last;
};
export const draftOf = (estimate: Pick<Estimate, "revisions">): Revision | null => (newest(estimate).state === "draft" ? newest(estimate) : null);
/** What the customer has: the newest revision that was sent. */
export const offered = ({ revisions }: Pick<Estimate, "revisions">): Revision | null => revisions.findLast(({ offer }) => offer !== null) ?? null;

export type Choice = { kind: "approve" } | { kind: "decline" } | { kind: "ask" } | { kind: "lines"; approved: readonly string[]; declined: readonly string[] };
export type Answer = { choice: Choice } & Pick<Decision, "note" | "purchaseOrder" | "notToExceed" | "drawn">;
/** Who answers: a customer's person by their rights, or staff who write down what they were told. */
export type Answerer = Pick<Decision, "who" | "how" | "recordedBy" | "email" | "ip" | "agent"> & { rights: ContactRights };

export type Act =
  | { act: "write-head"; seen: number; head: Head }
  /** `keepsCosts` where the writer reads no costs: the lines keep those that they have. */
  | { act: "write-group"; seen: number; group: Group; keepsCosts?: boolean }
  | { act: "remove-group"; seen: number; groupId: Id<"job"> }
  | {
      act: "send";
      seen: number;
      by: string;
      facts: { unit: string; unitNumber: string; taxExempt: boolean };
      photos: Photos;
      rules: { version: number; rules: ChargeRules };
    }
  | { act: "revise"; validThrough: string }
  | { act: "view"; revision: number; by: string }
  | { act: "ask-colleague"; revision: number; by: string; rights: ContactRights }
  | { act: "answer"; revision: number; answer: Answer; from: Answerer };

export type Refusal =
  | { kind: "not-allowed"; words: string }
  | { kind: "expired"; words: string }
  | { kind: "incomplete"; words: string }
  | { kind: "right"; refusal: RightRefusal }
  | { kind: "stale" }
  | { kind: "not-found" }
  | { kind: "seen-already" };

export type Change = {
  what: string;
  body: Record<string, unknown>;
  /** Revisions as they now are; the others stay. */
  revisions: readonly Revision[];
  /** Lines that a customer turned down, for another day; and lines that are offered again. */
  declined?: readonly Id<"line">[];
  offeredAgain?: readonly Id<"line">[];
};

/** What a decision is taken with besides the estimate itself. */
export type Circumstances = { now: UtcMs; zone: string; who: Who; sha256(text: string): string };
type Decided = Result<Change, Refusal>;
/** Letters of all that is written, far above what anybody reads: a revision is one row, and a row holds 2 MB. */
const LONGEST = 400_000;
const notAllowed = (words: string): Decided => err({ kind: "not-allowed", words });
const incomplete = (words: string): Decided => err({ kind: "incomplete", words });

const actionOf = (act: Act["act"]): Action => (act === "write-head" || act === "write-group" || act === "remove-group" ? "write" : act);
const isFor = (action: Action, who: Who): boolean => lifeCycle[action].who.some((allowed) => allowed === who);

export function decide(estimate: Estimate, act: Act, at: Circumstances): Decided {
  if (!isFor(actionOf(act.act), at.who)) return notAllowed(at.who === "staff" ? "Only the customer does this." : "Only the shop does this.");
  switch (act.act) {
    case "write-head":
    case "write-group":
    case "remove-group":
      return write(estimate, act);
    case "send":
      return send(estimate, act, at);
    case "revise":
      return revise(estimate, act);
    case "view":
      return view(estimate, act, at);
    case "ask-colleague":
      return askColleague(estimate, act, at);
    case "answer":
      return answer(estimate, act, at);
    default:
      return never(act);
  }
}

/** The estimate as it stands after a change: one version on. */
export function applied(estimate: Estimate, { revisions }: Change): Estimate {
  const kept = estimate.revisions.filter((one) => !revisions.some(({ revision }) => revision === one.revision));
  return { ...estimate, version: estimate.version + 1, revisions: [...kept, ...revisions].sort((a, b) => a.revision - b.revision) };
}

/** Whether the customer can tell the difference: a draft is the shop's alone, also one of an estimate that was sent before. */
export const isSeenByCustomer = ({ revisions }: Change): boolean => revisions.some(({ offer }) => offer !== null);

function write(estimate: Estimate, act: Extract<Act, { act: "write-head" | "write-group" | "remove-group" }>): Decided {
  const draft = newest(estimate);
  const allowed = can("write", draft.state);
  if (allowed !== true) return notAllowed(allowed);
  if (act.seen < draft.version) return err({ kind: "stale" });
  const { groups } = draft.content;
  const written = (content: Content, what: string, body: Record<string, unknown>): Decided =>
    ok({ what, body, revisions: [{ ...draft, content, version: estimate.version + 1 }] });
  if (act.act === "write-head") return written({ ...act.head, groups }, "estimate changed", { title: act.head.title });
  const id = act.act === "write-group" ? act.group.id : act.groupId;
  const known = groups.find((one) => one.id === id);
  if (act.act === "remove-group")
    return known ? written({ ...draft.content, groups: groups.filter((one) => one !== known) }, "estimate job removed", {}) : err({ kind: "not-found" });
  const group = act.keepsCosts ? { ...act.group, lines: keepingCosts(act.group.lines, known?.lines ?? []) } : act.group;
  const content = { ...draft.content, groups: known ? groups.map((one) => (one === known ? group : one)) : [...groups, group] };
  if (JSON.stringify(content).length > LONGEST) return notAllowed("This estimate is as long as one can be. Write another one for the rest.");
  return written(content, known ? "estimate job changed" : "estimate job added", { complaint: group.complaint });
}

function send(estimate: Estimate, act: Extract<Act, { act: "send" }>, { now, zone, sha256 }: Circumstances): Decided {
  const draft = newest(estimate);
  const allowed = can("send", draft.state);
  if (allowed !== true) return notAllowed(allowed);
  if (act.seen < draft.version) return err({ kind: "stale" });
  const before = offered(estimate);
  // The customer may have answered the old one while the new one was being written.
  if (before && isAgreed(before.state))
    return notAllowed(`The customer approved revision ${before.revision} meanwhile. Write a new estimate for anything more.`);
  const { content } = draft;
  if (linesIn(content).length === 0) return incomplete("Put at least one line on it first: there is nothing to approve yet.");
  const empty = content.groups.find(({ lines }) => lines.length === 0);
  if (empty) return incomplete(`"${empty.complaint}" has no lines. Write them, or take the job off.`);
  if (isExpired(content.validThrough, now, zone)) return incomplete("Its last day is over already. Give it a later one.");
  const shown = shownOf(content, { ...act.facts, number: estimate.number, revision: draft.revision, rules: act.rules.rules, photos: act.photos });
  if (content.deposit !== null && content.deposit > shown.charges.total)
    return incomplete("The deposit is more than the whole estimate. Lower it, or leave it empty.");
  const offer = { shown, hash: sha256(canonical(shown)), sentAt: now, sentBy: act.by, rulesVersion: act.rules.version };
  const version = estimate.version + 1;
  return ok({
    what: "estimate sent",
    body: { number: estimate.number, revision: draft.revision, total: shown.charges.total, hash: offer.hash },
    revisions: [{ ...draft, state: "sent", offer, version }, ...(before ? [{ ...before, state: "superseded" as const, version }] : [])],
    offeredAgain: linesIn(content).map(({ id }) => id),
  });
}

function revise(estimate: Estimate, act: Extract<Act, { act: "revise" }>): Decided {
  const last = newest(estimate);
  const allowed = can("revise", last.state);
  if (allowed !== true) return notAllowed(allowed);
  const version = estimate.version + 1;
  const content = { ...last.content, validThrough: act.validThrough };
  const draft: Revision = { revision: last.revision + 1, state: "draft", content, version, offer: null, viewed: null, asked: null, decision: null };
  return ok({ what: "estimate revised", body: { revision: draft.revision }, revisions: [draft] });
}

const revisionOf = ({ revisions }: Estimate, wanted: number): Revision | undefined => revisions.find(({ revision }) => revision === wanted);

function view(estimate: Estimate, act: Extract<Act, { act: "view" }>, { now }: Circumstances): Decided {
  const it = revisionOf(estimate, act.revision);
  if (!it?.offer) return err({ kind: "not-found" });
  const allowed = can("view", it.state);
  if (allowed !== true) return notAllowed(allowed);
  if (it.viewed) return err({ kind: "seen-already" });
  return ok({ what: "estimate viewed", body: { revision: it.revision }, revisions: [{ ...it, viewed: { at: now, by: act.by } }] });
}

function askColleague(estimate: Estimate, act: Extract<Act, { act: "ask-colleague" }>, { now, zone }: Circumstances): Decided {
  const it = revisionOf(estimate, act.revision);
  if (!it?.offer) return err({ kind: "not-found" });
  const allowed = can("ask-colleague", it.state);
  if (allowed !== true) return notAllowed(allowed);
  if (isExpired(it.offer.shown.validThrough, now, zone)) return err({ kind: "expired", words: EXPIRED });
  const whole = mayDecide(act.rights, it.offer.shown.charges.total);
  if (whole.ok) return notAllowed("You may approve this yourself.");
  if (whole.error.kind === "no-right") return err({ kind: "right", refusal: whole.error });
  if (it.asked) return notAllowed(`${it.asked.by} asked already.`);
  return ok({
    what: "colleague asked to decide",
    body: { revision: it.revision },
    revisions: [{ ...it, asked: { at: now, by: act.by }, version: estimate.version + 1 }],
  });
}

const EXPIRED = "It is past its last day, so it cannot be approved any more. Ask the shop to send it again.";

function answer(estimate: Estimate, { revision, answer: given, from }: Extract<Act, { act: "answer" }>, { now, zone }: Circumstances): Decided {
  const it = revisionOf(estimate, revision);
  if (!it?.offer) return err({ kind: "not-found" });
  const allowed = can("answer", it.state);
  if (allowed !== true) return notAllowed(allowed);
  const { shown, hash } = it.offer;
  const lines = linesIn(shown);
  const { choice, note, purchaseOrder, drawn } = given;
  if (choice.kind === "ask" && note === "") return incomplete("Write what should be different.");
  if (choice.kind === "lines") {
    const wrong = uneven(shown, choice);
    if (wrong) return incomplete(wrong);
  }
  const wanted = new Set(choice.kind === "approve" ? lines.map(({ id }) => id) : choice.kind === "lines" ? choice.approved : []);
  const approved = lines.filter(({ id }) => wanted.has(id)).map(({ id }) => id);
  const declined = choice.kind === "ask" ? [] : lines.filter(({ id }) => !wanted.has(id)).map(({ id }) => id);
  if (approved.length > 0 && isExpired(shown.validThrough, now, zone)) return err({ kind: "expired", words: EXPIRED });
  const approvedTotal = splitOf(shown, new Set(approved)).approved;
  const notToExceed = approved.length > 0 ? given.notToExceed : null;
  if (notToExceed !== null && notToExceed < approvedTotal) return incomplete(TOO_LOW);
  // Who agrees to more than it comes to has decided on that more.
  const right = mayDecide(from.rights, notToExceed ?? approvedTotal);
  if (!right.ok) return err({ kind: "right", refusal: right.error });
  const outcome: Outcome =
    choice.kind === "ask" ? "changes-requested" : approved.length === 0 ? "declined" : declined.length === 0 ? "approved" : "partially-approved";
  const { who, how, recordedBy, email, ip, agent } = from;
  const decision: Decision = {
    outcome,
    who,
    how,
    recordedBy,
    email,
    at: now,
    ip,
    agent,
    hash,
    approved,
    declined,
    approvedTotal,
    note,
    purchaseOrder,
    notToExceed,
    drawn,
  };
  return ok({
    what: `estimate ${outcomeWords[outcome]}`,
    body: {
      number: estimate.number,
      revision,
      who,
      how,
      hash,
      approvedTotal,
      total: shown.charges.total,
      approved,
      declined,
      note,
      purchaseOrder,
      notToExceed,
    },
    revisions: [{ ...it, state: outcome, decision, version: estimate.version + 1 }],
    declined,
  });
}

/** Said at its field. */
export const TOO_LOW = "The most that you agree to is less than what you approve. Raise it, or approve less.";

export const outcomeWords: Record<Outcome, string> = {
  approved: "approved",
  "partially-approved": "partly approved",
  declined: "declined",
  "changes-requested": "sent back for changes",
};

/** What is wrong with an answer by lines: one that is missing, twice, or apart from those it belongs to. */
function uneven({ groups }: Shown, { approved, declined }: Extract<Choice, { kind: "lines" }>): string | null {
  const [yes, no] = [new Set(approved), new Set(declined)];
  const open = linesIn({ groups }).find(({ id }) => yes.has(id) === no.has(id));
  if (open) return `Approve or decline "${open.text}" too, then send your answer.`;
  const apart = groups.find(({ together, lines }) => together && new Set(lines.map(({ id }) => yes.has(id))).size > 1);
  return apart ? `"${apart.complaint}" is all or nothing: approve or decline its lines together.` : null;
}
