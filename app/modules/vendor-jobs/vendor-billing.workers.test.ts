import { expect, test } from "vitest";
import type { Id } from "~/kernel/ids";
import { sumCents, toBasisPoints } from "~/kernel/money";
import { changeShopRules } from "~/modules/organizations/shop-rules/change-shop-rules.server";
import { firstRules } from "~/modules/organizations/shop-rules/shop-rules";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { countVendorWork, readOwedToVendors, readVendorJobsOf, readVendorWork } from "~/queries/staff/vendor-work.server";
import { loader as recordOf } from "~/routes/staff/vendor-job/route";
import { loader as jobPage } from "~/routes/vendor/job/route";
import { assigned, at, decides, invoiced, lines, post, text, vendorShop } from "../../../tests/world/vendor-work";
import { vendorJobStore } from "./vendor-job.store.server";

test("an addition waits for the shop beside the approved estimate, and is in the list of what needs a decision", async () => {
  const it = await vendorShop();
  const id = await assigned(it, it.gear);
  for (const [command, more] of [
    ["accept", { reason: "" }],
    ["submit-estimate", lines("500.00")],
  ] as const)
    await post(it.gear, id, command, more);
  await decides(it, id, "approve-estimate", { revision: "1" });
  const waiting = async () => [
    (await countVendorWork(it.staff.db)).decide,
    (await readVendorWork(it.staff.db, { filter: "decide", query: "", before: null })).rows.map((row) => row.id),
  ];
  expect(await waiting()).toEqual([0, []]);
  expect((await post(it.gear, id, "submit-estimate", lines("700.00"))).status).toBe(200);
  expect(await waiting()).toEqual([1, [id]]);
  expect((await decides(it, id, "decline-estimate", { revision: "2", feedback: "Not now" })).status).toBe(200);
  expect(await waiting()).toEqual([0, []]);
  expect(await vendorJobStore(it.staff.db).find(id)).toMatchObject({ state: "approved", estimates: [{ state: "approved" }, { state: "declined" }] });
  const [row] = await readVendorJobsOf(it.staff.db, it.order);
  expect(row).toMatchObject({ committed: 500_00, additionWaits: false });
});

test("the approved estimate is the expected cost again once the approval of the invoice is taken back", async () => {
  const it = await vendorShop();
  const id = await invoiced(it);
  expect((await decides(it, id, "approve-invoice", { submission: "1", markup: "0" })).status).toBe(200);
  expect((await readVendorJobsOf(it.staff.db, it.order))[0]).toMatchObject({ committed: 0, actual: 500_00 });
  expect((await decides(it, id, "reverse", { reason: "Wrong truck" })).status).toBe(200);
  expect((await readVendorJobsOf(it.staff.db, it.order))[0]).toMatchObject({ committed: 500_00, actual: 0 });
});

test("when a vendor withdraws while the shop approves, one wins and the other gets the reason", async () => {
  const it = await vendorShop();
  for (let round = 0; round < 3; round++) {
    const id = await assigned(it, it.gear);
    await post(it.gear, id, "accept", { reason: "" });
    await post(it.gear, id, "submit-estimate", lines("400.00"));
    const [approval, withdrawal] = await Promise.all([decides(it, id, "approve-estimate", { revision: "1" }), post(it.gear, id, "withdraw")]);
    expect([approval.status, withdrawal.status].sort()).toEqual([200, 409]);
    const job = await vendorJobStore(it.shop.db).find(id);
    const won = approval.status === 200;
    expect([job?.state, job?.estimates[0]?.state]).toEqual(won ? ["approved", "approved"] : ["accepted", "withdrawn"]);
    expect(text(won ? withdrawal.body : approval.body)).toContain(won ? "already approved it" : "withdrew it");
  }
  for (let round = 0; round < 2; round++) {
    const id = await invoiced(it);
    const [approval, withdrawal] = await Promise.all([
      decides(it, id, "approve-invoice", { submission: "1", markup: "0" }),
      post(it.gear, id, "withdraw-invoice"),
    ]);
    expect([approval.status, withdrawal.status].sort()).toEqual([200, 409]);
    const job = await vendorJobStore(it.shop.db).find(id);
    const won = approval.status === 200;
    expect([job?.state, job?.invoices[0]?.state, job?.costs.length]).toEqual(won ? ["settled", "approved", 1] : ["completed", "withdrawn", 0]);
    expect(text(won ? withdrawal.body : approval.body)).toContain(won ? "already approved it" : "withdrew it");
  }
});

