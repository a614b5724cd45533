import type { Id } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { priceOf } from "../jobs/job";
import { type Change, named, type Order } from "../order";
import { canEdit } from "../work-order";
import { workOrderJournal } from "../work-order.journal";
import { decidedOn, decisionsOn, isOpenOn } from "./authorization";
import type { LineRefusal } from "./decide-line";
import { choiceOf } from "./job-options";
import type { AnswerWay, LineDecision } from "./line-decision";
import { agreedTotal } from "./offer-lines";

/** Another option of a job than the one that was chosen. */
export type Switching = { jobId: Id<"job">; option: Id<"option">; who: string; reason: string } & (
  | { by: "customer"; how: Exclude<AnswerWay, "portal"> }
  | { by: "shop" }
);

const OFFERED = "The options are on an estimate that waits for an answer. Record the customer's answer there.";
const NOT_CHEAPER = "The shop can only switch to a cheaper option by itself. Ask the customer, and record what they decide.";

/**
 * The customer's change of mind about the option of a job; or the shop's own, to a cheaper one and with a reason. The lines
 * of the new option are approved at their present prices, and those of the former become unchosen.
 */
export function switchOption(order: Order, command: Switching, now: UtcMs, today: string): Result<Change, LineRefusal> {
  const allowed = canEdit(order.state);
  if (allowed !== true) return err({ kind: "not-allowed", message: allowed });
  const job = order.jobs.find(({ id }) => id === command.jobId);
  const choice = job && choiceOf(job, order.decisions);
  const to = job?.options?.list.find(({ id }) => id === command.option);
  if (!job || !choice || !to) return err({ kind: "not-found" });
  const own = job.lines.filter(({ option }) => option !== undefined);
  const wanted = own.filter(({ option }) => option === to.id);
  if (!choice.isMade) return err({ kind: "not-allowed", message: "The customer hasn't chosen yet. Send an estimate, or record their answer." });
  if (choice.counts === to.id) return err({ kind: "not-allowed", message: `"${to.name}" is the option that counts already.` });
  if (own.some(({ offer }) => isOpenOn(offer, today))) return err({ kind: "not-allowed", message: OFFERED });
  if (wanted.length === 0) return err({ kind: "not-allowed", message: `"${to.name}" has no lines on this order.` });
  const unpriced = wanted.find(({ priceOpen }) => priceOpen);
  if (unpriced) return err({ kind: "not-allowed", message: `"${unpriced.text}" has no price yet. Enter one first.` });
  const left = own.filter(({ option, id }) => option !== to.id && decidedOn(order, id).state !== "unchosen");
  const away = left.find(({ vendorJobId }) => vendorJobId !== null);
  if (away) return err({ kind: "not-allowed", message: `"${away.text}" is with a vendor. Call that work off first.` });
  if (command.by === "shop" && command.reason === "") return err({ kind: "no-reason" });

  const { reason, who } = command;
  const how = command.by === "customer" ? command.how : "in person";
  const base = { ground: null, reason, estimateId: null, revision: null, by: who, how, splits: false, at: now } as const;
  const decisionOf = (lineId: Id<"line">) => ({ ...base, lineId, sequence: decisionsOn(order, lineId).length + 1 });
  const decisions = [
    ...wanted.map((line): LineDecision => ({ ...decisionOf(line.id), outcome: "approved", amount: priceOf(line) })),
    ...left.map(({ id }): LineDecision => ({ ...decisionOf(id), outcome: "unchosen", amount: toCents(0) })),
  ];
  const [before, after] = [agreedTotal(order, [], today), agreedTotal(order, decisions, today)];
  if (command.by === "shop" && after >= before) return err({ kind: "not-allowed", message: NOT_CHEAPER });
  const from = job.options?.list.find(({ id }) => id === choice.counts)?.name ?? "";
  const facts = { ...named(order), job: job.position, from, to: to.name, who, isShop: command.by === "shop", reason, before, after };
  return ok({ event: workOrderJournal.of("option.switched", facts), decisions, order: { most: { ...order.most, approved: after } } });
}
