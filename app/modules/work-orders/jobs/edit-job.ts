import { err, ok } from "~/kernel/result";
import { mostWithout } from "../lines/agreed-most";
import { decidedOn } from "../lines/authorization";
import { followingParts } from "../lines/core-lines";
import { choiceOf, formatOptions } from "../lines/job-options";
import { isDeferral } from "../lines/line-decision";
import { asOrderLines, readsSame } from "../lines/order-lines";
import { type Decided, MOST_JOBS, named, notAllowed, notFound, type Order, stale, type WorkOrderCommand } from "../order";
import { canEdit } from "../work-order";
import { workOrderJournal } from "../work-order.journal";
import { keepingCosts } from "./costs";
import type { Job, JobDraft, OrderLine } from "./job";
import { mergeJob } from "./merge-job";

type Command<I extends WorkOrderCommand["intent"]> = Extract<WorkOrderCommand, { intent: I }>;

/** Whether the customer decided on it and approved. */
const isAuthorized = (order: Order, { id }: OrderLine): boolean => decidedOn(order, id).state === "authorized";

export function saveJob(order: Order, command: Command<"save-job">): Decided {
  const corrects = order.state === "completed" && command.corrects === true;
  const allowed = corrects ? true : canEdit(order.state);
  if (allowed !== true) return notAllowed(allowed);
  if (corrects && !command.why) return err({ kind: "no-reason" });
  const known = order.jobs.find(({ id }) => id === command.job.id);
  if (!known && order.jobs.length >= MOST_JOBS) return notAllowed(`A work order can have up to ${MOST_JOBS} jobs. Open another one for more.`);
  if (known && !command.base && command.seen < known.version) return stale;
  const mine = command.keepsCosts ? { ...command.job, lines: keepingCosts(command.job.lines, known?.lines ?? []) } : command.job;
  const base = known && command.base && command.keepsCosts ? { ...command.base, lines: keepingCosts(command.base.lines, known.lines) } : command.base;
  const others = new Set<string>(order.jobs.flatMap(({ id, lines }) => (id === command.job.id ? [] : lines.map((line) => line.id))));
  if (mine.lines.some(({ id }) => others.has(id)))
    return err({ kind: "job-gone", message: "A line of this form belongs to another job. Your entries are still here: add it as a new line." });
  const merged = known ? mergeJob(base ?? known, mine, known) : { job: mine, removed: [] };
  if ("fields" in merged) return err({ kind: "collides", ...merged });
  const kept = followingParts(merged.job.lines);
  const gone = (known?.lines ?? []).filter(({ id }) => !kept.some((line) => line.id === id));
  const refused = keeps(order, gone, command.why ?? "") ?? misplaced(order, known, { ...merged.job, lines: kept });
  if (refused) return refused;
  const next = order.version + 1;
  const position = known?.position ?? Math.max(0, ...order.jobs.map((job) => job.position)) + 1;
  const written = asOrderLines(kept, known?.lines ?? [], next);
  // What is added to completed work was done.
  const lines = corrects ? written.map((line) => (line.writtenIn === next ? { ...line, done: true } : line)) : written;
  const { complaint, cause, correction, vmrs, technician } = merged.job;
  const content = { ...named(order), complaint, cause, correction, vmrs, technician, job: position, ...changesOf(known?.lines ?? [], lines, gone) };
  const options = optionsChange(known, merged.job);
  const why = (corrects || gone.length > 0) && command.why ? { why: command.why } : {};
  const withdrawn = gone.filter((line) => isAuthorized(order, line)).map(({ id }) => id);
  return ok({
    event: workOrderJournal.of(known ? "job.changed" : "job.added", { ...content, ...options, ...why }),
    ...(withdrawn.length > 0 ? { order: mostWithout(order, withdrawn) } : {}),
    jobs: [{ ...merged.job, lines, position, version: next }],
  });
}

export function removeJob(order: Order, command: Command<"remove-job">): Decided {
  const allowed = canEdit(order.state);
  if (allowed !== true) return notAllowed(allowed);
  const known = order.jobs.find(({ id }) => id === command.jobId);
  if (!known) return notFound;
  if (command.seen < known.version) return stale;
  if (order.clocks.some(({ jobId }) => jobId === known.id))
    return err({ kind: "job-in-use", message: "Someone clocked time on this job, so it can't be removed. Remove its lines instead." });
  const { why = "" } = command;
  const kept = keeps(order, known.lines, why);
  if (kept) return kept;
  const withdrawn = known.lines.filter((line) => isAuthorized(order, line)).map(({ id }) => id);
  return ok({
    event: workOrderJournal.of("job.removed", { ...named(order), job: known.position, complaint: known.complaint, ...(why ? { why } : {}) }),
    ...(withdrawn.length > 0 ? { order: mostWithout(order, withdrawn) } : {}),
    removedJob: known.id,
  });
}

/** Why lines can't be removed: the customer has them on an estimate, or approved them and no reason was given. */
function keeps(order: Order, gone: readonly OrderLine[], why: string): Decided | null {
  const sent = gone.find(({ offer }) => offer !== null && offer.price !== null);
  if (sent) return err({ kind: "line-offered", message: `"${sent.text}" is on an estimate that was sent. Revise or withdraw the estimate to remove it.` });
  const paid = gone.find(({ vendorJobId, cost }) => vendorJobId !== null && cost !== null);
  if (paid) return notAllowed(`"${paid.text}" pays a vendor's approved invoice. Reverse that approval to remove it.`);
  const deferred = gone.find(({ id }) => isDeferral(decidedOn(order, id).state));
  if (deferred) return notAllowed(`"${deferred.text}" stays here as deferred work. It isn't charged.`);
  const approved = gone.find((line) => isAuthorized(order, line));
  if (approved && why === "") return err({ kind: "line-authorized", message: `The customer approved "${approved.text}". Enter the reason for removing it.` });
  return null;
}

/** Why lines can't be in these options: one is gone, or the customer chose. */
function misplaced(order: Order, known: Job | undefined, { options, lines }: JobDraft): Decided | null {
  const lost = lines.find(({ option }) => option && !options?.list.some(({ id }) => id === option));
  if (lost) return notAllowed(`"${lost.text}" is in an option that isn't there anymore. Put it in another one, or in all of them.`);
  const moved = known && lines.find((line) => known.lines.some((before) => before.id === line.id && before.option !== line.option));
  if (moved && choiceOf(known, order.decisions)?.isMade)
    return notAllowed(`The customer chose between the options, so "${moved.text}" stays in its own. Record a switch, or add a line.`);
  return null;
}

/** Options that were added, renamed, removed or preselected, for the activity. */
function optionsChange(known: Job | undefined, { options }: JobDraft): { options?: string } {
  const text = formatOptions(options);
  return text === formatOptions(known?.options) ? {} : { options: text };
}

/** What changed in the lines, for the activity. */
function changesOf(before: readonly OrderLine[], after: readonly OrderLine[], gone: readonly OrderLine[]) {
  const texts = (lines: readonly OrderLine[]) => lines.map(({ text }) => text);
  const added = after.filter(({ id }) => !before.some((line) => line.id === id));
  const changed = after.filter((line) => before.some((known) => known.id === line.id && !readsSame(known, line)));
  return { added: texts(added), changed: texts(changed), removed: texts(gone), lines: after };
}
