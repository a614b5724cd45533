import { type Id, newId } from "~/kernel/ids";
import { toCents, toQuantity } from "~/kernel/money";
import { later, MINUTE } from "~/kernel/time";
import { arriveUnit } from "~/modules/vendor-jobs/arrive-unit.server";
import { cancelOrder } from "~/modules/vendor-jobs/cancel-order.server";
import { closeUnansweredOrders } from "~/modules/vendor-jobs/close-unanswered.server";
import { completeOrder } from "~/modules/vendor-jobs/complete-order.server";
import { sellUnit } from "~/modules/vendor-jobs/sell-unit.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import type { Line } from "~/modules/work-orders/jobs/job";
import { recordLineDecision } from "~/modules/work-orders/lines/record-line-decision.server";
import { recordOptionSwitch } from "~/modules/work-orders/lines/record-option-switch.server";
import { openWorkOrder } from "~/modules/work-orders/open-work-order.server";
import { phoneAnswer } from "../estimates";
import type { Dice } from "./dice";
import {
  answer,
  decide,
  isLocked,
  type KnownEstimate,
  type KnownJob,
  type KnownLine,
  type KnownOrder,
  latestSentOf,
  livingOn,
  move,
  type NewLine,
  newestOf,
  type Repairs,
  release,
  send,
  switchTo,
  takeBack,
  the,
  withCores,
  withdraw,
  writeLine,
} from "./model";
import { type Bench, LATEST, type Outcome, refused, type Step, short } from "./step";
import { agreedLines, isDeferred, standingOf, stateOf, totalOf, verdictOf } from "./sums";

const MOST_ORDERS = 6;

/** A line as a form sends it. */
const asForm = ({ id, kind, text, each, count, cost, supplies, option, ofLine }: NewLine): Line => ({
  id,
  kind,
  text,
  partNumber: null,
  quantity: toQuantity(count * 1_000),
  each: toCents(each),
  cost: cost === null ? null : toCents(cost),
  supplies,
  ...(option ? { option } : {}),
  ...(ofLine ? { ofLine } : {}),
});

const newLines = (dice: Dice, most: number, option: Id<"option"> | null = null): NewLine[] =>
  Array.from({ length: 1 + dice.below(most) }, (_, at) => newLine(dice, at, option)).flatMap((line): NewLine[] => {
    const core = { id: newId("line"), kind: "core" as const, text: `core of ${line.text}`, each: 5_00 + dice.below(3_000), count: line.count };
    return line.kind === "part" && dice.chance(0.3) ? [line, { ...core, cost: null, supplies: false, option, ofLine: line.id }] : [line];
  });

const newLine = (dice: Dice, at: number, option: Id<"option"> | null): NewLine => {
  const kind = dice.pick(["labor", "part", "part", "outside"] as const) ?? "part";
  const each = 10_00 + dice.below(40_000);
  const cost = kind === "labor" || dice.chance(0.2) ? null : 5_00 + dice.below(9_000);
  return { id: newId("line"), kind, text: `${kind} ${at}`, each, count: 1 + dice.below(2), cost, supplies: dice.chance(0.7), option };
};

const jobsOf = (m: Repairs, order: string): KnownJob[] => m.jobs.filter((job) => job.order === order).sort((a, b) => a.position - b.position);
const openOrders = ({ orders }: Repairs): KnownOrder[] => orders.filter((order) => !isLocked(order));

async function saveJob({ shop, m }: Bench, { id, order, correction, options }: KnownJob, lines: readonly NewLine[], why = "") {
  const job = { id, complaint: `Complaint ${short(id)}`, cause: "", correction, vmrs: null, technician: null, lines: lines.map(asForm) };
  const named = options && { preselected: options.preselected, list: options.list.map((option) => ({ id: option, name: short(option) })) };
  return changeWorkOrder(shop.staff, the(m.orders, order).id, { intent: "save-job", seen: LATEST, job: { ...job, ...(named ? { options: named } : {}) }, why });
}

