import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { DAY } from "~/kernel/time";
import { contacts } from "~/modules/customers/customer.tables";
import { draftInvoice } from "~/modules/invoices/draft-invoice.server";
import { readInvoiceRecord } from "~/modules/invoices/invoice-record.read.server";
import { issueInvoice } from "~/modules/invoices/issue-invoice.server";
import { changeShopRules } from "~/modules/organizations/shop-rules/change-shop-rules.server";
import { firstRules } from "~/modules/organizations/shop-rules/shop-rules";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { linesOf } from "~/modules/work-orders/lines/order-authorization";
import { reviveLines } from "~/modules/work-orders/lines/revive-lines.server";
import { runOrderCommand } from "~/modules/work-orders/order-command.step.server";
import type { BoardState } from "~/modules/work-orders/work-order";
import { readPortalDeferredWork } from "~/queries/customer/estimates.server";
import { readEstimatesOf } from "~/queries/staff/estimate-list.server";
import { readDeferredWork, readEstimateRecord } from "~/queries/staff/estimate-record.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { action as answerOn } from "~/routes/customer/estimate/route";
import {
  addJob,
  answerForm,
  draftEstimate,
  type EstimateShop,
  estimateShop,
  headOf,
  offered,
  partLine,
  phoneAnswer,
  sendEstimate,
  sentEstimate,
  writtenEstimate,
  writtenOrder,
} from "../../../tests/world/estimates";
import { changeEstimate } from "./change-estimate.server";
import { createEstimate } from "./create-estimate.server";

type OrderId = Id<"workOrder">;

/** The customer's answer in the portal. */
async function answered(it: EstimateShop, id: string, choice: string, more: Record<string, string> = {}) {
  const { location } = await (await it.visitor(it.decider)).post(answerOn, "/", answerForm(choice, more), { params: { estimateId: id } });
  expect(location).toBe(paths.customer.estimate(id));
  await it.world.drainOutbox(it.shop);
}
const byLine = (lines: readonly { id: string }[], choices: readonly ("approve" | "decline")[]) =>
  Object.fromEntries(lines.map(({ id }, at) => [`answer-${id}`, choices[at] ?? "decline"]));

const record = async ({ staff }: EstimateShop, order: OrderId) => (await readOrderRecord(staff, order)) ?? expect.fail("no such order");
const estimateOf = async ({ staff }: EstimateShop, id: Id<"estimate">) => (await readEstimateRecord(staff, id)) ?? expect.fail("no such estimate");
const linesOn = async (its: EstimateShop, order: OrderId) => linesOf((await record(its, order)).order);
const deferredTexts = async ({ staff, asset }: EstimateShop) => (await readDeferredWork(staff.db, asset)).map(({ line }) => line.text).sort();

/** Completes an order, with a correction on each job. */
async function complete(its: EstimateShop, order: OrderId, notDone: readonly Id<"line">[] = []) {
  for (const job of (await record(its, order)).order.jobs)
    expect((await changeWorkOrder(its.staff, order, { intent: "save-job", seen: 999, job: { ...job, correction: "Replaced" } })).ok).toBe(true);
  await moveTo(its, order, "in-progress");
  const completed = await runOrderCommand(its.staff, order, { intent: "move", seen: 999, to: "completed", holdReason: null, notDone });
  expect(completed.ok).toBe(true);
}
async function moveTo({ staff }: EstimateShop, order: OrderId, to: BoardState, holdReason: "approval" | null = null) {
  expect((await runOrderCommand(staff, order, { intent: "move", seen: 999, to, holdReason })).ok).toBe(true);
}

