import { desc, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { MINUTE } from "~/kernel/time";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import { estimateStore } from "~/modules/estimates/estimate.store.server";
import { arriveUnit } from "~/modules/vendor-jobs/arrive-unit.server";
import { completeOrder } from "~/modules/vendor-jobs/complete-order.server";
import { sellUnit } from "~/modules/vendor-jobs/sell-unit.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { startClock } from "~/modules/work-orders/jobs/start-clock.server";
import { linesOf } from "~/modules/work-orders/lines/order-authorization";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import { readPortalOrders } from "~/queries/customer/work-orders.server";
import { readDeferredWork } from "~/queries/staff/estimate-record.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { action as assetAction } from "~/routes/staff/asset/commands.server";
import { action as orderAction } from "~/routes/staff/work-order/route";
import { browserIn } from "./world/browser";
import { type EstimateShop, estimateShop, phoneAnswer, sentEstimate, writtenEstimate } from "./world/estimates";
import { shownOn } from "./world/forms";
import { pagesOf } from "./world/pages";

const record = async ({ staff }: EstimateShop, id: Id<"workOrder">) => (await readOrderRecord(staff, id)) ?? expect.fail("no order");
const ordersOf = (its: EstimateShop, customer: Id<"customer">) =>
  its.staff.db.query({
    from: workOrders,
    columns: { id: workOrders.id, state: workOrders.state },
    where: eq(workOrders.customerId, customer),
    orderBy: [desc(workOrders.number)],
    limit: 10,
  });
const newest = async (its: EstimateShop, customer: Id<"customer">) => record(its, (await ordersOf(its, customer))[0]?.id ?? expect.fail("no order"));

/** An order whose estimate the customer approved, but for its last line. */
async function approved(its: EstimateShop) {
  const sent = await sentEstimate(its);
  const ids = sent.lines.map(({ id }) => id);
  await changeEstimate(its.staff, sent.id, {
    intent: "answer",
    revision: 1,
    from: phoneAnswer.from,
    answer: { ...phoneAnswer.answer, choice: { kind: "lines", approved: ids.slice(0, 2), declined: ids.slice(2) } },
  });
  return sent;
}
const sold = async (its: EstimateShop, takenOver: readonly Id<"workOrder">[]) => {
  its.world.clock.pass(MINUTE);
  return sellUnit(its.staff, { id: its.asset, to: its.other.id, from: its.world.clock.now(), takenOver });
};

describe("an order of a unit that is sold", () => {
  it("stays with the former customer, with all that was approved, unless the shop chose otherwise", async () => {
    const its = await estimateShop();
    const { order } = await approved(its);
    expect(await sold(its, [])).toEqual({ ok: true, value: { taken: 0, stayed: 0 } });
    expect(await record(its, order)).toMatchObject({ order: { state: "open", customerId: its.customer.id }, authorization: { authorized: 300_00 } });
    expect(await ordersOf(its, its.other.id)).toEqual([]);
  });

  it("is canceled where the shop chose so, and its work copied without decisions to an order of the new owner", async () => {
    const its = await estimateShop();
    const { order, lines } = await approved(its);
    const open = await writtenEstimate(its);
    await changeEstimate(its.staff, open.id, { intent: "send", seen: 999, total: null });
    expect(await sold(its, [order, open.order])).toEqual({ ok: true, value: { taken: 2, stayed: 0 } });
    expect((await record(its, order)).order).toMatchObject({ state: "canceled", decisions: expect.objectContaining({ length: 3 }) });
    const [second, first] = await Promise.all((await ordersOf(its, its.other.id)).map(({ id }) => record(its, id)));
    expect(first).toMatchObject({
      order: { state: "open", decisions: [], most: { named: null, approved: null } },
      authorization: { authorized: 0, quoted: 0 },
    });
    const copied = linesOf(first?.order ?? expect.fail("no copy"));
    expect(copied.map(({ text, each, offer, quoted, done }) => [text, each, offer, quoted, done])).toEqual(
      lines.slice(0, 2).map(({ text, each }) => [text, each, null, null, null]),
    );
    expect(copied.some(({ id }) => lines.some((line) => line.id === id))).toBe(false);
    expect(linesOf(second?.order ?? expect.fail("no copy"))).toHaveLength(3);
    // What waited for an answer is withdrawn, and what the former owner declined is the unit's deferred work.
    expect((await estimateStore(its.staff.db).find(open.id))?.revisions[0]?.state).toBe("withdrawn");
    expect(await readDeferredWork(its.staff.db, its.asset)).toMatchObject([{ line: { id: lines[2]?.id }, deferredAs: "declined" }]);
    const customer = await its.shop.as(its.other);
    expect(JSON.stringify(await readPortalOrders(customer.db, { now: its.world.clock.now() }))).not.toContain(order);
  });

  it("keeps the unit from being sold along with it while it can't be canceled", async () => {
    const its = await estimateShop();
    const { order } = await approved(its);
    await changeWorkOrder(its.staff, order, { intent: "move", seen: 999, to: "in-progress", holdReason: null });
    for (const job of (await record(its, order)).order.jobs)
      await changeWorkOrder(its.staff, order, { intent: "save-job", seen: 999, job: { ...job, correction: "Replaced" } });
    expect((await completeOrder(its.staff, order, { seen: 999, why: "" })).ok).toBe(true);
    expect(await sold(its, [order])).toMatchObject({ ok: false, error: { kind: "order-stays", order } });
    expect((await sold(its, [])).ok).toBe(true);
  });

  it("is named by the refusal where its choice is not on the page anymore", async () => {
    const its = await estimateShop();
    const { order } = await approved(its);
    const { number } = (await record(its, order)).order;
    await changeWorkOrder(its.staff, order, { intent: "move", seen: 999, to: "in-progress", holdReason: null });
    for (const job of (await record(its, order)).order.jobs)
      await changeWorkOrder(its.staff, order, { intent: "save-job", seen: 999, job: { ...job, correction: "Replaced" } });
    expect((await completeOrder(its.staff, order, { seen: 999, why: "" })).ok).toBe(true);
    const pages = await pagesOf(its.world.context);
    const headers = { Cookie: (await its.shop.session(its.shop.ownerEmail, "staff")).cookie, "Sec-Fetch-Site": "same-origin" };
    its.world.clock.pass(MINUTE);
    const body = new URLSearchParams({ intent: "hand-over", to: its.other.id, from: "2030-03-01T22:46", [`order-${order}`]: "copy" });
    const answer = await shownOn(await pages(new Request(`http://localhost/assets/${its.asset}`, { method: "POST", headers, body })));
    expect(answer.alert).toContain(`WO-${number}: `);
    expect(answer.alert).not.toContain("Fix the highlighted fields");
  });

  it("is listed on the unit's page with the choice, also without a script", async () => {
    const its = await estimateShop();
    const { order } = await approved(its);
    const cookie = (await its.shop.session(its.shop.ownerEmail, "staff")).cookie;
    const pages = await pagesOf(its.world.context);
    const shown = await shownOn(await pages(new Request(`http://localhost/assets/${its.asset}`, { headers: { Cookie: cookie } })));
    const form = shown.forms.find(({ intent }) => intent === "hand-over") ?? expect.fail("no form");
    const fields = Object.fromEntries(Object.entries(form.controls).map(([name, { value }]) => [name, value]));
    expect(fields[`order-${order}`]).toBe("keep");
    const browser = browserIn(its.world);
    browser.jar.set("__Host-staff", cookie.split("=")[1] ?? "");
    its.world.clock.pass(MINUTE);
    await browser.post(assetAction, "/", { ...fields, to: its.other.id, [`order-${order}`]: "copy" }, { params: { assetId: its.asset } });
    expect((await record(its, order)).order.state).toBe("canceled");
    expect((await newest(its, its.other.id)).order.jobs).toMatchObject([{ lines: [{ text: "Front drums" }, { text: "Rear drums" }] }]);
  });
});

describe("the arrival of a unit for an order of its former owner", () => {
  async function desk(its: EstimateShop) {
    const browser = browserIn(its.world);
    browser.jar.set("__Host-staff", (await its.shop.session(its.shop.ownerEmail, "staff")).cookie.split("=")[1] ?? "");
    return (order: Id<"workOrder">, owner: string) => browser.post(orderAction, "/", { intent: "arrive", owner }, { params: { orderId: order } });
  }

  it("asks whose order it is, and work can't start before that is answered", async () => {
    const its = await estimateShop();
    const { order } = await approved(its);
    await sold(its, []);
    const post = await desk(its);
    expect((await post(order, "")).status).toBe(422);
    const [job = expect.fail("no job")] = (await record(its, order)).order.jobs;
    const technician = { id: newId("membership"), name: "Sam" };
    for (const started of [
      await changeWorkOrder(its.staff, order, { intent: "move", seen: 999, to: "in-progress", holdReason: null }),
      await startClock(its.staff, { workOrderId: order, jobId: job.id, technician }),
    ])
      expect(started).toMatchObject({ ok: false, error: { kind: "other-owner" } });
    expect((await record(its, order)).order.arrivedAt).toBeNull();
    await post(order, "keep");
    expect((await record(its, order)).order).toMatchObject({ arrivedAt: its.world.clock.now(), customerId: its.customer.id, state: "open" });
    expect((await changeWorkOrder(its.staff, order, { intent: "move", seen: 999, to: "in-progress", holdReason: null })).ok).toBe(true);
  });

  it("leads to the new owner's order where the shop chose so", async () => {
    const its = await estimateShop();
    const { order } = await approved(its);
    await sold(its, []);
    const answered = await (await desk(its))(order, "copy");
    const copy = (await newest(its, its.other.id)).order;
    expect(answered.headers.get("Location")).toContain(copy.id);
    expect(copy).toMatchObject({ arrivedAt: its.world.clock.now(), customerId: its.other.id });
    expect((await record(its, order)).order).toMatchObject({ state: "canceled", arrivedAt: null });
    expect(await arriveUnit(its.staff, copy.id, null)).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
  });
});
