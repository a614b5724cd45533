import type { Id } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { type Job, type OrderLine, priceOf } from "../jobs/job";
import { type Change, named, type Order } from "../order";
import { canAuthorize } from "../work-order";
import { workOrderJournal } from "../work-order.journal";
import { mostWithout } from "./agreed-most";
import { alternativesTo, decisionsOn, isOpenOn } from "./authorization";
import { partOf } from "./core-lines";
import { type AnswerWay, decidedOf, type Ground, isDeferral, type LineDecision } from "./line-decision";
import { agreedTotal } from "./offer-lines";
import { authorizationIn, linesOf } from "./order-authorization";

/** A decision about one line that staff record: the customer's, given outside an estimate, or the shop's own. */
export type LineCommand = {
  lineId: Id<"line">;
  by: string;
  reason: string;
  /** Staff confirm that it splits lines that were offered all or nothing. */
  split?: boolean;
} & ({ outcome: "approved" | "declined"; how: Exclude<AnswerWay, "portal"> } | { outcome: "reasoned"; ground: Ground });

const OFFERED = "This line is on an estimate that waits for an answer. Record the customer's answer there, or withdraw the estimate.";

const NOT_CHOSEN_YET = "The customer hasn't chosen an option yet. Use Record approval, or send an estimate.";
const OTHER_OPTION = "This line is in an option that the customer didn't choose. Record a switch to that option instead.";

const DECLINED = "The customer declined this line. Record their new answer first.";
const TAKEN_OFF = "This line was taken off the order. Record the customer's answer first.";

export type LineRefusal = { kind: "not-allowed"; message: string } | { kind: "not-found" } | { kind: "no-reason" };

export function decideLine(order: Order, command: LineCommand, now: UtcMs, today: string): Result<Change, LineRefusal> {
  const allowed = canAuthorize(order.state);
  if (allowed !== true) return err({ kind: "not-allowed", message: allowed });
  const job = order.jobs.find(({ lines }) => lines.some(({ id }) => id === command.lineId));
  const line = job?.lines.find(({ id }) => id === command.lineId);
  if (!job || !line) return err({ kind: "not-found" });
  const part = partOf(line, job.lines);
  if (part) return err({ kind: "not-allowed", message: `A core charge follows its part. Decide about "${part.text}".` });
  const settled = line.option && command.outcome !== "reasoned" ? alternativesTo(order, ({ id }) => id === line.id) : [];
  if ([line, ...settled].some(({ offer }) => isOpenOn(offer, today))) return err({ kind: "not-allowed", message: OFFERED });
  const { lines } = authorizationIn(order, today);
  const its = lines.get(line.id);
  if (!its) return err({ kind: "not-found" });
  if (its.isAlternative) return err({ kind: "not-allowed", message: NOT_CHOSEN_YET });
  if (its.state === "unchosen") return err({ kind: "not-allowed", message: OTHER_OPTION });
  if (command.outcome === "approved" && line.priceOpen) return err({ kind: "not-allowed", message: `"${line.text}" has no price yet. Enter one first.` });
  if (command.outcome === "approved" && isDeferral(its.state) && order.state === "completed")
    return err({ kind: "not-allowed", message: "This order is completed without the work. Offer it again on another order." });
  if (command.outcome === "reasoned" && isDeferral(its.state)) return err({ kind: "not-allowed", message: its.state === "declined" ? DECLINED : TAKEN_OFF });
  if (command.reason === "" && (command.outcome === "reasoned" || its.state === "authorized")) return err({ kind: "no-reason" });
  const splits = command.outcome !== "reasoned" && splitsOthers(order, job, line, command.outcome);
  if (splits && !command.split)
    return err({
      kind: "not-allowed",
      message: `"${line.text}" was offered all or nothing with other lines. If the customer splits them, check "Split what was offered all or nothing".`,
    });
  const { outcome, reason, by } = command;
  const amountOf = (one: OrderLine): number => {
    if (command.outcome !== "reasoned") return outcome === "approved" ? priceOf(one) : 0;
    const { reasoned, over } = lines.get(one.id) ?? its;
    return command.ground === "override" ? reasoned + over : priceOf(one);
  };
  const base = {
    ground: command.outcome === "reasoned" ? command.ground : null,
    reason,
    estimateId: null,
    revision: null,
    by,
    how: command.outcome === "reasoned" ? ("in person" as const) : command.how,
    splits,
    at: now,
  };
  const sequenceOf = (lineId: string) => decisionsOn(order, lineId).length + 1;
  // A core that was declined by itself stays so once the order is completed without it.
  const isWithout = ({ id }: OrderLine) => order.state === "completed" && isDeferral(lines.get(id)?.state);
  const cores = job.lines.filter((one) => one.ofLine === line.id && !isWithout(one));
  const decisions = [
    ...[line, ...cores].map((one): LineDecision => ({ ...base, lineId: one.id, sequence: sequenceOf(one.id), outcome, amount: toCents(amountOf(one)) })),
    // Who decides about a line of an option decides for that option.
    ...settled.map(({ id }): LineDecision => ({ ...base, lineId: id, sequence: sequenceOf(id), outcome: "unchosen", amount: toCents(0) })),
  ];
  const withdrawn = outcome === "declined" && its.state === "authorized";
  return ok({
    event: workOrderJournal.of("line.decided", {
      ...named(order),
      line: line.text,
      outcome,
      ground: base.ground,
      who: by,
      reason,
      ...(splits ? { splits } : {}),
    }),
    decisions,
    order: withdrawn
      ? mostWithout(order, [line.id, ...cores.map(({ id }) => id)])
      : outcome === "approved"
        ? { most: { ...order.most, approved: agreedTotal(order, decisions, today) } }
        : {},
  });
}

/** Whether lines that were offered all or nothing, and have one answer so far, get two by this one. */
function splitsOthers(order: Pick<Order, "decisions">, job: Job, line: OrderLine, outcome: "approved" | "declined"): boolean {
  if (line.offeredWith === null) return false;
  const isApproved = ({ id }: OrderLine) => decidedOf(decisionsOn(order, id)).state === "authorized";
  const bound = job.lines.filter(({ id, offeredWith, ofLine }) => id !== line.id && !ofLine && offeredWith === line.offeredWith);
  const before = isApproved(line);
  return bound.length > 0 && bound.every((other) => isApproved(other) === before) && (outcome === "approved") !== before;
}

/** Decisions of the shop about all lines that are billed without authorization. */
export function overrideDecisions(order: Order, { reason, by }: { reason: string; by: string }, now: UtcMs, today: string): LineDecision[] {
  const { lines, applies } = authorizationIn(order, today);
  if (!applies) return [];
  return linesOf(order).flatMap(({ id: lineId }): LineDecision[] => {
    const its = lines.get(lineId);
    if (!its || its.over === 0) return [];
    const sequence = decisionsOn(order, lineId).length + 1;
    const amount = toCents(its.reasoned + its.over);
    const base = { lineId, sequence, estimateId: null, revision: null, by, how: "in person", splits: false, at: now } as const;
    return [{ ...base, outcome: "reasoned", amount, ground: "override", reason }];
  });
}
