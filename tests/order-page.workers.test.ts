import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { toCents, toQuantity } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { MINUTE } from "~/kernel/time";
import { issueInvoice } from "~/modules/invoices/issue-invoice.server";
import { cancelOrder } from "~/modules/vendor-jobs/cancel-order.server";
import { completeOrder } from "~/modules/vendor-jobs/complete-order.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { startClock } from "~/modules/work-orders/jobs/start-clock.server";
import { recordLineDecision } from "~/modules/work-orders/lines/record-line-decision.server";
import { openWorkOrder } from "~/modules/work-orders/open-work-order.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { drafted } from "./world/accounts";
import { type EstimateShop, estimateShop } from "./world/estimates";
import { pagesOf } from "./world/pages";

/** An order whose one job can be done in two ways, and how its page reads to the owner. */
async function orderWithOptions({ staff, asset, world, shop }: EstimateShop) {
  const [good, best] = [newId("option"), newId("option")];
  const line = { kind: "part", partNumber: null, quantity: toQuantity(1_000), cost: null, supplies: false } as const;
  const lines = [
    { ...line, id: newId("line"), text: "Reman compressor", each: toCents(300_00), option: good },
    { ...line, id: newId("line"), text: "New compressor", each: toCents(800_00), option: best },
  ] as const;
  const order = newId("workOrder");
  await openWorkOrder(staff, { id: order, assetId: asset, complaint: "Low air", lead: null, promisedAt: null, purchaseOrder: null, asDraft: false });
  const [first = expect.fail("no job")] = (await readOrderRecord(staff, order))?.order.jobs ?? [];
  const list = [
    { id: good, name: "Good" },
    { id: best, name: "Best" },
  ];
  const job = { ...first, correction: "Replaced", options: { list, preselected: good }, lines };
  expect(await changeWorkOrder(staff, order, { intent: "save-job", seen: 99, job })).toMatchObject({ ok: true });
  expect((await changeWorkOrder(staff, order, { intent: "move", seen: 99, to: "in-progress", holdReason: null })).ok).toBe(true);
  const pages = await pagesOf(world.context);
  const { cookie } = await shop.session(shop.ownerEmail, "staff");
  const shown = async (search = "") => {
    const page = await pages(new Request(`http://localhost${paths.staff.order(order)}${search}`, { headers: { Cookie: cookie } }));
    return (await page.text()).replaceAll("&#x27;", "'");
  };
  const post = async (form: Record<string, string>) => {
    const headers = { Cookie: cookie, "Sec-Fetch-Site": "same-origin" };
    return (await pages(new Request(`http://localhost${paths.staff.order(order)}`, { method: "POST", headers, body: new URLSearchParams(form) }))).status;
  };
  return { order, job: job.id, lines, shown, post };
}

test("an order that is completed, drafted or invoiced shows why its option can't be switched, and what to do", async () => {
  const it = await estimateShop();
  const { order, lines, shown } = await orderWithOptions(it);
  const decision = { lineId: lines[0].id, outcome: "approved", how: "phone", by: "Renee", reason: "" } as const;
  expect(await recordLineDecision(it.staff, order, decision)).toMatchObject({ ok: true });
  expect(await shown()).toContain("Switch option");
  it.world.clock.pass(MINUTE);
  expect(await completeOrder(it.staff, order, { seen: 99, why: "" })).toMatchObject({ ok: true });
  const completed = await shown();
  expect(completed).toContain("The option can't be switched: this order is completed. Reopen it first.");
  expect(completed).not.toContain("Switch option");
  expect(completed).not.toContain("Its draft invoice");
  const invoice = await drafted(it, [order]);
  expect(await shown()).toContain(
    "The option can't be switched: this order is completed. Reopen it first. Its draft invoice can be issued once the order is completed again.",
  );
  expect((await issueInvoice(it.staff, invoice, { terms: "net-30" })).ok).toBe(true);
  const invoiced = await shown();
  expect(invoiced).toContain("The option can't be switched: this order is invoiced. Void the invoice and reopen the order first.");
  expect(invoiced).not.toContain("Switch option");
});

test("a canceled order shows why its option can't be switched", async () => {
  const it = await estimateShop();
  const { order, lines, shown } = await orderWithOptions(it);
  const decision = { lineId: lines[0].id, outcome: "approved", how: "phone", by: "Renee", reason: "" } as const;
  expect(await recordLineDecision(it.staff, order, decision)).toMatchObject({ ok: true });
  expect((await cancelOrder(it.staff, order, "Sold")).ok).toBe(true);
  expect(await shown()).toContain("The option can't be switched: this order was canceled.");
});

test("an order with clocked time offers to complete it instead of canceling it", async () => {
  const it = await estimateShop();
  const { order, job, shown, post } = await orderWithOptions(it);
  const before = await shown();
  expect(before).toContain("Reason for canceling");
  expect(before).not.toContain("?complete=yes");
  await startClock(it.staff, { workOrderId: order, jobId: job, technician: { id: newId("membership"), name: "Ivo" } });
  const clocked = await shown();
  expect(clocked).not.toContain("Reason for canceling");
  expect(clocked).toContain("Time was clocked on this order. Complete it instead, and leave out what wasn't done.");
  expect(clocked).toContain("?complete=yes");
  // Completing it names whose clock it stops.
  expect(clocked.replaceAll("<!-- -->", "")).toMatch(/Stops Ivo's clock \([^)]+\)\./);
  // The link opens the form that completes the order.
  const opened = (page: string) => /<details open=""[^>]*>\s*<summary[^>]*>(?:(?!<\/summary>).)*Complete<\/summary>/s.test(page);
  expect([opened(clocked), opened(await shown("?complete=yes"))]).toEqual([false, true]);

  // A clock that was started by mistake is discarded, and the order can be canceled.
  const entry = /name="entry" value="(lab_[^"]+)"/.exec(clocked)?.[1] ?? expect.fail("no time card");
  expect(await post({ intent: "discard", entry, row: "entry", why: "" })).toBe(422);
  expect(await post({ intent: "discard", entry, row: "entry", why: "Wrong order" })).toBe(200);
  const discarded = await shown();
  expect(discarded).toContain("Ivo's clock on job 1 discarded");
  expect(discarded).toContain("Wrong order");
  expect(discarded).not.toContain("on the clock");
  expect(discarded).toContain("Reason for canceling");
  expect(await post({ intent: "discard", entry, row: "entry", why: "Wrong order" })).toBe(404);
  expect((await startClock(it.staff, { workOrderId: order, jobId: job, technician: { id: newId("membership"), name: "Ivo" } })).ok).toBe(true);
});