async function openOrder({ shop, asset, m, dice }: Bench): Promise<Outcome> {
  if (m.orders.filter(({ state }) => state !== "invoiced" && state !== "canceled").length >= 2 || m.orders.length >= MOST_ORDERS) return null;
  const [id, job] = [newId("workOrder"), newId("job")];
  const lines = newLines(dice, 3);
  const asDraft = dice.chance(0.3);
  const opened = await openWorkOrder(shop.staff, {
    id,
    assetId: asset,
    complaint: "Air leak",
    lead: null,
    promisedAt: null,
    purchaseOrder: null,
    asDraft,
    job: { id: job, lines: [] },
  });
  if (!opened.ok) return refused("open", opened.error);
  m.orders.push({ id, customer: m.owner, state: asDraft ? "draft" : "open", standing: m.rules.standing, named: null, namedOn: null, approved: null });
  const first = { id: job, order: id, position: 1, correction: "", options: null };
  m.jobs.push(first);
  const saved = await saveJob({ shop, asset, m, dice }, first, lines);
  if (!saved.ok) return refused("write lines", saved.error);
  for (const line of lines) writeLine(m, id, job, line);
  return [`open: ${short(id)} with ${lines.length} lines`];
}

async function addLines(it: Bench): Promise<Outcome> {
  const { m, dice } = it;
  const order = dice.pick(openOrders(m));
  if (!order || livingOn(m, order.id).length > 12) return null;
  const its = jobsOf(m, order.id);
  const known = dice.chance(0.7) ? dice.pick(its) : undefined;
  const job = known ?? { id: newId("job"), order: order.id, position: (its.at(-1)?.position ?? 0) + 1, correction: "", options: null };
  const lines = newLines(dice, 2, dice.pick([null, ...(job.options?.list ?? [])]) ?? null);
  const saved = await saveJob(it, job, [...livingOn(m, order.id).filter((line) => line.job === job.id), ...lines]);
  if (!saved.ok) return refused("write lines", saved.error);
  if (!known) m.jobs.push(job);
  for (const line of lines) writeLine(m, order.id, job.id, line);
  return [`write lines: ${lines.length} on ${short(order.id)}`];
}

/** A job with options, and lines that are in all of them. */
async function addOptions(it: Bench): Promise<Outcome> {
  const { m, dice } = it;
  const order = dice.pick(openOrders(m));
  if (!order || livingOn(m, order.id).length > 14) return null;
  const list = Array.from({ length: 2 + dice.below(2) }, () => newId("option"));
  const preselected = dice.pick(list) ?? newId("option");
  const job: KnownJob = {
    id: newId("job"),
    order: order.id,
    position: (jobsOf(m, order.id).at(-1)?.position ?? 0) + 1,
    correction: "",
    options: { list, preselected },
  };
  const lines = [...(dice.chance(0.5) ? newLines(dice, 1) : []), ...list.flatMap((option) => newLines(dice, 2, option))];
  const saved = await saveJob(it, job, lines);
  if (!saved.ok) return refused("write options", saved.error);
  m.jobs.push(job);
  for (const line of lines) writeLine(m, order.id, job.id, line);
  return [`write options: ${list.length} on ${short(order.id)}`];
}

/** Another option is preselected. */
async function preselect(it: Bench): Promise<Outcome> {
  const { m, dice } = it;
  const job = dice.pick(openOrders(m).flatMap(({ id }) => jobsOf(m, id).filter(({ options }) => options !== null)));
  const preselected = dice.pick(job?.options?.list ?? []);
  if (!job?.options || !preselected || preselected === job.options.preselected) return null;
  const options = { ...job.options, preselected };
  const lines = livingOn(m, job.order).filter((line) => line.job === job.id);
  const saved = await saveJob(it, { ...job, options }, lines);
  if (!saved.ok) return refused("preselect", saved.error);
  job.options = options;
  return [`preselect another option: ${short(job.id)}`];
}

