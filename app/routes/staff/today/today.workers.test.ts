import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { DAY, HOUR, later } from "~/kernel/time";
import { fileReport } from "~/modules/inspections/inspections.fixtures";
import { draftInvoice } from "~/modules/invoices/draft-invoice.server";
import { issueInvoice } from "~/modules/invoices/issue-invoice.server";
import { completeOrder } from "~/modules/vendor-jobs/complete-order.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { browserIn } from "../../../../tests/world/browser";
import { estimateShop, partLine, sentEstimate, writtenOrder } from "../../../../tests/world/estimates";
import type { Shop } from "../../../../tests/world/shop";
import { createWorld, type World } from "../../../../tests/world/world";
import { loader } from "./route";

type Rows = readonly { id: string }[];
const ids = (rows: unknown) => (rows as Rows).map(({ id }) => id);

/** The page as one of the shop's staff gets it. */
async function todayOf(world: World, shop: Shop, email = shop.ownerEmail): Promise<Record<string, Rows>> {
  const browser = browserIn(world);
  browser.jar.set("__Host-staff", (await shop.session(email, "staff")).cookie.split("=")[1] ?? "");
  return (await browser.get(loader, "/")).body as Record<string, Rows>; // lists of rows, each with an id
}

test("names what is promised, late, mine, requested, unsafe, to invoice and overdue, the most pressing first", async () => {
  const world = await createWorld({ now: "2030-03-01T15:00:00Z" });
  const shop = await world.shop();
  const customer = await shop.customer();
  const asset = await shop.asset({ customer });
  const staff = await shop.asStaff();
  const read = () => todayOf(world, shop);
  const elsewhere = await world.shop();
  const stranger = await elsewhere.customer();
  await elsewhere.workOrder({ asset: await elsewhere.asset({ customer: stranger }), customer: stranger, state: "completed" });
  expect(await read()).toMatchObject({ promised: [], mine: [], units: [], toInvoice: [], overdue: [] });

  const promised = await shop.workOrder({ asset, customer, state: "in-progress" });
  const late = await shop.workOrder({ asset, customer, state: "open" });
  const next = await shop.workOrder({ asset, customer, state: "open" });
  const now = world.clock.now();
  const head = { title: "Brakes", lead: { id: (await shop.membershipOf(shop.ownerEmail, "staff")).id, name: "Owner" }, purchaseOrder: null };
  for (const [id, promisedAt] of [
    [promised, later(now, 2 * HOUR)],
    [late, later(now, -DAY)],
    [next, later(now, 3 * DAY)],
  ] as const)
    expect((await changeWorkOrder(staff, id, { intent: "change-head", seen: 9, head: { ...head, promisedAt } })).ok).toBe(true);
  const today = await read();
  expect(ids(today.promised)).toEqual([late, promised]);
  expect(ids(today.mine)).toEqual([late, promised, next]);

  const done = await shop.workOrder({ asset, customer, state: "completed" });
  expect(ids((await read()).toInvoice)).toEqual([done]);
  const invoice = newId("invoice");
  await draftInvoice(staff, { id: invoice, customerId: customer.id, orders: [done] });
  expect(ids((await read()).toInvoice)).toEqual([]);

  const driver = await shop.driver({ customer });
  await fileReport(shop, { customer, driver, asset, defects: [{ severity: "safety" }] });
  expect(ids((await read()).units)).toEqual([asset]);
});

test("shows an invoice from the end of its due day, and what a customer hasn't answered or asks to change", async () => {
  const its = await estimateShop();
  const { id } = await sentEstimate(its);
  const read = () => todayOf(its.world, its.shop);
  expect([ids((await read()).waiting), ids((await read()).asked)]).toEqual([[id], []]);
  const { id: done, jobs } = await writtenOrder(its.staff, its.asset, [{ lines: [partLine("Drums", 100_00)] }]);
  for (const { id: jobId, complaint, lines } of jobs) {
    const job = { id: jobId, complaint, cause: "", correction: "Replaced", vmrs: null, technician: null, lines };
    await changeWorkOrder(its.staff, done, { intent: "save-job", seen: 9, job });
  }
  await changeWorkOrder(its.staff, done, { intent: "move", seen: 9, to: "in-progress", holdReason: null });
  expect((await completeOrder(its.staff, done, { seen: 9, why: "", notDone: [] })).ok).toBe(true);
  const invoice = newId("invoice");
  await draftInvoice(its.staff, { id: invoice, customerId: its.customer.id, orders: [done] });
  expect(await issueInvoice(its.staff, invoice, { terms: "net-15", why: "Agreed" })).toMatchObject({ ok: true });
  its.world.clock.pass(15 * DAY);
  expect(ids((await read()).overdue)).toEqual([]);
  its.world.clock.pass(45 * DAY);
  const later_ = await read();
  expect([ids(later_.waiting), ids(later_.asked), ids(later_.overdue)]).toEqual([[], [id], [invoice]]);
});

test("shows a technician no money and no decisions about vendors", async () => {
  const world = await createWorld();
  const shop = await world.shop();
  const customer = await shop.customer();
  await shop.workOrder({ asset: await shop.asset({ customer }), customer, state: "completed" });
  await shop.person("staff", "sam@shop.test");
  expect(await todayOf(world, shop, "sam@shop.test")).toMatchObject({ toInvoice: [], overdue: [], vendorJobs: [] });
});
