import { err, ok } from "~/kernel/result";
import { keepingCosts } from "~/modules/work-orders/jobs/costs";
import { type Act, type Circumstances, type Decided, incomplete, notAllowed } from "./command";
import { type Estimate, isExpired, newest, offered } from "./estimate";
import { type Content, canonical, linesIn, shownOf } from "./estimate-snapshot";
import { can, isAgreed } from "./life-cycle";
import type { Revision } from "./revision";

/** Letters of all that is written, far above what anybody reads: a revision is one row, and a row holds 2 MB. */
const LONGEST = 400_000;

export function write(estimate: Estimate, act: Extract<Act, { act: "write-head" | "write-group" | "remove-group" }>): Decided {
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

export function send(estimate: Estimate, act: Extract<Act, { act: "send" }>, { now, zone, sha256 }: Circumstances): Decided {
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

export function revise(estimate: Estimate, act: Extract<Act, { act: "revise" }>): Decided {
  const last = newest(estimate);
  const allowed = can("revise", last.state);
  if (allowed !== true) return notAllowed(allowed);
  const version = estimate.version + 1;
  const content = { ...last.content, validThrough: act.validThrough };
  const draft: Revision = { revision: last.revision + 1, state: "draft", content, version, offer: null, viewed: null, asked: null, decision: null };
  return ok({ what: "estimate revised", body: { revision: draft.revision }, revisions: [draft] });
}