/** The customer changes their mind about an option, or the shop takes a cheaper one. */
async function switchOne(it: Bench): Promise<Outcome> {
  const { shop, m, dice } = it;
  const made = openOrders(m).flatMap(({ id }) => jobsOf(m, id).filter((job) => livingOn(m, id).some((line) => isChosen(job, line))));
  const job = dice.pick(made);
  if (!job) return null;
  const byShop = dice.chance(0.5);
  const isCheaper = (option: string) => [switchTo(m, job, option)].every((made) => made.after < made.before);
  const cheaper = (job.options?.list ?? []).filter(isCheaper);
  const option = dice.pick(byShop && dice.chance(0.7) && cheaper.length > 0 ? cheaper : (job.options?.list ?? []));
  if (!option) return null;
  const { before, after, apply } = switchTo(m, job, option);
  const wanted = { jobId: job.id, option, who: "Renee", reason: "It will do" };
  const command = byShop ? ({ ...wanted, by: "shop" } as const) : ({ ...wanted, by: "customer", how: "phone" } as const);
  const switched = await recordOptionSwitch(shop.staff, the(m.orders, job.order).id, command);
  if (!switched.ok) {
    const isDearer = "message" in switched.error && switched.error.message.includes("cheaper option by itself");
    if (isDearer !== (byShop && after >= before) && isDearer) throw new Error(`a switch from ${before} to ${after} is refused as not cheaper`);
    return isDearer ? ["not switched, it isn't cheaper"] : refused("switch", switched.error);
  }
  if (byShop && after >= before) throw new Error(`the shop switches from ${before} to ${after}`);
  apply();
  return [`${byShop ? "the shop switches" : "switch"}: ${short(job.id)} to ${short(option)}`];
}
const isChosen = ({ id, options }: KnownJob, line: KnownLine): boolean =>
  options !== null && line.job === id && line.option !== null && verdictOf(line).state !== "none";

/** Another price for a line, mostly a higher one. */
const editLine = (kind: string, isWanted: (line: KnownLine) => boolean) =>
  async function edit(it: Bench): Promise<Outcome> {
    const { m, dice } = it;
    const line = dice.pick(openOrders(m).flatMap(({ id }) => livingOn(m, id).filter(isWanted)));
    if (!line) return null;
    const each = dice.chance(0.75) ? line.each + 1 + dice.below(15_000) : Math.max(1, line.each - dice.below(9_000));
    const job = the(m.jobs, line.job);
    const lines = livingOn(m, line.order).filter((one) => one.job === job.id);
    const saved = await saveJob(
      it,
      job,
      lines.map((one) => (one === line ? { ...one, each } : one)),
    );
    if (!saved.ok) return refused(kind, saved.error);
    if (each !== line.each) Object.assign(line, { each, follows: false, priceOpen: false });
    return [`${kind}: ${short(line.id)} at ${each}`];
  };

async function removeLine(it: Bench): Promise<Outcome> {
  const { m, dice } = it;
  const line = dice.pick(openOrders(m).flatMap(({ id }) => livingOn(m, id)));
  if (!line) return null;
  const job = the(m.jobs, line.job);
  const others = livingOn(m, line.order).filter((one) => one.job === job.id && one !== line);
  const gone = withCores(m, line.order, [line]);
  const saved = await saveJob(it, job, others, dice.chance(0.7) ? "Not needed" : "");
  if (!saved.ok) return refused("remove line", saved.error);
  const approved = gone.filter((one) => verdictOf(one).state === "authorized");
  if (approved.length > 0) takeBack(m, the(m.orders, line.order), approved);
  for (const one of gone) {
    release(one);
    one.removed = true;
  }
  return [`remove line: ${short(line.id)}`];
}

