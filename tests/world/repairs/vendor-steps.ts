import { type Id, newId } from "~/kernel/ids";
import { toBasisPoints, toCents, toQuantity } from "~/kernel/money";
import { assignVendor } from "~/modules/vendor-jobs/assignment/assign-vendor.server";
import { callOffJob } from "~/modules/vendor-jobs/cancel-job.server";
import { changeVendorJob } from "~/modules/vendor-jobs/change-vendor-job.server";
import { isLocked, type KnownLine, type KnownVendorJob, livingOn, the, writeLine } from "./model";
import { type Bench, type Outcome, refused, type Step, short } from "./step";
import { verdictOf } from "./sums";

const assignment = { title: "Rebuild the box", instructions: "Shudder in 8th", dueDay: null, notToExceed: null, sharesCustomer: false };
const charges = (amount: number) => ({ lines: [{ kind: "labor" as const, text: "Rebuild", quantity: toQuantity(1_000), each: toCents(amount) }], note: "" });
const MARKUP = 20;

/** Sends outside work to a vendor: on a new line, a chosen one, or one that costs the customer nothing. */
async function assign(it: Bench): Promise<Outcome> {
  const { m, dice } = it;
  const order = dice.pick(m.orders.filter((one) => !isLocked(one)));
  if (!order || m.vendorJobs.length >= 4) return null;
  const chosen = dice.chance(0.5) ? dice.pick(livingOn(m, order.id).filter(({ kind, vendorJob }) => kind === "outside" && vendorJob === null)) : undefined;
  return sendTo(it, order.id, { chosen, earlier: null, pricedElsewhere: chosen === undefined && dice.chance(0.3) });
}

type Sent = { chosen: KnownLine | undefined; earlier: KnownVendorJob | null; pricedElsewhere: boolean };
async function sendTo({ shop, m, dice }: Bench, order: Id<"workOrder">, { chosen, earlier, pricedElsewhere }: Sent): Promise<Outcome> {
  const id = newId("vendorJob");
  const vendorId = dice.pick(shop.vendors);
  if (!vendorId) return null;
  const lineId = chosen?.id ?? null;
  const asked = {
    id,
    workOrderId: order,
    vendorId,
    assignment: { ...assignment, needsEstimate: dice.chance(0.5) },
    lineId,
    pricedElsewhere,
    plan: "pro-plus" as const,
  };
  const assigned = await assignVendor(shop.staff, { ...asked, earlierId: earlier?.id ?? null });
  if (!assigned.ok) return refused(earlier ? "reassign" : "assign", assigned.error);
  const sublet = await shop.subletOf(id);
  const known = (earlier && m.lines.find((line) => line.id === earlier.line && line.order === order && !line.removed)) ?? chosen;
  if (known && known.id !== sublet.line) throw new Error(`vendor job ${short(id)} is for line ${short(sublet.line)}, not ${short(known.id)}`);
  if (known) Object.assign(known, { vendorJob: id, cost: null, ...(known.each === 0 && !pricedElsewhere ? { follows: true, priceOpen: true } : {}) });
  else newSublet(m, order, sublet, id, pricedElsewhere);
  if (earlier) earlier.replaced = true;
  m.vendorJobs.push({
    id,
    order,
    line: sublet.line,
    state: "assigned",
    replaced: false,
    isEnding: false,
    revision: 0,
    waits: false,
    asked: 0,
    approved: false,
    version: 1,
  });
  return [
    `${earlier ? "reassign" : chosen ? "assign a chosen line" : pricedElsewhere ? "assign, priced elsewhere" : "assign a new line"}: ${short(id)} on ${short(order)}`,
  ];
}

function newSublet(
  m: Bench["m"],
  order: Id<"workOrder">,
  { line, job }: { line: Id<"line">; job: Id<"job"> | null },
  vendorJob: Id<"vendorJob">,
  pricedElsewhere: boolean,
) {
  if (!job) return;
  const its = { id: line, kind: "outside" as const, text: assignment.title, each: 0, count: 1, cost: null, supplies: false };
  writeLine(m, order, job, its, { vendorJob, follows: !pricedElsewhere, priceOpen: !pricedElsewhere });
}

