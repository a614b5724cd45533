import { err, ok } from "~/kernel/result";
import { keepingCosts } from "~/modules/work-orders/jobs/costs";
import { type Decided, type DecisionContext, type EstimateCommand, incomplete, notAllowed } from "./command";
import { type Estimate, isExpired, latestSent, newest } from "./estimate";
import { type EstimateEvent, estimateJournal } from "./estimate.journal";
import { type Content, canonical, linesIn, takeSnapshot } from "./estimate-snapshot";
import { can, isAgreed } from "./life-cycle";
import type { Revision } from "./revision";

/** Characters of a revision's JSON. It is one row, and D1 limits a row to 2 MB. */
const LONGEST = 400_000;

export function write(estimate: Estimate, command: Extract<EstimateCommand, { intent: "write-head" | "write-group" | "remove-group" }>): Decided {
  const draft = newest(estimate);
  const allowed = can("write", draft.state);
  if (allowed !== true) return notAllowed(allowed);
  if (command.seen < draft.version) return err({ kind: "stale" });
  const { groups } = draft.content;
  const written = (content: Content, event: EstimateEvent): Decided => ok({ event, revisions: [{ ...draft, content, version: estimate.version + 1 }] });
  if (command.intent === "write-head") return written({ ...command.head, groups }, estimateJournal.of("estimate.changed", { title: command.head.title }));
  const id = command.intent === "write-group" ? command.group.id : command.groupId;
  const known = groups.find((one) => one.id === id);
  if (command.intent === "remove-group")
    return known
      ? written({ ...draft.content, groups: groups.filter((one) => one !== known) }, estimateJournal.of("estimate.job-removed", { complaint: known.complaint }))
      : err({ kind: "not-found" });
  const group = command.keepsCosts ? { ...command.group, lines: keepingCosts(command.group.lines, known?.lines ?? []) } : command.group;
  const content = { ...draft.content, groups: known ? groups.map((one) => (one === known ? group : one)) : [...groups, group] };
  if (JSON.stringify(content).length > LONGEST) return notAllowed("This estimate is at its maximum length. Create another one for the rest.");
  return written(content, estimateJournal.of(known ? "estimate.job-changed" : "estimate.job-added", { complaint: group.complaint }));
}

export function send(estimate: Estimate, command: Extract<EstimateCommand, { intent: "send" }>, { now, zone, sha256 }: DecisionContext): Decided {
  const draft = newest(estimate);
  const allowed = can("send", draft.state);
  if (allowed !== true) return notAllowed(allowed);
  if (command.seen < draft.version) return err({ kind: "stale" });
  const before = latestSent(estimate);
  // The customer may have answered the old one while the new one was being written.
  if (before && isAgreed(before.state)) return notAllowed(`The customer just approved revision ${before.revision}. Create a new estimate for more work.`);
  const { content } = draft;
  if (linesIn(content).length === 0) return incomplete("Add at least one line first. There's nothing to approve yet.");
  const empty = content.groups.find(({ lines }) => lines.length === 0);
  if (empty) return incomplete(`"${empty.complaint}" has no lines. Add lines, or remove the job.`);
  if (isExpired(content.validThrough, now, zone)) return incomplete("The Valid until date has passed. Choose a later date.");
  const snapshot = takeSnapshot(content, {
    ...command.facts,
    number: estimate.number,
    revision: draft.revision,
    rules: command.rules.rules,
    photos: command.photos,
  });
  if (content.deposit !== null && content.deposit > snapshot.charges.total)
    return incomplete("The deposit is more than the estimate total. Lower it, or leave it empty.");
  const offer = { snapshot, hash: sha256(canonical(snapshot)), sentAt: now, sentBy: command.by, rulesVersion: command.rules.version };
  const version = estimate.version + 1;
  return ok({
    event: estimateJournal.of("estimate.sent", {
      number: estimate.number,
      revision: draft.revision,
      total: snapshot.charges.total,
      hash: offer.hash,
    }),
    revisions: [{ ...draft, state: "sent", offer, version }, ...(before ? [{ ...before, state: "superseded" as const, version }] : [])],
    reoffered: linesIn(content).map(({ id }) => id),
  });
}

export function revise(estimate: Estimate, command: Extract<EstimateCommand, { intent: "revise" }>): Decided {
  const last = newest(estimate);
  const allowed = can("revise", last.state);
  if (allowed !== true) return notAllowed(allowed);
  const version = estimate.version + 1;
  const content = { ...last.content, validThrough: command.validThrough };
  const draft: Revision = { revision: last.revision + 1, state: "draft", content, version, offer: null, viewed: null, asked: null, decision: null };
  return ok({ event: estimateJournal.of("estimate.revised", { revision: draft.revision }), revisions: [draft] });
}