/** A decision that staff record, of the customer on the phone or of the shop. */
async function decideLine({ shop, m, dice }: Bench): Promise<Outcome> {
  const line = dice.pick(m.orders.filter(({ state }) => state !== "invoiced" && state !== "canceled").flatMap(({ id }) => livingOn(m, id)));
  if (!line) return null;
  const was = verdictOf(line).state;
  const kind = dice.pick(["approved", "declined", was === "authorized" ? "declined" : "approved", "override", "warranty", "internal"] as const) ?? "approved";
  const by = { lineId: line.id, by: "Renee", reason: "As agreed" };
  const how = { how: "phone" } as const;
  const command = kind === "approved" || kind === "declined" ? { ...by, ...how, outcome: kind } : { ...by, outcome: "reasoned" as const, ground: kind };
  const decided = await recordLineDecision(shop.staff, line.order, command);
  if (!decided.ok) return refused(`decide ${kind}`, decided.error);
  decide(m, line, command.outcome, command.outcome === "reasoned" ? kind : null);
  return [`${kind === "declined" && was === "authorized" ? "withdraw approval" : `decide ${kind}`}: ${short(line.id)}`];
}

async function complete(it: Bench): Promise<Outcome> {
  const { shop, m, dice } = it;
  const order = dice.pick(openOrders(m).filter(({ state }) => state !== "draft"));
  if (!order) return null;
  for (const job of jobsOf(m, order.id).filter(({ correction }) => correction === "")) {
    const corrected = { ...job, correction: "Replaced" };
    const saved = await saveJob(
      it,
      corrected,
      livingOn(m, order.id).filter((line) => line.job === job.id),
    );
    if (!saved.ok) return refused("correct", saved.error);
    job.correction = "Replaced";
  }
  const begun = await changeWorkOrder(shop.staff, order.id, { intent: "move", seen: LATEST, to: "in-progress", holdReason: null });
  if (!begun.ok) return refused("begin", begun.error);
  order.state = "in-progress";
  const lines = livingOn(m, order.id);
  const share = dice.chance(0.25) ? 1 : 0.4;
  const notDone = dice.chance(0.6) ? lines.filter(() => dice.chance(share)) : [];
  const leftover = dice.chance(0.45) ? "follow-up" : "withdraw";
  const completed = await completeOrder(shop.staff, order.id, { seen: LATEST, why: "All the same", notDone: notDone.map(({ id }) => id), leftover });
  if (!completed.ok) return refused("complete", completed.error);
  return afterCompletion(it, order, notDone, leftover);
}

