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
  type KnownOrder,
  type KnownRevision,
  latestSentOf,
  livingOn,
  move,
  newestOf,
  type Repairs,
  send,
  sendable,
  the,
  wholeOf,
  withdraw,
} from "./model";
import { type Bench, LATEST, type Outcome, refused, type Step, short } from "./step";
import { standingOf, sumsOf, verdictOf } from "./sums";

/** Lines that an estimate of an order may take: not on another one, with a price, and charged. */
const offerable = (m: Repairs, order: string, estimate: string | null): KnownLine[] =>
  livingOn(m, order).filter(
    (line) => (line.estimate === null || line.estimate === estimate) && !line.priceOpen && !verdictOf(line).isFree && standingOf(m, line) !== "unchosen",
  );

function asJobs(m: Repairs, ids: readonly Id<"line">[]): OfferedJob[] {
  const jobs = [...new Set(m.lines.filter(({ id }) => ids.includes(id)).map(({ job }) => job))];
  return jobs.map((jobId) => ({
    jobId,
    recommendation: "",
    together: false,
    lineIds: m.lines.filter((line) => line.job === jobId && ids.includes(line.id)).map(({ id }) => id),
  }));
}

async function createAny(it: Bench): Promise<Outcome> {
  const { m, dice } = it;
  const order = dice.pick(m.orders.filter((one) => !isLocked(one) && offerable(m, one.id, null).length > 0));
  return order
    ? create(
        it,
        order,
        dice.some(offerable(m, order.id, null)).map(({ id }) => id),
      )
    : null;
}

/** Offers a job with options, which the customer mostly answers at once. */
async function offerOptions(it: Bench): Promise<Outcome> {
  const { m, dice } = it;
  const isFree = (line: KnownLine) => standingOf(m, line) === "alternative" && line.estimate === null;
  const order = dice.pick(m.orders.filter((one) => !isLocked(one) && livingOn(m, one.id).some(isFree)));
  const line = order && dice.pick(livingOn(m, order.id).filter(isFree));
  if (!order || !line) return null;
  const created = await create(it, order, [line.id]);
  const estimate = m.estimates.at(-1);
  const isSent = estimate && latestSentOf(estimate)?.prices?.has(line.id);
  return isSent && dice.chance(0.8) ? [...(created ?? []), ...((await record(it, estimate)) ?? [])] : created;
}

async function create(it: Bench, order: KnownOrder, asked: readonly Id<"line">[]): Promise<Outcome> {
  const { shop, m, dice } = it;
  const id = newId("estimate");
  const lines = wholeOf(m, order.id, asked).map(({ id: line }) => line);
  const created = await createEstimate(shop.staff, { id, workOrderId: order.id, content: { ...headOf(), jobs: asJobs(m, asked) } });
  if (!created.ok) return refused("create an estimate", created.error);
  const estimate: KnownEstimate = { id, order: order.id, revisions: [{ revision: 1, state: "draft", lines, prices: null, sentAs: 0, choices: new Map() }] };
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
  estimate.revisions.push({ revision, state: "draft", lines: [...lines], prices: null, sentAs: 0, choices: new Map() });
  const written = dice.chance(0.7) ? await writeDraft(it, estimate) : null;
  const sent = dice.chance(0.7) ? await sendDraft(it, estimate) : null;
  return [`revise: ${short(estimate.id)}`, ...(written ?? []), ...(sent ?? [])];
}

