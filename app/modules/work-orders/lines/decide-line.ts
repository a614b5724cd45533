import type { Id } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { priceOf } from "../jobs/job";
import { type Change, named, type Order } from "../order";
import { canAuthorize } from "../work-order";
import { workOrderJournal } from "../work-order.journal";
import { mostWithout } from "./agreed-most";
import { decisionsOn, isOpenOn } from "./authorization";
import { type AnswerWay, type Ground, isDeferral, type LineDecision } from "./line-decision";
import { agreedTotal } from "./offer-lines";
import { authorizationIn, linesOf } from "./order-authorization";

/** A decision about one line that staff record: the customer's, given outside an estimate, or the shop's own. */
export type LineCommand = {
  lineId: Id<"line">;
  by: string;
  reason: string;
} & ({ outcome: "approved" | "declined"; how: Exclude<AnswerWay, "portal"> } | { outcome: "reasoned"; ground: Ground });

const OFFERED = "This line is on an estimate that waits for an answer. Record the customer's answer there, or withdraw the estimate.";

const DECLINED = "The customer declined this line. Record their new answer first.";
const TAKEN_OFF = "This line was taken off the order. Record the customer's answer first.";

export type LineRefusal = { kind: "not-allowed"; message: string } | { kind: "not-found" } | { kind: "no-reason" };

export function decideLine(order: Order, command: LineCommand, now: UtcMs, today: string): Result<Change, LineRefusal> {
  const allowed = canAuthorize(order.state);
  if (allowed !== true) return err({ kind: "not-allowed", message: allowed });
  const line = linesOf(order).find(({ id }) => id === command.lineId);
  if (!line) return err({ kind: "not-found" });
  if (isOpenOn(line.offer, today)) return err({ kind: "not-allowed", message: OFFERED });
  const its = authorizationIn(order, today).lines.get(line.id);
  if (!its) return err({ kind: "not-found" });
  if (command.outcome === "approved" && line.priceOpen) return err({ kind: "not-allowed", message: `"${line.text}" has no price yet. Enter one first.` });
  if (command.outcome === "approved" && isDeferral(its.state) && order.state === "completed")
    return err({ kind: "not-allowed", message: "This order is completed without the work. Offer it again on another order." });
  if (command.outcome === "reasoned" && isDeferral(its.state)) return err({ kind: "not-allowed", message: its.state === "declined" ? DECLINED : TAKEN_OFF });
  if (command.reason === "" && (command.outcome === "reasoned" || its.state === "authorized")) return err({ kind: "no-reason" });
  const { outcome, reason, by } = command;
  const reasoned = command.outcome === "reasoned" && command.ground === "override" ? its.reasoned + its.over : priceOf(line);
  const amount = outcome === "approved" ? priceOf(line) : outcome === "declined" ? 0 : reasoned;
  const decision: LineDecision = {
    lineId: line.id,
    sequence: decisionsOn(order, line.id).length + 1,
    outcome,
    amount: toCents(amount),
    ground: command.outcome === "reasoned" ? command.ground : null,
    reason,
    estimateId: null,
    revision: null,
    by,
    how: command.outcome === "reasoned" ? "in person" : command.how,
    at: now,
  };
  const withdrawn = outcome === "declined" && its.state === "authorized";
  return ok({
    event: workOrderJournal.of("line.decided", { ...named(order), line: line.text, outcome, ground: decision.ground, who: by, reason }),
    decisions: [decision],
    order: withdrawn
      ? mostWithout(order, [line.id])
      : outcome === "approved"
        ? { most: { ...order.most, approved: agreedTotal(order, [decision], today) } }
        : {},
  });
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
    const base = { lineId, sequence, estimateId: null, revision: null, by, how: "in person", at: now } as const;
    return [{ ...base, outcome: "reasoned", amount, ground: "override", reason }];
  });
}