async function afterCompletion({ shop, m }: Bench, order: KnownOrder, notDone: readonly KnownLine[], leftover: "follow-up" | "withdraw"): Promise<Outcome> {
  const isAtVendor = (line: KnownLine) => line.vendorJob !== null && the(m.vendorJobs, line.vendorJob).state !== "declined";
  const all = livingOn(m, order.id);
  const own = withCores(
    m,
    order.id,
    notDone.filter((line) => line.ofLine === null && !isAtVendor(line)),
  );
  const agreed = own.filter((line) => stateOf(m, line) === "authorized");
  const authorized = withCores(m, order.id, agreed).filter((line) => own.includes(line) && ["authorized", "none"].includes(stateOf(m, line)));
  const isKept = ({ job }: KnownLine) =>
    all.some((line) => line.job === job && line.option !== null && standingOf(m, line) === "counts" && !own.includes(line));
  const isLeft = ({ job }: KnownLine) => all.some((line) => line.job === job && line.option !== null && standingOf(m, line) === "counts" && own.includes(line));
  // Options that the customer may still choose go along where nothing of the preselected one was done.
  const others = all.filter((line) => standingOf(m, line) === "alternative" && isLeft(line) && !isKept(line));
  const undecided = all.filter((line) => others.includes(line) || (own.includes(line) && stateOf(m, line) === "none" && !authorized.includes(line)));
  const moved = leftover === "follow-up" ? [...authorized, ...undecided] : undecided;
  const stays = agreedLines(m, order.id).filter(({ line }) => !moved.includes(line) && !(leftover === "withdraw" && authorized.includes(line)));
  order.state = "completed";
  for (const line of livingOn(m, order.id))
    line.done = isDeferred(line) || stateOf(m, line) === "unchosen" ? null : !authorized.includes(line) && !undecided.includes(line);
  if (leftover === "withdraw" && authorized.length > 0) {
    takeBack(m, order, authorized);
    for (const line of authorized) line.decisions.push({ outcome: "withdrawn", amount: 0, ground: null, estimate: null });
  }
  const also = [
    ...(leftover === "withdraw" && authorized.length > 0 ? ["complete and withdraw approved work"] : []),
    ...(others.length > 0 ? ["complete, options go along"] : []),
  ];
  if (moved.length === 0) return [`complete: ${short(order.id)}`, ...also];
  const placeOf = await shop.placesOf(moved);
  const parts = [
    { state: "open", lines: leftover === "follow-up" ? authorized : [] },
    { state: "draft", lines: undecided },
  ] as const;
  const touched = m.estimates.filter(({ id }) => moved.some((line) => line.estimate === id));
  // An estimate goes along with its lines that nobody decided on, else with its approved ones; the others are free.
  const its = touched.map((estimate) => {
    const all = livingOn(m, order.id).filter((line) => line.estimate === estimate.id);
    const goes = all.filter((line) => undecided.includes(line));
    return { estimate, all, goes: goes.length > 0 ? goes : all.filter((line) => moved.includes(line)) };
  });
  for (const { estimate, all, goes } of its)
    for (const line of all.filter((one) => !goes.includes(one))) {
      line.leftBy.push(estimate.id);
      release(line);
    }
  for (const { state, lines } of parts.filter(({ lines }) => lines.length > 0)) {
    const to = move(m, lines, { state }, placeOf);
    for (const { estimate, goes } of its) if (goes.some((line) => lines.includes(line))) estimate.order = to;
  }
  for (const { estimate, all, goes } of its) if (goes.length < all.length) reviseTo(m, estimate);
  if (order.approved !== null) order.approved = totalOf(m.rules, stays);
  return [`complete with follow-up: ${short(order.id)} keeps ${livingOn(m, order.id).length}, ${moved.length} go`, ...also];
}

const reopen = async ({ shop, m, dice }: Bench): Promise<Outcome> => {
  const order = dice.pick(m.orders.filter(({ state }) => state === "completed"));
  if (!order) return null;
  const reopened = await changeWorkOrder(shop.staff, order.id, { intent: "reopen", why: "Leaks again" });
  if (!reopened.ok) return refused("reopen", reopened.error);
  order.state = "in-progress";
  for (const line of livingOn(m, order.id)) if (line.done !== true) line.done = null;
  return [`reopen: ${short(order.id)}`];
};

const cancel = async ({ shop, m, dice }: Bench): Promise<Outcome> => {
  const order = dice.pick(openOrders(m));
  if (!order) return null;
  const canceled = await cancelOrder(shop.staff, order.id, "Sold elsewhere");
  if (!canceled.ok) return refused("cancel", canceled.error);
  order.state = "canceled";
  const open = m.estimates.filter(({ id }) => livingOn(m, order.id).some((line) => line.estimate === id));
  for (const estimate of open) withdraw(m, estimate);
  for (const line of livingOn(m, order.id)) line.done = null;
  return [`cancel: ${short(order.id)}`];
};