async function writeDraft({ shop, m, dice }: Bench, estimate: KnownEstimate): Promise<Outcome> {
  const asked = dice.some(offerable(m, estimate.order, estimate.id)).map(({ id }) => id);
  const lines = wholeOf(m, estimate.order, asked).map(({ id }) => id);
  const written = await changeEstimate(shop.staff, estimate.id, { intent: "write", seen: LATEST, head: headOf(), jobs: asJobs(m, asked) });
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
async function recordAny(it: Bench): Promise<Outcome> {
  const estimate = it.dice.pick(it.m.estimates.filter((one) => latestSentOf(one)?.state === "sent"));
  return estimate ? record(it, estimate) : null;
}

async function record({ shop, m, dice }: Bench, estimate: KnownEstimate): Promise<Outcome> {
  const sent = latestSentOf(estimate);
  if (!sent?.prices) return null;
  const units = unitsOf(m, sent);
  const picks = new Map([...sent.choices].map(([job, { options }]) => [job, dice.pick([...options.keys()]) ?? ""] as const));
  const isAgreed = units.some(({ lines }) => lines.some((id) => verdictOf(the(m.lines, id)).state === "authorized"));
  const choice = dice.pick(["approve", isAgreed ? "decline" : "approve", "lines", "lines", "decline", "ask"] as const) ?? "approve";
  const yes = choice === "approve" ? units : choice === "lines" ? dice.some(units, 0.5) : [];
  const sorted = choice === "ask" ? NOTHING_SAID : sort(units, yes, picks);
  const { approved, declined } = sorted;
  const options = Object.fromEntries(picks);
  // Enough for what is approved now, and mostly too little for a supplement and what was agreed before it.
  const prices = approved.reduce((sum, id) => sum + (sent.prices?.get(id) ?? 0), 0);
  const most = dice.chance(0.3) ? Math.round(prices * 1.2) + 20_00 + dice.below(50_00) : null;
  const given = {
    ...phoneAnswer.answer,
    choice: choice === "lines" ? ({ kind: "lines", approved, declined } as const) : ({ kind: choice } as const),
    options,
    note: choice === "ask" ? "Cheaper, please" : "",
    notToExceed: most === null ? null : toCents(most),
  };
  const answered = await shop.answer(shop.staff, estimate.id, { intent: "answer", revision: sent.revision, from: phoneAnswer.from, answer: given });
  if (!answered.ok) return refused(`answer ${choice}`, answered.error);
  const declinesMore = declined.some((id) => verdictOf(the(m.lines, id)).state === "authorized");
  const wasLocked = isLocked(the(m.orders, estimate.order));
  const moved = answer(m, estimate, { ...sorted, asks: choice === "ask", most });
  const { approved: total } = the(m.orders, estimate.order);
  if (approved.length > 0 && moved.length === 0 && most !== null && total !== null && most < total)
    throw new Error(`an answer for ${total} names ${most} as the most`);
  if (moved.length > 0)
    estimate.order = move(m, moved, { state: "open", named: most, namedOn: most === null ? null : estimate.id }, await shop.placesOf(moved));
  const what = choice === "ask" ? "ask for changes" : approved.length === 0 ? "decline all" : declined.length > 0 ? "approve some" : "approve all";
  const isOther = [...sent.choices].some(([job, { preselected, options: its }]) => {
    const picked = picks.get(job) ?? "";
    return picked !== preselected && its.get(picked)?.some((id) => approved.includes(id));
  });
  const chosen = sent.choices.size > 0 && approved.length > 0 ? [isOther ? "choose another option" : "choose between options"] : [];
  const also = [
    ...chosen,
    ...(sent.choices.size > 0 && approved.length === 0 && choice !== "ask" ? ["decline all options"] : []),
    ...(declinesMore ? ["decline a supplement"] : []),
    ...(wasLocked && approved.length > 0 ? ["approve work of a locked order"] : []),
  ];
  return [`${what}: ${short(estimate.id)}`, ...also];
}

/** What is answered by one yes or no: a job with options, or a line with its core. */
type Unit = { lines: Id<"line">[]; choice?: { job: string; options: Map<string, Id<"line">[]>; preselected: string; common: Id<"line">[] } };

function unitsOf(m: Repairs, { prices, choices }: KnownRevision): Unit[] {
  const inChoice = new Set([...choices.values()].flatMap(({ options, common }) => [...common, ...[...options.values()].flat()]));
  const rest = [...(prices?.keys() ?? [])].filter((id) => !inChoice.has(id));
  const isLed = (id: Id<"line">) => rest.some((other) => other === the(m.lines, id).ofLine);
  const alone = rest.filter((id) => !isLed(id)).map((id) => ({ lines: [id, ...rest.filter((other) => the(m.lines, other).ofLine === id)] }));
  return [...alone, ...[...choices].map(([job, its]) => ({ lines: [...its.common, ...[...its.options.values()].flat()], choice: { job, ...its } }))];
}

type Sorted = { approved: Id<"line">[]; declined: Id<"line">[]; unchosen: Id<"line">[] };
const NOTHING_SAID: Sorted = { approved: [], declined: [], unchosen: [] };

/** Of a job with options the picked one is approved, or the preselected declined; the rest of it is unchosen. */
function sort(units: readonly Unit[], yes: readonly Unit[], picks: ReadonlyMap<string, string>): Sorted {
  const sorted: Sorted = { approved: [], declined: [], unchosen: [] };
  for (const unit of units) {
    const { lines, choice } = unit;
    const isYes = yes.includes(unit);
    const option = choice && (isYes ? picks.get(choice.job) : choice.preselected);
    const counted = choice ? [...choice.common, ...(choice.options.get(option ?? "") ?? [])] : lines;
    sorted[isYes ? "approved" : "declined"].push(...counted);
    sorted.unchosen.push(...lines.filter((id) => !counted.includes(id)));
  }
  return sorted;
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
  const lines = wholeOf(
    m,
    order.id,
    undecided(order.id).map(({ id }) => id),
  ).map(({ id }) => id);
  const most = dice.chance(0.5) ? 100_00 + dice.below(200_000) : null;
  const id = newId("estimate");
  const given = { purchaseOrder: "", note: "", notToExceed: most === null ? null : toCents(most) };
  const recorded = await recordApproval(shop.staff, order.id, { estimateId: id, from: phoneAnswer.from, ...given });
  if (!recorded.ok) return refused("approve by phone", recorded.error);
  const estimate: KnownEstimate = { id, order: order.id, revisions: [{ revision: 1, state: "draft", lines, prices: null, sentAs: 0, choices: new Map() }] };
  m.estimates.push(estimate);
  bind(m, id, order.id, lines);
  send(m, estimate);
  const units = unitsOf(m, newestOf(estimate));
  answer(m, estimate, {
    ...sort(units, units, new Map([...newestOf(estimate).choices].map(([job, { preselected }]) => [job, preselected]))),
    asks: false,
    most,
  });
  return [`approve by phone: ${lines.length} lines of ${short(order.id)}`];
}

export const estimateSteps: readonly Step[] = [
  { weight: 9, run: createAny },
  { weight: 8, run: offerOptions },
  { weight: 2, run: sendOne },
  { weight: 3, run: revise },
  { weight: 1, run: chooseLines },
  { weight: 2, run: withdrawOne },
  { weight: 9, run: recordAny },
  { weight: 2, run: approveByPhone },
];