test("an approved invoice sets the cost and price of the order's line, and a reversal takes the cost off it", async () => {
  const it = await vendorShop();
  const totals = async () => (await readOrderRecord(it.staff, it.order))?.totals;
  const before = await totals();
  // A vendor's tax is part of the cost; both sides see it on a line of its own.
  const id = await invoiced(it, "500.00", "552.00", "48.00");
  for (const page of [await it.desk.get(recordOf, "/", at(id)), await it.gear.browser.get(jobPage, "/", at(id))])
    expect(text(page.body)).toContain('"tax":4800');
  // Above the estimate without a reason: refused, and the order has no cost.
  const silent = await decides(it, id, "approve-invoice", { submission: "1", markup: "20" });
  expect([silent.status, (await totals())?.cost]).toEqual([422, before?.cost]);
  expect((await decides(it, id, "approve-invoice", { submission: "1", markup: "20", varianceReason: "Shaft was bent" })).status).toBe(200);
  const found = await vendorJobStore(it.shop.db).find(id);
  expect(sumCents(found?.costs.map(({ amount }) => amount) ?? [])).toBe(600_00);
  expect(await totals()).toMatchObject({ outside: 720_00, cost: (before?.cost ?? 0) + 600_00 });
  // The form starts from the shop's markup; changing the markup later leaves the order as it is.
  const markup = async () => ((await it.desk.get(recordOf, "/", at(id))).body as { outsideMarkup: number }).outsideMarkup; // the data of its loader
  expect(await markup()).toBe(20_00);
  expect((await changeShopRules(it.staff, { seen: 0, rules: { ...firstRules, outsideMarkup: toBasisPoints(35_00) } })).ok).toBe(true);
  expect([await markup(), (await totals())?.outside]).toEqual([35_00, 720_00]);
  expect((await decides(it, id, "reverse", { reason: "" })).status).toBe(422);
  expect((await decides(it, id, "reverse", { reason: "Wrong truck" })).status).toBe(200);
  // Its price is open until there is another invoice.
  const outside = async () => (await readOrderRecord(it.staff, it.order))?.order.jobs.flatMap((job) => job.lines).filter(({ kind }) => kind === "outside");
  expect(await outside()).toMatchObject([{ text: "Rebuild the box", cost: null, priceOpen: true, vendorJobId: id }]);
  expect(await totals()).toMatchObject({ cost: before?.cost, costUnknown: 1 });
  expect((await decides(it, id, "approve-invoice", { submission: "1", markup: "0", varianceReason: "It was ours" })).status).toBe(200);
  expect(await totals()).toMatchObject({ outside: 600_00, cost: (before?.cost ?? 0) + 600_00 });
  expect(await outside()).toMatchObject([{ priceOpen: false }]);
});

test("an approved invoice is owed to the vendor until it is marked as paid", async () => {
  const it = await vendorShop();
  const id = await invoiced(it, "500.00");
  const owed = async () => [await readOwedToVendors(it.staff.db), (await countVendorWork(it.staff.db)).owed];
  const listed = async () => (await readVendorWork(it.staff.db, { filter: "owed", query: "", before: null })).rows.map((row) => row.id);
  expect([await owed(), await listed()]).toEqual([[0, 0], []]);
  expect((await decides(it, id, "approve-invoice", { submission: "1", markup: "20" })).status).toBe(200);
  expect([await owed(), await listed()]).toEqual([[500_00, 1], [id]]);
  expect((await decides(it, id, "mark-paid", { day: "2030-02-31", reference: "" })).status).toBe(422);
  expect((await decides(it, id, "mark-paid", { day: "2030-03-01", reference: "Check 88" })).status).toBe(200);
  expect([await owed(), await listed()]).toEqual([[0, 0], []]);
  expect((await decides(it, id, "reverse", { reason: "Wrong truck" })).status).toBe(409);
  expect(await vendorJobStore(it.shop.db).find(id)).toMatchObject({ state: "settled", paid: { day: "2030-03-01", reference: "Check 88" } });
  expect((await decides(it, id, "remove-paid", { reason: "Never sent" })).status).toBe(200);
  expect(await listed()).toEqual([id]);
});

test("refuses an estimate over the assignment's limit until it is overridden with a reason", async () => {
  const it = await vendorShop();
  const id = await assigned(it, it.gear, { notToExceed: "300.00" });
  await post(it.gear, id, "accept", { reason: "" });
  await post(it.gear, id, "submit-estimate", lines("300.01"));
  const refused = await decides(it, id, "approve-estimate", { revision: "1" });
  expect(refused.status).toBe(409);
  expect(text(refused.body)).toMatch(/Over budget.*300\.01.*300\.00/);
  expect((await decides(it, id, "approve-estimate", { revision: "1", override: "Customer agreed" })).status).toBe(200);
  expect(text((await it.desk.get(recordOf, "/", at(id))).body)).toContain("Customer agreed");
  expect(text((await it.gear.browser.get(jobPage, "/", at(id))).body)).not.toContain("Customer agreed");
});

test("two jobs approved at once don't exceed their order's limit together", async () => {
  const it = await vendorShop();
  const ids: Id<"vendorJob">[] = [];
  for (const vendor of [it.gear, it.cool]) {
    const id = await assigned(it, vendor);
    await post(vendor, id, "accept", { reason: "" });
    await post(vendor, id, "submit-estimate", lines("600.00"));
    ids.push(id);
  }
  expect((await decides(it, ids[0] ?? "", "budget", { amount: "1,000.00" })).status).toBe(200);
  const answers = await Promise.all(ids.map((id) => decides(it, id, "approve-estimate", { revision: "1" })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(text(answers.find(({ status }) => status === 409)?.body)).toMatch(/Outside work on this order.*1,200\.00.*1,000\.00/);
});