describe("an approved estimate", () => {
  it("bills the customer once: its lines are the order's, before and after", async () => {
    const its = await estimateShop();
    const { id, order, lines } = await sentEstimate(its);
    const before = await record(its, order);
    expect(before.totals.total).toBe(385_00);
    await answered(its, id, "approve", { purchaseOrder: "PO 77" });
    const after = await record(its, order);
    expect(after.totals).toEqual(before.totals);
    expect(linesOf(after.order).map((line) => line.id)).toEqual(lines.map((line) => line.id));
    expect(after.order.purchaseOrder).toBe("PO 77");
    expect(after.authorization).toMatchObject({ quoted: 350_00, authorized: 350_00, toBill: 350_00, over: 0 });

    await complete(its, order);
    const invoice = newId("invoice");
    expect((await draftInvoice(its.staff, { id: invoice, customerId: its.customer.id, orders: [order] })).ok).toBe(true);
    expect((await issueInvoice(its.staff, invoice, { terms: "net-30" })).ok).toBe(true);
    expect((await readInvoiceRecord(its.staff.db, invoice, its.world.clock.now()))?.contents.charges.total).toBe(385_00);
  });

  it("bills the part of it that was approved, and the order's list shows that sum", async () => {
    const its = await estimateShop();
    const { id, order, lines } = await sentEstimate(its);
    await answered(its, id, "lines", byLine(lines, ["approve", "decline", "approve"]));
    expect((await record(its, order)).totals.total).toBe(165_00);
    const { decision } = (await estimateOf(its, id)).estimate.revisions[0] ?? expect.fail("no revision");
    expect(decision).toMatchObject({ outcome: "partially-approved", approvedTotal: 165_00, who: "Renee Okafor", email: its.decider.email });
    const more = await addJob(its.staff, order, { lines: [partLine("Hose", 10_00)] });
    await draftEstimate(its.staff, order, [offered(more)]);
    expect((await readEstimatesOf(its.staff.db, order)).map(({ total, approvedTotal }) => [total, approvedTotal])).toEqual([
      [null, null],
      [385_00, 165_00],
    ]);
  });

  it("opens the draft order that was opened for the quote", async () => {
    const its = await estimateShop();
    const { id, order } = await sentEstimate(its, { asDraft: true });
    expect((await record(its, order)).order.state).toBe("draft");
    await answered(its, id, "approve");
    expect((await record(its, order)).order.state).toBe("open");
  });

  it("authorizes what was sent, where the shop edited the line meanwhile", async () => {
    const its = await estimateShop();
    const { id, order, jobs, lines } = await sentEstimate(its);
    const [first = expect.fail("no line"), ...rest] = lines;
    await addJob(its.staff, order, { ...(jobs[0] ?? expect.fail("no job")), lines: [{ ...first, each: toCents(130_00) }, ...rest] });
    await answered(its, id, "approve");
    expect((await record(its, order)).authorization).toMatchObject({ quoted: 350_00, authorized: 350_00, toBill: 380_00, over: 30_00 });
  });

  it("ends the hold that waited for it, and knows the limit that the customer named", async () => {
    const its = await estimateShop();
    const { id, order } = await sentEstimate(its);
    await moveTo(its, order, "in-progress");
    await moveTo(its, order, "on-hold", "approval");
    await answered(its, id, "approve", { notToExceed: "500.00" });
    expect((await record(its, order)).order).toMatchObject({ state: "in-progress", holdReason: null, most: { named: 500_00, approved: 385_00 } });
  });

  it("counts with what was approved before against a contact's limit", async () => {
    const its = await estimateShop();
    const { id, order } = await sentEstimate(its);
    await answered(its, id, "approve");
    const more = await addJob(its.staff, order, { lines: [partLine("Hose", 100_00)] });
    const supplement = await draftEstimate(its.staff, order, [offered(more)]);
    const { revisions } = await sendEstimate(its.staff, supplement);
    expect(revisions[0]?.offer?.snapshot.charges.total).toBe(110_00);
    await its.shop.db.batch([its.shop.db.update(contacts, { decideLimit: toCents(400_00) }, eq(contacts.email, its.decider.email))]);
    const browser = await its.visitor(its.decider);
    const refused = await browser.post(answerOn, "/", answerForm("approve"), { params: { estimateId: supplement } });
    expect(refused.status).toBe(403);
    await its.shop.db.batch([its.shop.db.update(contacts, { decideLimit: toCents(495_00) }, eq(contacts.email, its.decider.email))]);
    await answered(its, supplement, "approve");
    expect((await record(its, order)).totals.total).toBe(495_00);
  });
});

