import { type Id, newId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import { createEstimate } from "~/modules/estimates/create-estimate.server";
import type { OfferedJob } from "~/modules/estimates/estimate-snapshot";
import { recordApproval } from "~/modules/estimates/record-approval.server";
import { headOf, phoneAnswer } from "../estimates";
import {
  addedBy,
  answer,
  bind,
  isLocked,
  type KnownEstimate,
  type KnownLine,
  latestSentOf,
  livingOn,
  move,
  newestOf,
  type Repairs,
  send,
  sendable,
  the,
  withdraw,
} from "./model";
import { type Bench, LATEST, type Outcome, refused, type Step, short } from "./step";
import { sumsOf, verdictOf } from "./sums";

/** Lines that an estimate of an order may take: not on another one, with a price, and charged. */
const offerable = (m: Repairs, order: string, estimate: string | null): KnownLine[] =>
  livingOn(m, order).filter((line) => (line.estimate === null || line.estimate === estimate) && !line.priceOpen && !verdictOf(line).isFree);

function asJobs(m: Repairs, ids: readonly Id<"line">[]): OfferedJob[] {
  const jobs = [...new Set(m.lines.filter(({ id }) => ids.includes(id)).map(({ job }) => job))];
  return jobs.map((jobId) => ({
    jobId,
    recommendation: "",
    together: false,
    lineIds: m.lines.filter((line) => line.job === jobId && ids.includes(line.id)).map(({ id }) => id),
  }));
}

async function create(it: Bench): Promise<Outcome> {
  const { shop, m, dice } = it;
  const order = dice.pick(m.orders.filter((one) => !isLocked(one) && offerable(m, one.id, null).length > 0));
  if (!order) return null;
  const lines = dice.some(offerable(m, order.id, null)).map(({ id }) => id);
  const id = newId("estimate");
  const created = await createEstimate(shop.staff, { id, workOrderId: order.id, content: { ...headOf(), jobs: asJobs(m, lines) } });
  if (!created.ok) return refused("create an estimate", created.error);
  const estimate: KnownEstimate = { id, order: order.id, revisions: [{ revision: 1, state: "draft", lines, prices: null, sentAs: 0 }] };
  m.estimates.push(estimate);
  bind(m, id, order.id, lines);
  const sent = dice.chance(0.85) ? await sendDraft(it, estimate) : null;
  return [`create an estimate: of ${lines.length} lines`, ...(sent ?? [])];
}

/** Sends a draft at the total of the model: another one is a fault, not a refusal. */
async function sendDraft({ shop, m }: Bench, estimate: KnownEstimate): Promise<Outcome> {
  const total = addedBy(m, estimate);
  const isSupplement = livingOn(m, estimate.order).some((line) => verdictOf(line).state === "authorized");
  const none = sendable(m, estimate).length === 0;
  const result = await changeEstimate(shop.staff, estimate.id, { intent: "send", seen: LATEST, total: none ? null : toCents(total) });
  if (!result.ok && result.error.kind === "other-total") throw new Error(`estimate ${short(estimate.id)} comes to ${result.error.total}, not ${total}`);
  if (!result.ok) return refused("send", result.error);
  send(m, estimate);
  return [`${isSupplement ? "send a supplement" : "send"}: ${short(estimate.id)} at ${total}`];
}

const draftsIn = (m: Repairs): KnownEstimate[] => m.estimates.filter((one) => newestOf(one).state === "draft");

async function sendOne(it: Bench): Promise<Outcome> {
  const estimate = it.dice.pick(draftsIn(it.m));
  return estimate ? sendDraft(it, estimate) : null;
}

/** Begins a new revision, chooses other lines for it, and mostly sends it. */
async function revise(it: Bench): Promise<Outcome> {
  const { shop, m, dice } = it;
  const estimate = dice.pick(m.estimates.filter((one) => ["sent", "changes-requested"].includes(newestOf(one).state)));
  if (!estimate) return null;
  const revised = await changeEstimate(shop.staff, estimate.id, { intent: "revise", validThrough: headOf().validThrough });
  if (!revised.ok) return refused("revise", revised.error);
  const { lines } = newestOf(estimate);
  const revision = (estimate.revisions.at(-1)?.revision ?? 0) + 1;
  estimate.revisions.push({ revision, state: "draft", lines: [...lines], prices: null, sentAs: 0 });
  const written = dice.chance(0.7) ? await writeDraft(it, estimate) : null;
  const sent = dice.chance(0.7) ? await sendDraft(it, estimate) : null;
  return [`revise: ${short(estimate.id)}`, ...(written ?? []), ...(sent ?? [])];
}

async function writeDraft({ shop, m, dice }: Bench, estimate: KnownEstimate): Promise<Outcome> {
  const lines = dice.some(offerable(m, estimate.order, estimate.id)).map(({ id }) => id);
  const written = await changeEstimate(shop.staff, estimate.id, { intent: "write", seen: LATEST, head: headOf(), jobs: asJobs(m, lines) });
  if (!written.ok) return refused("choose lines", written.error);
  newestOf(estimate).lines = lines;
  bind(m, estimate.id, estimate.order, lines);
  return [`choose lines: ${lines.length}`];
}

async function chooseLines(it: Bench): Promise<Outcome> {
  const estimate = it.dice.pick(draftsIn(it.m));
  return estimate ? writeDraft(it, estimate) : null;
}

async function withdrawOne({ shop, m, dice }: Bench): Promise<Outcome> {
  const estimate = dice.pick(m.estimates.filter((one) => ["draft", "sent", "changes-requested"].includes(newestOf(one).state)));
  if (!estimate) return null;
  const withdrawn = await changeEstimate(shop.staff, estimate.id, { intent: "withdraw", why: "Priced wrong" });
  if (!withdrawn.ok) return refused("withdraw", withdrawn.error);
  const wasSent = latestSentOf(estimate) !== null;
  withdraw(m, estimate);
  return [`${wasSent ? "withdraw" : "withdraw a draft"}: ${short(estimate.id)}`];
}

/** The customer's answer, which staff record. */
async function record(it: Bench): Promise<Outcome> {
  const { shop, m, dice } = it;
  const estimate = dice.pick(m.estimates.filter((one) => latestSentOf(one)?.state === "sent"));
  const sent = estimate && latestSentOf(estimate);
  if (!estimate || !sent?.prices) return null;
  const all = [...sent.prices.keys()];
  const isAgreed = all.some((id) => verdictOf(the(m.lines, id)).state === "authorized");
  const choice = dice.pick(["approve", isAgreed ? "decline" : "approve", "lines", "lines", "decline", "ask"] as const) ?? "approve";
  const approved = choice === "approve" ? all : choice === "lines" ? dice.some(all, 0.5) : [];
  const declined = choice === "ask" ? [] : all.filter((id) => !approved.includes(id));
  // Enough for what is approved now, and mostly too little for a supplement and what was agreed before it.
  const prices = approved.reduce((sum, id) => sum + (sent.prices?.get(id) ?? 0), 0);
  const most = dice.chance(0.3) ? Math.round(prices * 1.2) + 20_00 + dice.below(50_00) : null;
  const given = {
    ...phoneAnswer.answer,
    choice: choice === "lines" ? ({ kind: "lines", approved, declined } as const) : ({ kind: choice } as const),
    note: choice === "ask" ? "Cheaper, please" : "",
    notToExceed: most === null ? null : toCents(most),
  };
  const answered = await shop.answer(shop.staff, estimate.id, { intent: "answer", revision: sent.revision, from: phoneAnswer.from, answer: given });
  if (!answered.ok) return refused(`answer ${choice}`, answered.error);
  const declinesMore = declined.some((id) => verdictOf(the(m.lines, id)).state === "authorized");
  const wasLocked = isLocked(the(m.orders, estimate.order));
  const moved = answer(m, estimate, { approved, declined, asks: choice === "ask", most });
  const { approved: total } = the(m.orders, estimate.order);
  if (approved.length > 0 && moved.length === 0 && most !== null && total !== null && most < total)
    throw new Error(`an answer for ${total} names ${most} as the most`);
  if (moved.length > 0)
    estimate.order = move(m, moved, { state: "open", named: most, namedOn: most === null ? null : estimate.id }, await shop.placesOf(moved));
  const what = choice === "ask" ? "ask for changes" : approved.length === 0 ? "decline all" : declined.length > 0 ? "approve some" : "approve all";
  const also = [...(declinesMore ? ["decline a supplement"] : []), ...(wasLocked && approved.length > 0 ? ["approve work of a locked order"] : [])];
  return [`${what}: ${short(estimate.id)}`, ...also];
}

/** Whether an approval by phone takes a line: nobody decided on it or agreed to it, or it grew since. */
function isUndecided(m: Repairs, line: KnownLine): boolean {
  const { state, over, covered, reasoned } = sumsOf(m, line.order).byLine(line);
  if (line.estimate !== null || line.priceOpen) return false;
  return state === "authorized" ? over > 0 : state === "none" && covered === 0 && reasoned === 0;
}

/** The customer approves all open lines by phone, before an estimate was sent. */
async function approveByPhone({ shop, m, dice }: Bench): Promise<Outcome> {
  const undecided = (order: string) => livingOn(m, order).filter((line) => isUndecided(m, line));
  const order = dice.pick(m.orders.filter((one) => !isLocked(one) && undecided(one.id).length > 0));
  if (!order) return null;
  const lines = undecided(order.id).map(({ id }) => id);
  const most = dice.chance(0.5) ? 100_00 + dice.below(200_000) : null;
  const id = newId("estimate");
  const given = { purchaseOrder: "", note: "", notToExceed: most === null ? null : toCents(most) };
  const recorded = await recordApproval(shop.staff, order.id, { estimateId: id, from: phoneAnswer.from, ...given });
  if (!recorded.ok) return refused("approve by phone", recorded.error);
  const estimate: KnownEstimate = { id, order: order.id, revisions: [{ revision: 1, state: "draft", lines, prices: null, sentAs: 0 }] };
  m.estimates.push(estimate);
  bind(m, id, order.id, lines);
  send(m, estimate);
  answer(m, estimate, { approved: lines, declined: [], asks: false, most });
  return [`approve by phone: ${lines.length} lines of ${short(order.id)}`];
}

export const estimateSteps: readonly Step[] = [
  { weight: 9, run: create },
  { weight: 2, run: sendOne },
  { weight: 3, run: revise },
  { weight: 1, run: chooseLines },
  { weight: 2, run: withdrawOne },
  { weight: 9, run: record },
  { weight: 2, run: approveByPhone },
];