/** An order of the former owner is canceled, and its work is on a new order of the new owner. */
async function tookOver({ shop, m }: Bench, order: KnownOrder): Promise<void> {
  const open = m.estimates.filter(({ id }) => livingOn(m, order.id).some((line) => line.estimate === id));
  const copied = livingOn(m, order.id).filter((line) => !isDeferred(line) && standingOf(m, line) !== "unchosen");
  const optionsOf = ({ id, options }: KnownJob) => {
    const list = (options?.list ?? []).filter((option) => copied.some((line) => line.job === id && line.option === option));
    const counts = copied.find((line) => line.job === id && line.option !== null && standingOf(m, line) === "counts")?.option;
    return options && list.length > 1 ? { list, preselected: counts ?? options.preselected } : null;
  };
  const options = new Map(jobsOf(m, order.id).map((job) => [job.id, optionsOf(job)]));
  const state = order.state === "draft" ? ("draft" as const) : ("open" as const);
  order.state = "canceled";
  for (const estimate of open) withdraw(m, estimate);
  for (const line of livingOn(m, order.id)) line.done = null;
  const copies = await shop.copiesOf(
    m.orders.map(({ id }) => id),
    order.id,
  );
  m.orders.push({ id: copies.order, customer: m.owner, state, standing: m.rules.standing, named: null, namedOn: null, approved: null });
  const jobs = new Map(jobsOf(m, order.id).map((job, at) => [job.id, copies.jobs[at] ?? job.id]));
  for (const job of jobsOf(m, order.id))
    m.jobs.push({ id: jobs.get(job.id) ?? job.id, order: copies.order, position: job.position, correction: "", options: options.get(job.id) ?? null });
  // All of a new order is written at once, by job.
  const sorted = jobsOf(m, order.id).flatMap(({ id }) => copied.filter(({ job }) => job === id));
  const idOf = (id: Id<"line"> | null) => copies.lines[sorted.findIndex((line) => line.id === id)] ?? null;
  for (const [at, { job, kind, text, each, count, cost, supplies, vendorJob, option, ofLine }] of sorted.entries())
    writeLine(m, copies.order, jobs.get(job) ?? job, {
      option: options.get(job) ? option : null,
      ofLine: idOf(ofLine),
      id: copies.lines[at] ?? newId("line"),
      kind,
      text,
      each,
      count,
      cost: vendorJob === null ? cost : null,
      supplies,
    });
}

const sell = async (it: Bench): Promise<Outcome> => {
  const { shop, asset, m, dice } = it;
  const to = shop.customers.at(-1);
  // Once is enough.
  if (!to || m.owner === to) return null;
  shop.clock.pass(MINUTE);
  const unbilled = m.orders.filter(({ state }) => !["invoiced", "canceled"].includes(state));
  const takenOver = unbilled.filter(() => dice.chance(0.25));
  const sold = await sellUnit(shop.staff, { id: asset, to, from: later(shop.clock.now(), 0), takenOver: takenOver.map(({ id }) => id) });
  if (!sold.ok) return refused("sell", sold.error);
  m.owner = to;
  for (const order of takenOver) await tookOver(it, order);
  return [`sell: to ${short(to)}`, ...takenOver.map(({ id }) => `take over: ${short(id)}`)];
};

/** The unit comes to the shop for an order, which a former owner's order asks about. */
const arrive = async (it: Bench): Promise<Outcome> => {
  const { shop, m, dice } = it;
  const order = dice.pick(openOrders(m).filter(({ customer }) => customer !== m.owner));
  if (!order) return null;
  const choice = dice.pick(["keep", "copy", "none"] as const) ?? "keep";
  const arrived = await arriveUnit(shop.staff, order.id, choice === "none" ? null : choice);
  if (!arrived.ok) return refused(`arrive ${choice}`, arrived.error);
  if (choice === "none") throw new Error(`${short(order.id)} arrived under another owner without a choice`);
  if (choice === "copy") await tookOver(it, order);
  return [`arrive: ${short(order.id)}, ${choice}`];
};