describe("a line", () => {
  it("is on one of two estimates that are created for it at once", async () => {
    const its = await estimateShop();
    const { id: order, jobs } = await writtenOrder(its.staff, its.asset, [{ lines: [partLine("Hose", 50_00)] }]);
    const content = { ...headOf(), jobs: jobs.map((job) => offered(job)) };
    const ids = [newId("estimate"), newId("estimate")];
    const created = await Promise.all(ids.map((id) => createEstimate(its.staff, { id, workOrderId: order, content })));
    expect(created.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(created.find(({ ok }) => !ok)).toMatchObject({ error: { kind: "not-allowed", message: expect.stringContaining('"Hose" is on another estimate') } });
    expect(await readEstimatesOf(its.staff.db, order)).toHaveLength(1);
  });

  it("goes on an estimate while somebody else changes its order", async () => {
    const its = await estimateShop();
    const { id: order, jobs } = await writtenOrder(its.staff, its.asset, [{ lines: [partLine("Hose", 50_00)] }]);
    const content = { ...headOf(), jobs: jobs.map((job) => offered(job)) };
    const [created] = await Promise.all([
      createEstimate(its.staff, { id: newId("estimate"), workOrderId: order, content }),
      addJob(its.staff, order, { complaint: "Leaks", lines: [] }),
    ]);
    expect(created).toEqual({ ok: true, value: null });
    expect((await record(its, order)).order.jobs).toHaveLength(2);
  });

  it("of an estimate is not another order's", async () => {
    const its = await estimateShop();
    const [one, two] = [await writtenEstimate(its), await writtenOrder(its.staff, its.asset, [{ lines: [partLine("Hose", 50_00)] }])];
    const jobs = two.jobs.map((job) => offered(job));
    expect(await changeEstimate(its.staff, one.id, { intent: "write", seen: 999, head: headOf(), jobs })).toEqual({ ok: false, error: { kind: "stale" } });
  });
});

describe("declined work", () => {
  it("is deferred, stays on its order unbilled, and the customer sees it without costs", async () => {
    const its = await estimateShop();
    const { id, order, lines } = await sentEstimate(its);
    await answered(its, id, "lines", byLine(lines, ["approve", "decline", "decline"]));
    expect(await deferredTexts(its)).toEqual(["Rear drums", "Wheel seals"]);
    expect(await linesOn(its, order)).toHaveLength(3);
    const portal = await readPortalDeferredWork((await its.shop.as(its.decider)).db, its.asset);
    expect(portal.map(({ text, price }) => [text, price]).sort()).toEqual([
      ["Rear drums", 200_00],
      ["Wheel seals", 50_00],
    ]);
    expect(JSON.stringify(portal)).not.toMatch(/cost|4321/);
    expect(await readPortalDeferredWork((await its.shop.as(its.other)).db, its.asset)).toEqual([]);
  });

  it("is no longer deferred once the customer approves it after all", async () => {
    const its = await estimateShop();
    const { id, order, jobs, lines } = await sentEstimate(its);
    await answered(its, id, "decline");
    const [first = expect.fail("no line")] = lines;
    const again = await draftEstimate(its.staff, order, [offered(jobs[0] ?? expect.fail("no job"), { lineIds: [first.id] })]);
    await sendEstimate(its.staff, again);
    expect(await deferredTexts(its)).toHaveLength(3);
    await answered(its, again, "approve");
    expect(await deferredTexts(its)).toEqual(["Rear drums", "Wheel seals"]);
  });

  it("is revived as a new line, which closes it; removing that line opens it again, and declining it defers the new one", async () => {
    const its = await estimateShop();
    const { id, order, lines } = await sentEstimate(its);
    await answered(its, id, "decline");
    await complete(its, order);
    const next = await writtenOrder(its.staff, its.asset, [{ complaint: "Rear drums after all", lines: [] }]);
    const wanted = [lines[1]?.id ?? ""];
    for (let again = 0; again < 2; again++) expect((await reviveLines(its.staff, next.id, wanted)).ok).toBe(true);
    const [revived = expect.fail("no line"), ...others] = await linesOn(its, next.id);
    expect(others).toEqual([]);
    expect(revived).toMatchObject({ text: "Rear drums", revivedFrom: lines[1]?.id, offer: null, quoted: null });
    expect(revived.id).not.toBe(lines[1]?.id);
    expect(await deferredTexts(its)).toEqual(["Front drums", "Wheel seals"]);

    const job = (await record(its, next.id)).order.jobs.find(({ lines: all }) => all.length > 0) ?? expect.fail("no job");
    await addJob(its.staff, next.id, { id: job.id, complaint: job.complaint, lines: [] });
    expect(await deferredTexts(its)).toEqual(["Front drums", "Rear drums", "Wheel seals"]);
    expect((await reviveLines(its.staff, next.id, wanted)).ok).toBe(true);
    const fresh = (await record(its, next.id)).order.jobs.find(({ lines: all }) => all.length > 0) ?? expect.fail("no job");
    const offer = await draftEstimate(its.staff, next.id, [offered(fresh)]);
    await sendEstimate(its.staff, offer);
    await answered(its, offer, "decline");
    const deferred = await readDeferredWork(its.staff.db, its.asset);
    expect(deferred.map(({ line, workOrderId }) => [line.text, workOrderId]).sort()).toEqual(
      [
        ["Front drums", order],
        ["Rear drums", next.id],
        ["Wheel seals", order],
      ].sort(),
    );
  });

  it("is revived at today's labor rate, and prices set by hand stay", async () => {
    const its = await estimateShop();
    const rate = (perHour: number) => ({ ...firstRules, laborRates: [{ name: "Standard", perHour: toCents(perHour) }] });
    await changeShopRules(its.staff, { seen: 1, rules: rate(100_00) });
    const labor = (text: string, price: number) => partLine(text, price, { kind: "labor" });
    const lines = [labor("At the rate", 100_00), labor("At a price of its own", 93_00), partLine("Drum", 100_00)];
    const first = await writtenOrder(its.staff, its.asset, [{ lines }]);
    const id = await draftEstimate(
      its.staff,
      first.id,
      first.jobs.map((job) => offered(job)),
    );
    await sendEstimate(its.staff, id);
    expect(
      (await changeEstimate(its.staff, id, { intent: "answer", revision: 1, ...phoneAnswer, answer: { ...phoneAnswer.answer, choice: { kind: "decline" } } }))
        .ok,
    ).toBe(true);
    await changeShopRules(its.staff, { seen: 2, rules: rate(120_00) });
    const next = await writtenOrder(its.staff, its.asset, [{ lines: [] }]);
    expect(
      (
        await reviveLines(
          its.staff,
          next.id,
          lines.map((line) => line.id),
        )
      ).ok,
    ).toBe(true);
    expect((await linesOn(its, next.id)).map(({ text, each }) => [text, each]).sort()).toEqual([
      ["At a price of its own", 93_00],
      ["At the rate", 120_00],
      ["Drum", 100_00],
    ]);
  });

  it("of a former owner is for staff only, until it is revived on an order of the new one", async () => {
    const its = await estimateShop();
    const { id } = await sentEstimate(its);
    await answered(its, id, "decline");
    its.world.clock.pass(DAY);
    await its.shop.sellAsset({ asset: its.asset, to: its.other, at: its.world.clock.now() });
    expect(await deferredTexts(its)).toHaveLength(3);
    expect(await readPortalDeferredWork((await its.shop.as(its.other)).db, its.asset)).toEqual([]);
  });
});

describe("a supplement", () => {
  it("that is declined leaves the authorized amount, and what the line grew by is not authorized", async () => {
    const its = await estimateShop();
    const { id, order, jobs, lines } = await sentEstimate(its);
    await answered(its, id, "approve");
    const [first = expect.fail("no line"), ...rest] = lines;
    const job = await addJob(its.staff, order, { ...(jobs[0] ?? expect.fail("no job")), lines: [{ ...first, each: toCents(180_00) }, ...rest] });
    const supplement = await draftEstimate(its.staff, order, [offered(job, { lineIds: [first.id] })]);
    await sendEstimate(its.staff, supplement);
    await answered(its, supplement, "decline");
    expect((await record(its, order)).authorization).toMatchObject({ authorized: 350_00, toBill: 430_00, over: 80_00 });
    expect(await deferredTexts(its)).toEqual([]);
  });
});

describe("a withdrawn estimate", () => {
  it("frees its lines and mails the customer the reason, once", async () => {
    const its = await estimateShop();
    const { id, order } = await sentEstimate(its);
    expect((await changeEstimate(its.staff, id, { intent: "withdraw", why: "The drums were recalled" })).ok).toBe(true);
    await its.world.drainOutbox(its.shop);
    expect((await linesOn(its, order)).map(({ offer, quoted }) => [offer, quoted])).toEqual([
      [null, null],
      [null, null],
      [null, null],
    ]);
    const mails = (await its.world.mail(its.decider.email)).filter(({ text }) => text.includes("The drums were recalled"));
    expect(mails).toHaveLength(1);
    const late = await (await its.visitor(its.decider)).post(answerOn, "/", answerForm("approve"), { params: { estimateId: id } });
    expect(late.status).toBe(409);
    expect(JSON.stringify(late.body)).toContain("The shop withdrew this estimate.");
  });

  it("mails the customer also where changes were requested, and nobody if it was never sent", async () => {
    const its = await estimateShop();
    const { id } = await sentEstimate(its);
    await answered(its, id, "ask", { note: "Only the front" });
    const draft = await writtenEstimate(its);
    for (const one of [id, draft.id]) expect((await changeEstimate(its.staff, one, { intent: "withdraw", why: "The drums were recalled" })).ok).toBe(true);
    await its.world.drainOutbox(its.shop);
    expect((await its.world.mail(its.decider.email)).filter(({ text }) => text.includes("The drums were recalled"))).toHaveLength(1);
  });

  it("and an answer at the same time don't both count", async () => {
    const its = await estimateShop();
    const { id, order } = await sentEstimate(its);
    const renee = await its.visitor(its.decider);
    const [answer, withdrawal] = await Promise.all([
      renee.post(answerOn, "/", answerForm("approve"), { params: { estimateId: id } }),
      changeEstimate(its.staff, id, { intent: "withdraw", why: "Recalled" }),
    ]);
    expect([answer.status === 303, withdrawal.ok].filter(Boolean)).toHaveLength(1);
    const { authorized } = (await record(its, order)).authorization;
    expect(authorized).toBe(withdrawal.ok ? 0 : 350_00);
  });
});

describe("an approval of an order that is locked", () => {
  it("moves lines that were not done, with their ids and decisions, to a new open order of the customer", async () => {
    const its = await estimateShop();
    const { id, order, lines } = await sentEstimate(its);
    await complete(
      its,
      order,
      lines.map((line) => line.id),
    );
    await answered(its, id, "lines", { ...byLine(lines, ["approve", "approve", "decline"]), purchaseOrder: "PO 77" });
    const { estimate } = await estimateOf(its, id);
    expect(estimate.workOrderId).not.toBe(order);
    const moved = await record(its, estimate.workOrderId);
    expect(moved.order).toMatchObject({ state: "open", customerId: its.customer.id, purchaseOrder: "PO 77", title: "Brakes pull" });
    expect(linesOf(moved.order).map((line) => [line.id, line.done])).toEqual([
      [lines[0]?.id, null],
      [lines[1]?.id, null],
    ]);
    expect(moved.order.decisions.map(({ lineId, outcome, estimateId }) => [lineId, outcome, estimateId]).sort()).toEqual(
      [0, 1].map((n) => [lines[n]?.id, "approved", id]).sort(),
    );
    expect(moved.totals.total).toBe(330_00);
    expect(moved.authorization).toMatchObject({ authorized: 300_00, over: 0 });
    const old = await record(its, order);
    expect(old.order.state).toBe("completed");
    expect(linesOf(old.order).map((line) => line.id)).toEqual([lines[2]?.id]);
    expect(old.totals.total).toBe(0);
    expect(await deferredTexts(its)).toEqual(["Wheel seals"]);
    // The new order can be worked on like any other.
    await complete(its, estimate.workOrderId);
  });

  it("only marks lines that were done", async () => {
    const its = await estimateShop();
    const { id, order, lines } = await sentEstimate(its);
    await complete(its, order, [lines[1]?.id ?? expect.fail("no line")]);
    await answered(its, id, "approve");
    const moved = (await estimateOf(its, id)).estimate.workOrderId;
    expect((await linesOn(its, moved)).map((line) => line.id)).toEqual([lines[1]?.id]);
    const old = await record(its, order);
    expect(linesOf(old.order).map((line) => line.id)).toEqual([lines[0]?.id, lines[2]?.id]);
    expect(old.totals.total).toBe(165_00);
  });

  it("covers no growth of the lines that stay", async () => {
    const its = await estimateShop();
    const first = await sentEstimate(its);
    await answered(its, first.id, "approve");
    const [drum = expect.fail("no line"), ...rest] = first.lines;
    await addJob(its.staff, first.order, { ...(first.jobs[0] ?? expect.fail("no job")), lines: [{ ...drum, each: toCents(180_00) }, ...rest] });
    const hose = await addJob(its.staff, first.order, { complaint: "Leaks", lines: [partLine("Hose", 300_00)] });
    const supplement = await draftEstimate(its.staff, first.order, [offered(hose)]);
    await sendEstimate(its.staff, supplement);
    await complete(
      its,
      first.order,
      hose.lines.map((line) => line.id),
    );
    expect((await record(its, first.order)).authorization).toMatchObject({ toBill: 430_00, over: 80_00 });
    await answered(its, supplement, "approve");
    expect((await record(its, first.order)).authorization).toMatchObject({ toBill: 430_00, over: 80_00 });
  });

  it("moves lines of a canceled order, for the former owner too when the unit was sold", async () => {
    const its = await estimateShop();
    const { id, order, lines } = await sentEstimate(its);
    expect((await runOrderCommand(its.staff, order, { intent: "cancel", why: "Sold" })).ok).toBe(true);
    its.world.clock.pass(DAY);
    await its.shop.sellAsset({ asset: its.asset, to: its.other, at: its.world.clock.now() });
    await answered(its, id, "approve");
    const { estimate } = await estimateOf(its, id);
    const moved = await record(its, estimate.workOrderId);
    expect(moved.order).toMatchObject({ state: "open", customerId: its.customer.id, assetId: its.asset });
    expect(linesOf(moved.order).map((line) => line.id)).toEqual(lines.map((line) => line.id));
    expect(await linesOn(its, order)).toEqual([]);
  });
});

describe("an estimate of a unit that is sold", () => {
  it("stays with the customer who has it: the new owner neither pays for it nor sees it", async () => {
    const its = await estimateShop();
    const { id, order } = await sentEstimate(its);
    its.world.clock.pass(DAY);
    await its.shop.sellAsset({ asset: its.asset, to: its.other, at: its.world.clock.now() });
    await answered(its, id, "approve");
    expect((await record(its, order)).order.customerId).toBe(its.customer.id);
    // A later estimate for their order is theirs too.
    const more = await addJob(its.staff, order, { lines: [partLine("Hose", 10_00)] });
    const later = await draftEstimate(its.staff, order, [offered(more)]);
    expect((await estimateOf(its, later)).estimate.customerId).toBe(its.customer.id);
  });
});
