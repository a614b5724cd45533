import { expect, test } from "vitest";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import { completeOrder } from "~/modules/vendor-jobs/complete-order.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { loader as estimatePage } from "~/routes/customer/estimate/route";
import { loader as orderPage } from "~/routes/customer/work-order";
import { estimateShop, phoneAnswer, sentEstimate } from "./world/estimates";

test("approved work that the shop took off is shown on the customer's order and estimate as not done, not as declined", async () => {
  const its = await estimateShop();
  const { staff, decider, world } = its;
  const { id, order, lines } = await sentEstimate(its);
  await changeEstimate(staff, id, { intent: "answer", revision: 1, ...phoneAnswer });
  const record = (await readOrderRecord(staff, order)) ?? expect.fail("no order");
  for (const job of record.order.jobs) await changeWorkOrder(staff, order, { intent: "save-job", seen: 999, job: { ...job, correction: "Replaced" } });
  await changeWorkOrder(staff, order, { intent: "move", seen: 999, to: "in-progress", holdReason: null });
  world.clock.pass(60_000);
  const seals = lines[2] ?? expect.fail("no third line");
  expect(await completeOrder(staff, order, { seen: 999, why: "", notDone: [seals.id], leftover: "withdraw" })).toMatchObject({ ok: true });
  const browser = await its.visitor(decider);
  const shownOrder = await browser.get(orderPage, "/", { params: { orderId: order } });
  expect(shownOrder.body).toMatchObject({ order: { notDone: [{ text: "Wheel seals", deferredAs: "withdrawn" }] } });
  const shownEstimate = await browser.get(estimatePage, "/", { params: { estimateId: id } });
  expect(shownEstimate.body).toMatchObject({ estimate: { later: [{ text: "Wheel seals", outcome: "withdrawn" }] } });
});
