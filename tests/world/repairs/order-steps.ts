import { type Id, newId } from "~/kernel/ids";
import { toCents, toQuantity } from "~/kernel/money";
import { later, MINUTE } from "~/kernel/time";
import { handOverAsset } from "~/modules/assets/change-asset.server";
import { cancelOrder } from "~/modules/vendor-jobs/cancel-order.server";
import { completeOrder } from "~/modules/vendor-jobs/complete-order.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import type { Line } from "~/modules/work-orders/jobs/job";
import { recordLineDecision } from "~/modules/work-orders/lines/record-line-decision.server";
import { recordOptionSwitch } from "~/modules/work-orders/lines/record-option-switch.server";
import { openWorkOrder } from "~/modules/work-orders/open-work-order.server";
import type { Dice } from "./dice";
import {
  decide,
  isLocked,
  type KnownJob,
  type KnownLine,
  type KnownOrder,
  livingOn,
  move,
  type NewLine,
  type Repairs,
  release,
  switchTo,
  the,
  withCores,
  withdraw,
  writeLine,
} from "./model";
import { type Bench, LATEST, type Outcome, refused, type Step, short } from "./step";
import { agreedLines, standingOf, stateOf, totalOf, verdictOf } from "./sums";

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
  const asDraft = dice.chance(0.2);
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
  m.orders.push({ id, customer: m.owner, state: asDraft ? "draft" : "open", standing: m.rules.standing, named: null, approved: null });
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
  // Taking approved work off ends what the customer agreed to at most.
  if (gone.some((one) => verdictOf(one).state === "authorized")) Object.assign(the(m.orders, line.order), { named: null, approved: null });
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
  const stays = agreedLines(m, order.id).filter(({ line }) => !moved.includes(line));
  order.state = "completed";
  for (const line of livingOn(m, order.id))
    line.done = ["declined", "unchosen"].includes(stateOf(m, line)) ? null : !authorized.includes(line) && !undecided.includes(line);
  if (leftover === "withdraw" && authorized.length > 0) {
    for (const line of authorized) line.decisions.push({ outcome: "declined", amount: 0, ground: null });
    Object.assign(order, { named: null, approved: null });
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
  // An estimate goes along if all its lines do, to one order.
  const whole = touched.filter(({ id }) => parts.some(({ lines }) => livingOn(m, order.id).every((line) => line.estimate !== id || lines.includes(line))));
  for (const { state, lines } of parts.filter(({ lines }) => lines.length > 0)) {
    const its = whole.filter(({ id }) => lines.some((line) => line.estimate === id));
    const to = move(m, lines, { state }, placeOf);
    for (const estimate of its) estimate.order = to;
    for (const line of lines) if (!its.some(({ id }) => id === line.estimate)) release(line);
  }
  for (const estimate of touched.filter((one) => !whole.includes(one))) withdraw(m, estimate);
  if (order.approved !== null) order.approved = totalOf(m.rules, stays);
  return [`complete with follow-up: ${short(order.id)} keeps ${livingOn(m, order.id).length}, ${moved.length} go`, ...also];
}

const reopen = async ({ shop, m, dice }: Bench): Promise<Outcome> => {
  const order = dice.pick(m.orders.filter(({ state }) => state === "completed"));
  if (!order) return null;
  const reopened = await changeWorkOrder(shop.staff, order.id, { intent: "reopen", why: "Leaks again" });
  if (!reopened.ok) return refused("reopen", reopened.error);
  order.state = "in-progress";
  for (const line of livingOn(m, order.id)) line.done = null;
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

const sell = async ({ shop, asset, m }: Bench): Promise<Outcome> => {
  const to = shop.customers.at(-1);
  // Once is enough.
  if (!to || m.owner === to) return null;
  shop.clock.pass(MINUTE);
  const sold = await handOverAsset(shop.staff, { id: asset, to, from: later(shop.clock.now(), 0) });
  if (!sold.ok) return refused("sell", sold.error);
  m.owner = to;
  return [`sell: to ${short(to)}`];
};

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
];