/** What a vendor and the shop do next about a job, by its state. */
async function proceed(it: Bench): Promise<Outcome> {
  const { shop, m, dice } = it;
  const job = dice.pick(
    m.vendorJobs.filter((one) => !["declined", "called-off"].includes(one.state) || (!one.replaced && !isLocked(the(m.orders, one.order)))),
  );
  if (!job) return null;
  const run = async (command: Parameters<typeof changeVendorJob>[2], state: KnownVendorJob["state"]): Promise<Outcome> => {
    const changed = await changeVendorJob(shop.staff, job.id, command);
    if (!changed.ok) return refused(`vendor ${command.intent}`, changed.error);
    Object.assign(job, { state, version: changed.value.version });
    return [`vendor ${command.intent}: ${short(job.id)}`];
  };
  const stops = dice.chance(0.2);
  const amount = 50_00 + dice.below(50_000);
  const estimate = async (state: KnownVendorJob["state"]): Promise<Outcome> => {
    const sent = await run({ intent: "submit-estimate", charges: charges(amount) }, state);
    job.revision += 1;
    return sent;
  };
  const addition = async (): Promise<Outcome> => {
    await estimate("approved");
    job.waits = true;
    return [`vendor addition: ${short(job.id)} of ${amount}`];
  };
  const decideAddition = async (): Promise<Outcome> => {
    job.waits = false;
    const { revision } = job;
    const outcome = dice.pick(["approve-estimate", "decline-estimate", "withdraw"] as const) ?? "withdraw";
    if (outcome === "approve-estimate") return run({ intent: outcome, revision, override: "" }, "approved");
    return outcome === "withdraw" ? run({ intent: outcome }, "approved") : run({ intent: outcome, revision, feedback: "Not now" }, "approved");
  };
  switch (job.state) {
    case "assigned":
      return dice.chance(0.7) ? run({ intent: "accept" }, "accepted") : run({ intent: "decline", reason: "Full until May" }, "declined");
    case "declined":
    case "called-off":
      return sendTo(it, job.order, { chosen: undefined, earlier: job, pricedElsewhere: false });
    case "accepted":
      if (stops) return callOff(it, job);
      return dice.chance(0.5) ? estimate("estimate-submitted") : run({ intent: "complete", note: "" }, "completed");
    case "estimate-submitted":
      return stops ? callOff(it, job) : run({ intent: "approve-estimate", revision: job.revision, override: "" }, "approved");
    case "approved":
      if (stops) return callOff(it, job);
      if (job.waits && dice.chance(0.7)) return decideAddition();
      if (!job.waits && dice.chance(0.6)) return addition();
      job.waits = false;
      return run({ intent: "complete", note: "" }, "completed");
    case "completed":
    case "ending": {
      if (stops) return callOff(it, job);
      const sent = await run({ intent: "submit-invoice", reference: "GW-9", charges: charges(amount) }, "invoiced");
      job.asked = amount;
      return sent;
    }
    case "invoiced":
      return approve(it, job);
    case "settled":
      return dice.chance(0.8) ? reverse(it, job) : null;
    default:
      return null;
  }
}

async function callOff({ shop, m, dice }: Bench, job: KnownVendorJob): Promise<Outcome> {
  const pays = job.state !== "ending" && dice.chance(0.4);
  const ended = await callOffJob(shop.staff, job.id, { intent: "call-off", seen: job.version, reason: "Not needed", pays, goesOn: false });
  if (!ended.ok) return refused("vendor call-off", ended.error);
  Object.assign(job, { state: pays ? "ending" : "called-off", isEnding: true, waits: false, version: job.version + 1 });
  const line = m.lines.find(({ id, order, removed }) => id === job.line && order === job.order && !removed);
  if (!line || pays) return [`vendor call-off: ${short(job.id)}${pays ? ", one invoice to come" : ""}`];
  if (line.estimate === null && line.cost === null && line.each === 0 && line.decisions.length === 0) {
    line.removed = true;
  } else Object.assign(line, { vendorJob: null, follows: false, priceOpen: false });
  return [`vendor call-off: ${short(job.id)}, its line ${line.removed ? "goes" : "stays"}`];
}

/** Whether the customer's price follows the vendor's invoice. */
const followsOf = (line: KnownLine | undefined): boolean => !line || (line.follows && line.sent === null && verdictOf(line).state === "none");

async function approve(it: Bench, job: KnownVendorJob): Promise<Outcome> {
  const { shop, m } = it;
  const line = m.lines.find(({ id, order, removed }) => id === job.line && order === job.order && !removed);
  const order = the(m.orders, job.order);
  const follows = followsOf(line) && order.state !== "invoiced" && order.state !== "canceled";
  const markup = follows ? toBasisPoints(MARKUP * 100) : null;
  const command = {
    intent: "approve-invoice",
    submission: await shop.newestSubmission(job.id),
    varianceReason: "Took longer",
    override: "",
    markup,
    entryId: newId("entry"),
  } as const;
  const approved = await changeVendorJob(shop.staff, job.id, command);
  if (!approved.ok) throw new Error(`the vendor's invoice was not approved: ${JSON.stringify(approved.error)}`);
  Object.assign(job, { state: "settled", approved: true, version: approved.value.version });
  await setCost(it, job, line, markup === null ? 0 : job.asked + Math.round((job.asked * MARKUP) / 100));
  return [`vendor approve-invoice: ${short(job.id)} of ${job.asked}${follows ? "" : ", price fixed"}`];
}

async function reverse(it: Bench, job: KnownVendorJob): Promise<Outcome> {
  const { shop, m } = it;
  const reversed = await changeVendorJob(shop.staff, job.id, { intent: "reverse", reason: "Wrong truck", entryId: newId("entry") });
  if (!reversed.ok) return refused("vendor reverse", reversed.error);
  Object.assign(job, { state: "invoiced", approved: false, version: reversed.value.version });
  await setCost(
    it,
    job,
    m.lines.find(({ id, order, removed }) => id === job.line && order === job.order && !removed),
    null,
  );
  return [`vendor reverse: ${short(job.id)}`];
}

/** The cost of an approved invoice goes to its line, or to a new one where somebody removed that; the price follows where it may. */
async function setCost({ shop, m }: Bench, job: KnownVendorJob, known: KnownLine | undefined, price: number | null): Promise<void> {
  let line = known;
  if (!line) {
    const sublet = await shop.subletOf(job.id);
    job.line = sublet.line;
    newSublet(m, job.order, sublet, job.id, false);
    line = the(m.lines, sublet.line);
  }
  const { state } = the(m.orders, job.order);
  const follows = followsOf(line) && state !== "invoiced";
  line.cost = price === null ? null : job.asked;
  if (follows) Object.assign(line, { count: 1, priceOpen: price === null, ...(price === null ? {} : { each: price }) });
  if (state === "invoiced") line.priceOpen = false;
}

export const vendorSteps: readonly Step[] = [
  { weight: 4, run: assign },
  { weight: 20, run: proceed },
];
