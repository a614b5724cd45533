import { expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import type { Line } from "~/modules/work-orders/jobs/job";
import { recordLineDecision } from "~/modules/work-orders/lines/record-line-decision.server";
import { recordOptionSwitch } from "~/modules/work-orders/lines/record-option-switch.server";
import { openWorkOrder } from "~/modules/work-orders/open-work-order.server";
import { readPortalDeferredWork } from "~/queries/customer/estimates.server";
import { readDeferredWork } from "~/queries/staff/estimate-record.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { action as answerOn, loader as portalPage } from "~/routes/customer/estimate/route";
import { answerForm, draftEstimate, type EstimateShop, estimateShop, offered, partLine, sendEstimate } from "../../../tests/world/estimates";
import { changeEstimate } from "./change-estimate.server";
import { pickField } from "./decisions/answer-choice";
import { latestSent } from "./estimate";
import { openLines } from "./line-choice";

/** An order whose one job can be done in three ways, beside a line that is in all of them; with 10 % tax on parts. */
async function withOptions({ staff, asset }: EstimateShop) {
  const [good, better, best] = [newId("option"), newId("option"), newId("option")];
  const part = (text: string, dollars: number, option?: Id<"option">, more: Partial<Line> = {}) =>
    partLine(text, dollars * 100, { ...(option ? { option } : {}), ...more });
  const shoes = part("Shoes, reman", 200, better);
  const lines = [
    part("Hardware kit", 50),
    part("Pads", 100, good),
    shoes,
    part("Shoe core", 40, better, { kind: "core", ofLine: shoes.id }),
    part("Drums and shoes", 500, best),
  ];
  const list = [good, better, best].map((id, at) => ({ id, name: ["Good", "Better", "Best"][at] ?? "" }));
  const order = newId("workOrder");
  const opened = await openWorkOrder(staff, {
    id: order,
    assetId: asset,
    complaint: "Brakes",
    lead: null,
    promisedAt: null,
    purchaseOrder: null,
    asDraft: false,
  });
  expect(opened.ok).toBe(true);
  const job = (await readOrderRecord(staff, order))?.order.jobs[0] ?? expect.fail();
  const saved = await changeWorkOrder(staff, order, { intent: "save-job", seen: 9, job: { ...job, options: { list, preselected: better }, lines } });
  expect(saved.ok).toBe(true);
  const [kit, pads, , core, all] = lines.map(({ id }) => id) as [Id<"line">, Id<"line">, Id<"line">, Id<"line">, Id<"line">]; // the five above
  return { order, job: job.id, good, better, best, kit, pads, shoes: shoes.id, core, all };
}

async function sent(it: EstimateShop, its: Awaited<ReturnType<typeof withOptions>>) {
  const id = await draftEstimate(it.staff, its.order, [offered({ id: its.job, lines: [{ id: its.kit }, { id: its.pads }] })], { validThrough: "2030-03-20" });
  await sendEstimate(it.staff, id);
  await it.world.drainOutbox(it.shop);
  return id;
}

const statesOf = async ({ staff }: EstimateShop, order: Id<"workOrder">) => {
  const record = (await readOrderRecord(staff, order)) ?? expect.fail();
  const states = record.order.jobs.flatMap((job) => job.lines.map(({ id, text }) => [text, record.authorization.lines.get(id)?.state] as const));
  return { ...record, states: Object.fromEntries(states) };
};

test("only the preselected option counts, and all options are offered together with the cores of their parts", async () => {
  const it = await estimateShop();
  const its = await withOptions(it);
  const before = await statesOf(it, its.order);
  expect(before.authorization).toMatchObject({ quoted: 0, toBill: 290_00 });
  expect(before.totals.total).toBe(319_00);
  expect(openLines(before.order.jobs, before.authorization)).toMatchObject([{ lineIds: [its.kit, its.pads, its.shoes, its.core, its.all] }]);
  const id = await sent(it, its);
  const browser = await it.visitor(it.decider);
  const page = (await browser.get(portalPage, "/", { params: { estimateId: id } })).body;
  expect(page).toMatchObject({ total: 319_00, estimate: { snapshot: { groups: [{ options: { preselected: its.better, list: [{}, {}, {}] } }] } } });
  expect((await statesOf(it, its.order)).authorization).toMatchObject({ quoted: 290_00, toBill: 290_00 });
  const [mail] = await it.world.mail(it.decider.email);
  expect(mail?.text).toContain('Choose one for "Brakes": Good, $165.00 in all; Better, $319.00 in all; Best, $605.00 in all.');
});

test("the customer's choice approves the lines of one option and makes the others unchosen, which are not deferred", async () => {
  const it = await estimateShop();
  const its = await withOptions(it);
  const id = await sent(it, its);
  const browser = await it.visitor(it.decider);
  const at = { params: { estimateId: id } };
  const other = await browser.post(answerOn, "/", answerForm("approve", { [pickField(its.job)]: newId("option") }), at);
  expect(other.status).toBe(422);
  expect((await browser.post(answerOn, "/", answerForm("approve", { [pickField(its.job)]: its.best }), at)).status).toBe(303);
  const { states, authorization, totals, order, activity } = await statesOf(it, its.order);
  const details = JSON.stringify(activity.map(({ detail }) => detail));
  expect(details).toContain('Chose: \\"Best\\" for job 1');
  expect(details).toContain("Options: Good, Better (preselected), Best");
  expect(states).toEqual({
    "Hardware kit": "authorized",
    Pads: "unchosen",
    "Shoes, reman": "unchosen",
    "Shoe core": "unchosen",
    "Drums and shoes": "authorized",
  });
  expect(authorization).toMatchObject({ quoted: 550_00, authorized: 550_00, toBill: 550_00, over: 0 });
  expect(totals.total).toBe(605_00);
  expect(openLines(order.jobs, authorization)).toEqual([]);
  expect(await readDeferredWork(it.staff.db, it.asset)).toEqual([]);
  const page = (await browser.get(portalPage, "/", at)).body;
  expect(page).toMatchObject({ total: 605_00, estimate: { decision: { outcome: "approved", approvedTotal: 605_00 } } });
});

test("of options that are all declined, only the preselected is deferred", async () => {
  const it = await estimateShop();
  const its = await withOptions(it);
  const id = await sent(it, its);
  const browser = await it.visitor(it.decider);
  const form = answerForm("lines", { [pickField(its.job)]: its.best, [`answer-${its.job}`]: "decline" });
  expect((await browser.post(answerOn, "/", form, { params: { estimateId: id } })).status).toBe(303);
  const deferred = ["Hardware kit", "Shoe core", "Shoes, reman"];
  expect((await readDeferredWork(it.staff.db, it.asset)).map(({ line }) => line.text).sort()).toEqual(deferred);
  expect((await readPortalDeferredWork((await it.shop.as(it.decider)).db, it.asset)).map(({ text }) => text).sort()).toEqual(deferred);
});

test("a switch leaves the former option; the shop's own is to a cheaper one, with a reason that the customer reads", async () => {
  const it = await estimateShop();
  const its = await withOptions(it);
  const id = await sent(it, its);
  const shop = { jobId: its.job, by: "shop", who: "Joan", reason: "Drums are fine" } as const;
  expect(await recordOptionSwitch(it.staff, its.order, { ...shop, option: its.good })).toMatchObject({ error: { kind: "not-allowed" } });
  const answered = await changeEstimate(it.staff, id, {
    intent: "answer",
    revision: 1,
    answer: { choice: { kind: "approve" }, options: { [its.job]: its.better }, note: "", purchaseOrder: "", notToExceed: null, drawn: null },
    from: { who: "Renee", how: "phone", recordedBy: "Joan", email: null, ip: null, userAgent: null },
  });
  expect(answered.ok && latestSent(answered.value)?.decision).toMatchObject({ approved: [its.kit, its.shoes, its.core], unchosen: [its.pads, its.all] });
  expect(await recordOptionSwitch(it.staff, its.order, { ...shop, option: its.best })).toMatchObject({ error: { kind: "not-allowed" } });
  expect(await recordOptionSwitch(it.staff, its.order, { ...shop, option: its.good, reason: "" })).toMatchObject({ error: { kind: "no-reason" } });
  expect((await recordOptionSwitch(it.staff, its.order, { ...shop, option: its.good })).ok).toBe(true);
  await it.world.drainOutbox(it.shop);
  const mails = await it.world.mail(it.decider.email);
  const switchMails = mails.filter(({ subject }) => subject.includes("costs less"));
  expect(switchMails).toHaveLength(1);
  expect(switchMails[0]?.text).toMatch(/"Good" instead of "Better"[\s\S]*from \$319\.00 to \$165\.00[\s\S]*Drums are fine/);
  const { states, order } = await statesOf(it, its.order);
  expect(states).toMatchObject({ Pads: "authorized", "Shoes, reman": "unchosen", "Shoe core": "unchosen", "Drums and shoes": "unchosen" });
  expect(order.most.approved).toBe(165_00);
  const dearer = { jobId: its.job, option: its.best, by: "customer", how: "phone", who: "Renee", reason: "" } as const;
  expect((await recordOptionSwitch(it.staff, its.order, dearer)).ok).toBe(true);
  await it.world.drainOutbox(it.shop);
  expect((await it.world.mail(it.decider.email)).filter(({ subject }) => subject.includes("costs less"))).toHaveLength(1);
  expect((await statesOf(it, its.order)).authorization).toMatchObject({ authorized: 550_00, toBill: 550_00, over: 0 });
  expect(await readDeferredWork(it.staff.db, it.asset)).toEqual([]);
});

test("a core is decided and removed with its part, and never by itself", async () => {
  const it = await estimateShop();
  const { order, job, core, shoes } = await withOptions(it);
  const decline = { by: "Renee", reason: "", outcome: "declined", how: "phone" } as const;
  expect(await recordLineDecision(it.staff, order, { ...decline, lineId: core })).toMatchObject({ error: { kind: "not-allowed" } });
  expect((await recordLineDecision(it.staff, order, { ...decline, lineId: shoes, outcome: "approved" })).ok).toBe(true);
  const approved = await statesOf(it, order);
  expect(approved.states).toMatchObject({ "Shoes, reman": "authorized", "Shoe core": "authorized", Pads: "unchosen" });
  expect(approved.order.decisions.filter(({ outcome }) => outcome === "unchosen")).toHaveLength(2);
  expect(approved.authorization.lines.get(core)?.authorized).toBe(toCents(40_00));
  const known = approved.order.jobs.find(({ id }) => id === job) ?? expect.fail();
  const lines = known.lines.filter(({ id }) => id !== shoes);
  const removed = await changeWorkOrder(it.staff, order, { intent: "save-job", seen: 99, job: { ...known, lines }, why: "Wrong axle" });
  expect(removed.ok && removed.value.jobs.flatMap((one) => one.lines.map(({ id }) => id))).not.toContain(core);
});