/** The customer declines a quote on a draft order, and the hourly job runs. */
const lapse = async (it: Bench): Promise<Outcome> => {
  const { shop, m, dice } = it;
  const quote = dice.pick(
    m.estimates.filter((one) => the(m.orders, one.order).state === "draft" && latestSentOf(one)?.state === "sent" && latestSentOf(one)?.choices.size === 0),
  );
  const sent = quote && latestSentOf(quote);
  if (quote && sent?.prices) {
    const given = { ...phoneAnswer.answer, choice: { kind: "decline" as const } };
    const declined = await shop.answer(shop.staff, quote.id, { intent: "answer", revision: sent.revision, from: phoneAnswer.from, answer: given });
    if (!declined.ok) return refused("decline a quote", declined.error);
    answer(m, quote, { approved: [], declined: [...sent.prices.keys()], unchosen: [], asks: false, most: null });
  }
  const drafts = m.orders.filter(({ state }) => state === "draft");
  const ends = drafts.filter(({ id }) => isOverFor(m, id));
  await closeUnansweredOrders(shop.job);
  for (const order of ends) {
    order.state = "canceled";
    for (const estimate of m.estimates.filter((one) => one.order === order.id && newestOf(one).state === "sent")) withdraw(m, estimate);
    const waiting = livingOn(m, order.id).filter((line) => verdictOf(line).state === "none" && standingOf(m, line) === "counts");
    for (const line of livingOn(m, order.id)) {
      if (waiting.includes(line)) line.decisions.push({ outcome: "unanswered", amount: 0, ground: null, estimate: null });
      release(line);
      line.done = null;
    }
  }
  const events = [...(quote ? [`decline all: ${short(quote.id)}`] : []), ...ends.map(({ id }) => `cancel by cron: ${short(id)}`)];
  return events.length > 0 ? events : null;
};

/** Whether nothing of a draft order leads to work: its estimates were all declined, nothing is agreed, no vendor has a part. */
function isOverFor(m: Repairs, order: Id<"workOrder">): boolean {
  const its = m.estimates.filter((estimate) => estimate.order === order).map((estimate) => newestOf(estimate).state);
  const living = its.filter((state) => state !== "withdrawn");
  const atVendor = m.vendorJobs.some((job) => job.order === order && !["declined", "settled", "called-off", "ending"].includes(job.state) && !job.isEnding);
  const agreed = livingOn(m, order).some(
    (line) => verdictOf(line).state === "authorized" || (verdictOf(line).state === "none" && verdictOf(line).reasoned > 0),
  );
  return living.length > 0 && living.every((state) => state === "declined") && !atVendor && !agreed;
}

/** What is left of an estimate is a new revision, sent if the one before it was waiting for an answer. */
function reviseTo(m: Repairs, estimate: KnownEstimate): void {
  const last = newestOf(estimate);
  const lines = last.lines.filter((id) => the(m.lines, id).order === estimate.order);
  if (last.state === "draft") {
    last.lines = lines;
    return;
  }
  const revision = (estimate.revisions.at(-1)?.revision ?? 0) + 1;
  estimate.revisions.push({ revision, state: "draft", lines, prices: null, sentAs: 0, choices: new Map() });
  if (last.state === "sent") send(m, estimate);
}

export const orderSteps: readonly Step[] = [
  { weight: 6, run: openOrder },
  { weight: 5, run: addLines },
  { weight: 4, run: addOptions },
  { weight: 1, run: preselect },
  { weight: 14, run: switchOne },
  { weight: 4, run: editLine("grow an authorized line", (line) => verdictOf(line).state === "authorized") },
  { weight: 3, run: editLine("edit an offered line", (line) => line.isOpen) },
  { weight: 2, run: editLine("edit a line", () => true) },
  { weight: 2, run: removeLine },
  { weight: 6, run: decideLine },
  { weight: 7, run: complete },
  { weight: 2, run: reopen },
  { weight: 1, run: cancel },
  { weight: 1, run: sell },
  { weight: 5, run: arrive },
  { weight: 9, run: lapse },
];
