import { SELF } from "cloudflare:test";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { ActivityItem } from "~/kernel/activity";
import { type Id, newId } from "~/kernel/ids";
import { sumCents, toBasisPoints, toCents, toQuantity } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { MINUTE } from "~/kernel/time";
import { addFile } from "~/modules/attachments/add-file.server";
import { attachments } from "~/modules/attachments/attachment.tables";
import { pdf, png } from "~/modules/attachments/attachments.fixtures";
import { readAttachments } from "~/modules/attachments/attachments.read.server";
import { customers } from "~/modules/customers/customer.tables";
import { changeShopRules } from "~/modules/organizations/shop-rules/change-shop-rules.server";
import { firstRules } from "~/modules/organizations/shop-rules/shop-rules";
import { saveVendor } from "~/modules/vendors/save-vendor.server";
import { noTerms } from "~/modules/vendors/vendor";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { runOrderCommand } from "~/modules/work-orders/order-command.step.server";
import { fromSession } from "~/platform/scope/scope.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { countVendorWork, readOwedToVendors, readVendorJobsOf, readVendorWork } from "~/queries/staff/vendor-work.server";
import { action as assign } from "~/routes/staff/assign-vendor";
import { action as move } from "~/routes/staff/board";
import { action as recordAnswer, loader as recordPage } from "~/routes/staff/record-vendor-answer";
import { action as vendorRecord } from "~/routes/staff/vendor";
import { action as decideOn, loader as recordOf } from "~/routes/staff/vendor-job/route";
import { loader as workPage } from "~/routes/staff/vendor-work";
import { action as orderAction, loader as orderPage } from "~/routes/staff/work-order/route";
import { loader as activeTab } from "~/routes/vendor/active";
import { loader as addForm } from "~/routes/vendor/add-file";
import { loader as fileOf } from "~/routes/vendor/file";
import { action as answerOn, loader as jobPage } from "~/routes/vendor/job/route";
import { loader as pendingTab } from "~/routes/vendor/pending";
import { loader as vendorFrame } from "~/routes/vendor/shell";
import { browserIn } from "../../../tests/world/browser";
import { addJob, partLine } from "../../../tests/world/estimates";
import { testRequest } from "../../../tests/world/request";
import { digestOf } from "../../../tests/world/sender";
import { ORIGIN, openSocket } from "../../../tests/world/socket";
import { createWorld } from "../../../tests/world/world";
import { assignVendor } from "./assignment/assign-vendor.server";
import { cancelOrder } from "./cancel-order.server";
import { vendorJobStore } from "./vendor-job.store.server";

const SECRET_CUSTOMER = "Zephyr Haulage";
const CUSTOMER_PRICE = 987_65;

/** A Pro+ shop with an order whose customer and price a vendor must never see, two vendors, and a browser for each. */
async function setUp() {
  const world = await createWorld();
  const shop = await world.shop();
  await world.context.platform.directory.setPlan(shop.id, "pro-plus");
  const customer = await shop.customer();
  await shop.db.batch([shop.db.update(customers, { name: SECRET_CUSTOMER }, eq(customers.id, customer.id))]);
  const asset = await shop.asset({ customer });
  const order = await shop.workOrder({ asset, customer, state: "in-progress" });
  const staff = await shop.asStaff();
  const line = {
    id: newId("line"),
    kind: "labor" as const,
    text: "Our own hours",
    partNumber: null,
    quantity: 1_000 as never,
    each: toCents(CUSTOMER_PRICE),
    cost: null,
    supplies: false,
  };
  const job = { id: newId("job"), complaint: "Shudder", cause: "", correction: "", vmrs: null, technician: null, lines: [line] };
  expect((await changeWorkOrder(staff, order, { intent: "save-job", seen: 1, job })).ok).toBe(true);

  const vendorOf = async (name: string) => {
    const [id, email] = [newId("vendor"), `desk@${name.toLowerCase()}-${shop.id.slice(-6)}.test`];
    const form = { ...noTerms, name, phone: "", email, portalEnabled: true };
    expect((await saveVendor(staff, { id, form, version: null, plan: "pro-plus" })).ok).toBe(true);
    await world.drainOutbox(shop);
    const { cookie } = await shop.session(email, "vendor");
    const browser = browserIn(world);
    browser.jar.set("__Host-vendor", cookie.split("=")[1] ?? "");
    return { id, email, browser, cookie };
  };
  const desk = browserIn(world);
  const { cookie } = await shop.session(shop.ownerEmail, "staff");
  desk.jar.set("__Host-staff", cookie.split("=")[1] ?? "");
  return { world, shop, staff, order, asset, customer, desk, cookie, gear: await vendorOf("Gearworks"), cool: await vendorOf("Coolant") };
}
type Setup = Awaited<ReturnType<typeof setUp>>;
type Vendor = Setup["gear"];

const assignedJob = (vendor: Vendor, id: Id<"vendorJob">, more: Record<string, string> = {}) => ({
  id,
  vendor: vendor.id,
  title: "Rebuild the box",
  instructions: "Shudder in 8th",
  dueDay: "",
  notToExceed: "",
  ...more,
});
const at = (id: string) => ({ params: { jobId: id } });
const lines = (each: string, tax = "") => ({
  "line-0-kind": "labor",
  "line-0-text": "Rebuild",
  "line-0-quantity": "1",
  "line-0-each": each,
  tax,
  note: "",
});

async function assigned({ desk, order }: Setup, vendor: Vendor, more: Record<string, string> = {}): Promise<Id<"vendorJob">> {
  const id = newId("vendorJob");
  const sent = await desk.post(assign, "/", assignedJob(vendor, id, more), { params: { orderId: order } });
  expect(sent.location).toMatch(/work-orders|vendor-work/);
  return id;
}
const post = (vendor: Vendor, id: string, command: string, more: Record<string, string> = {}) =>
  vendor.browser.post(answerOn, "/", { intent: command, ...more }, at(id));
const decides = ({ desk }: Setup, id: string, command: string, more: Record<string, string> = {}) =>
  desk.post(decideOn, "/", { intent: command, ...more }, at(id));
const text = (body: unknown) => JSON.stringify(body);

async function* oneFile() {
  yield new Uint8Array(pdf);
}
async function* onePhoto() {
  yield new Uint8Array(png);
}

async function invoiced(it: Setup, each = "500.00", charges = each, tax = "") {
  const id = await assigned(it, it.gear);
  for (const [command, more] of [
    ["accept", { reason: "" }],
    ["submit-estimate", lines(each)],
  ] as const)
    expect((await post(it.gear, id, command, more)).status).toBe(200);
  expect((await decides(it, id, "approve-estimate", { revision: "1" })).status).toBe(200);
  expect((await post(it.gear, id, "complete", { note: "" })).status).toBe(200);
  expect((await post(it.gear, id, "submit-invoice", { reference: "GW-9", ...lines(charges, tax) })).status).toBe(200);
  return id;
}

test("the vendor reads text, quantity and part number of the lines that were asked, never a price, and gets only the photos that were chosen", async () => {
  const it = await setUp();
  const seal = partLine("Rear seal", 987_65, { partNumber: "RS-7", quantity: toQuantity(2_000) });
  const secret = partLine("Oil", 43_21);
  await addJob(it.staff, it.order, { lines: [seal, secret] });
  const photo = async (name: string) => {
    const id = newId("attachment");
    const record = { kind: "workOrder", id: it.order } as const;
    expect((await addFile(it.staff, { id, record, name, audiences: [], content: onePhoto() })).ok).toBe(true);
    return id;
  };
  const [chosen, other] = [await photo("leak.png"), await photo("cab.png")];
  const id = await assigned(it, it.gear, { [`asked-${seal.id}`]: "on", [`photo-${chosen}`]: "on" });
  const page = text((await it.gear.browser.get(jobPage, "/", at(id))).body);
  for (const wanted of ["Rear seal", "RS-7", "leak.png"]) expect(page).toContain(wanted);
  for (const unwanted of ["98765", "4321", "Oil", "cab.png"]) expect(page).not.toContain(unwanted);
  // The shop reads what it asked, and the mail lists it too.
  expect((await it.desk.get(recordOf, "/", at(id))).body).toMatchObject({
    asked: expect.arrayContaining([expect.objectContaining({ text: "Rear seal", partNumber: "RS-7", quantity: 2_000 })]),
  });
  await it.world.drainOutbox(it.shop);
  const [mail] = (await it.world.mail(it.gear.email)).filter(({ subject }) => subject.startsWith("New job"));
  expect(mail?.text).toContain("What is asked:\nRear seal (RS-7), 2\n");
  expect(mail?.text).not.toMatch(/987|Oil/);
  // The order's own photos stay the shop's.
  for (const own of [chosen, other]) expect((await it.gear.browser.get(fileOf, "/", { params: { attachmentId: own } })).status).toBe(404);
  // Another photo is given to one vendor later, and to that one alone.
  const elsewhere = await assigned(it, it.cool);
  const given = await decides(it, id, "photos", { [`photo-${other}`]: "on" });
  expect([given.status, text(given.body)]).toEqual([200, expect.stringContaining("Photo added for this vendor.")]);
  expect(text((await it.gear.browser.get(jobPage, "/", at(id))).body)).toContain("cab.png");
  expect(text((await it.cool.browser.get(jobPage, "/", at(elsewhere))).body)).not.toMatch(/cab\.png|leak\.png/);
  // The same form sent twice copies nothing twice.
  const sentAgain = assignedJob(it.gear, id, { [`photo-${chosen}`]: "on" });
  await it.desk.post(assign, "/", sentAgain, { params: { orderId: it.order } });
  const copies = await it.staff.db.query({ from: attachments, columns: { name: attachments.name }, where: eq(attachments.recordId, id), limit: 10 });
  expect(copies.map(({ name }) => name).toSorted()).toEqual(["cab.png", "leak.png"]);
});

test("an addition waits for the shop beside the approved estimate, and is in the list of what needs a decision", async () => {
  const it = await setUp();
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
  const it = await setUp();
  const id = await invoiced(it);
  expect((await decides(it, id, "approve-invoice", { submission: "1", markup: "0" })).status).toBe(200);
  expect((await readVendorJobsOf(it.staff.db, it.order))[0]).toMatchObject({ committed: 0, actual: 500_00 });
  expect((await decides(it, id, "reverse", { reason: "Wrong truck" })).status).toBe(200);
  expect((await readVendorJobsOf(it.staff.db, it.order))[0]).toMatchObject({ committed: 500_00, actual: 0 });
});

test("when a vendor withdraws while the shop approves, one wins and the other gets the reason", async () => {
  const it = await setUp();
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

test("a canceled job frees its order and its limits; the vendor is notified of the reason, and bills the work done if the shop pays", async () => {
  const it = await setUp();
  const store = vendorJobStore(it.shop.db);
  const params = { params: { orderId: it.order } };
  const approved = async (vendor: Vendor, each: string) => {
    const id = await assigned(it, vendor);
    await post(vendor, id, "accept", { reason: "" });
    await post(vendor, id, "submit-estimate", lines(each));
    return { id, approval: await decides(it, id, "approve-estimate", { revision: "1" }) };
  };
  const callOff = async (id: Id<"vendorJob">, more: Record<string, string> = {}) =>
    decides(it, id, "call-off", { seen: String((await store.find(id))?.version), reason: "The truck is sold", ...more });
  const { id } = await approved(it.gear, "600.00");
  await decides(it, id, "budget", { amount: "1,000.00" });
  const other = await approved(it.cool, "600.00");
  expect(other.approval.status).toBe(409);
  expect((await callOff(id, { reason: "" })).status).toBe(422);
  expect((await callOff(id, { seen: "1" })).status).toBe(409);

  // The vendor completes while the shop cancels: one of the two counts.
  const [off, complete] = await Promise.all([callOff(id), post(it.gear, id, "complete", { note: "" })]);
  expect([off.status, complete.status].sort()).toEqual([200, 409]);
  if (off.status === 409) expect((await callOff(id)).status).toBe(200);

  expect((await decides(it, other.id, "approve-estimate", { revision: "1" })).status).toBe(200);
  await it.world.drainOutbox(it.shop);
  const calledOffMails = (await it.world.mail(it.gear.email)).filter(({ subject }) => subject.includes("canceled the job"));
  expect(calledOffMails.map(({ text: body }) => body)).toEqual([
    expect.stringMatching(/Stop the work\. Nothing more can be billed\.[\s\S]*"The truck is sold"/),
  ]);
  expect(text((await it.gear.browser.get(jobPage, "/", at(id))).body)).toContain("The truck is sold");
  for (const [command, more] of [
    ["submit-invoice", { reference: "GW-9", ...lines("100.00") }],
    ["message", { id: newId("event"), text: "Wait" }],
  ] as const)
    expect((await post(it.gear, id, command, more)).status).toBe(409);

  // With pay, the final invoice is approved as usual, here on an order that was canceled meanwhile, so at no charge.
  expect((await callOff(other.id, { pays: "on" })).status).toBe(200);
  const late = newId("attachment");
  it.world.clock.pass(MINUTE);
  expect(
    (await addFile(it.staff, { id: late, record: { kind: "workOrder", id: it.order }, name: "Late.pdf", audiences: ["vendor"], content: oneFile() })).ok,
  ).toBe(true);
  expect((await it.cool.browser.get(fileOf, "/", { params: { attachmentId: late } })).status).toBe(404);
  expect((await it.desk.post(orderAction, "/", { intent: "cancel", why: "Sold" }, params)).status).toBe(200);
  expect((await post(it.cool, other.id, "submit-invoice", { reference: "C-1", ...lines("200.00") })).status).toBe(200);
  expect((await decides(it, other.id, "approve-invoice", { submission: "1" })).status).toBe(200);
  expect((await store.find(other.id))?.costs).toMatchObject([{ amount: 200_00, price: 0 }]);
  expect((await post(it.cool, other.id, "submit-invoice", { reference: "C-2", ...lines("200.00") })).status).toBe(409);
  await it.world.drainOutbox(it.shop);
  expect((await it.world.mail(it.cool.email)).filter(({ text: body }) => body.includes("send one invoice for it"))).toHaveLength(1);
});

test("canceling the last open job asks whether to resume the order, and doesn't move an order that someone else moved", async () => {
  const it = await setUp();
  const store = vendorJobStore(it.shop.db);
  const state = async () => (await readOrderRecord(it.staff, it.order))?.order.state;
  const out = async (vendor: Vendor) => {
    const id = await assigned(it, vendor, { hold: "on" });
    expect((await post(vendor, id, "accept")).status).toBe(200);
    return id;
  };
  const callOff = async (id: Id<"vendorJob">, more: Record<string, string> = {}) =>
    decides(it, id, "call-off", { seen: String((await store.find(id))?.version), reason: "Sold", ...more });
  const asks = async (id: Id<"vendorJob">) => ((await it.desk.get(recordOf, "/", at(id))).body as { holdsOrder: boolean }).holdsOrder;

  const [first, second] = [await out(it.gear), await out(it.cool)];
  // The other job is still open: no question, and the order stays on hold.
  expect([await state(), await asks(first)]).toEqual(["on-hold", false]);
  expect((await callOff(first)).status).toBe(200);
  expect([await state(), await asks(second)]).toEqual(["on-hold", true]);
  const unsaid = await callOff(second);
  expect([unsaid.status, (unsaid.body as { problem: { fields: Record<string, string> } }).problem.fields.goesOn]).toEqual([
    422,
    expect.stringContaining("Choose whether"),
  ]);
  expect((await store.find(second))?.state).toBe("accepted");
  const called = await callOff(second, { goesOn: "yes", pays: "on" });
  expect([called.status, text(called.body), await state()]).toEqual([200, expect.stringContaining("Work on the order resumes."), "in-progress"]);

  // The order may also stay on hold; once it is on hold for parts, there is no question.
  const third = await out(it.gear);
  expect((await callOff(third, { goesOn: "no" })).status).toBe(200);
  expect(await state()).toBe("on-hold");
  const fourth = await out(it.cool);
  const parts = { intent: "move", seen: Number.MAX_SAFE_INTEGER, to: "on-hold", holdReason: "parts" } as const;
  expect((await changeWorkOrder(it.staff, it.order, parts)).ok).toBe(true);
  expect((await callOff(fourth, { goesOn: "yes" })).status).toBe(200);
  expect(await state()).toBe("on-hold");
});

test("a form submitted twice is one assignment, and a declined job is reassigned once", async () => {
  const it = await setUp();
  const id = newId("vendorJob");
  const params = { params: { orderId: it.order } };
  const both = await Promise.all([it.desk.post(assign, "/", assignedJob(it.cool, id), params), it.desk.post(assign, "/", assignedJob(it.cool, id), params)]);
  expect(both.map(({ status }) => status)).toEqual([303, 303]);
  expect(text((await it.desk.get(workPage, "/")).body).match(/Rebuild the box/g)).toHaveLength(1);
  expect((await post(it.cool, id, "decline", { reason: "" })).status).toBe(422);
  expect((await post(it.cool, id, "decline", { reason: "Full until May" })).status).toBe(200);
  const again = [newId("vendorJob"), newId("vendorJob")] as const;
  const handed = await Promise.all(again.map((next) => it.desk.post(assign, "/", assignedJob(it.gear, next, { after: id }), params)));
  expect(handed.map(({ status }) => status).sort()).toEqual([303, 409]);
  const store = vendorJobStore(it.shop.db);
  const taken = handed[0]?.status === 303 ? again[0] : again[1];
  expect([(await store.find(id))?.laterId, (await store.find(taken))?.earlierId]).toEqual([taken, id]);
  expect(await store.find(taken === again[0] ? again[1] : again[0])).toBeNull();
  // A reassigned job needs no decision, and is in the list of all.
  const { rows, counts } = (await it.desk.get(workPage, "/")).body as { rows: unknown[]; counts: Record<string, number> };
  expect([rows.length, counts]).toEqual([2, { decide: 0, waiting: 1, working: 0, owed: 0, settled: 0, all: 2 }]);
  // The first vendor still sees that it declined, and nothing later.
  const closed = text((await it.cool.browser.get(jobPage, "/", at(id))).body);
  expect(closed).toContain("Full until May");
  expect(closed).not.toMatch(/Shudder in 8th|Gearworks/);
});

test("a vendor sees its own jobs and nothing else of the shop, in pages, mails and frames", async () => {
  const it = await setUp();
  const vendorSocket = await openSocket<{ type: string; id?: string }>(`board-room/${it.shop.id}?as=vendor`, it.gear.cookie);
  const received = await openSocket<{ type: string; id?: string }>(`board-room/${it.shop.id}?as=vendor`, it.cool.cookie);
  const id = await invoiced(it, "123.45");
  await it.desk.post(decideOn, "/", { intent: "message", id: newId("event"), text: "Ring before you come" }, at(id));
  await it.world.drainOutbox(it.shop);
  const own = [await it.gear.browser.get(jobPage, "/", at(id)), await it.gear.browser.get(vendorFrame, "/"), await it.gear.browser.get(pendingTab, "/")];
  expect(own.map(({ status }) => status)).toEqual([200, 200, 200]);
  const pages = text(own.map(({ body }) => body));
  expect(pages).toContain("Ring before you come");
  const mails = await it.world.mail(it.gear.email);
  expect(mails.length).toBeGreaterThan(1);
  for (const seen of [pages, text(mails)]) {
    expect(seen).toContain("Rebuild the box");
    expect(seen).not.toMatch(new RegExp(`${SECRET_CUSTOMER}|${CUSTOMER_PRICE}|987\\.65|Our own hours|Coolant|notToExceed|assignedBy|workOrderId`));
  }
  // The other vendor can't see, follow or change the job.
  expect((await it.cool.browser.get(jobPage, "/", at(id))).status).toBe(404);
  for (const command of ["accept", "withdraw", "complete", "message"])
    expect((await post(it.cool, id, command, { note: "", reason: "", id: newId("event"), text: "Hello" })).status).toBe(404);
  for (const page of [activeTab, pendingTab, vendorFrame]) expect(text((await it.cool.browser.get(page, "/")).body)).not.toMatch(/Rebuild the box|Gearworks/);
  expect((await it.world.mail(it.cool.email)).filter(({ subject }) => /Rebuild|V-/.test(subject))).toEqual([]);
  expect([...new Set((await vendorSocket.soFar()).flatMap((one) => (one.type === "changed" ? [one.id] : [])))]).toEqual([id]);
  expect((await received.soFar()).filter(({ type }) => type === "changed")).toEqual([]);
  // Neither another shop's owner nor the vendor itself can open the staff page.
  const elsewhere = await setUp();
  expect((await elsewhere.desk.get(recordOf, "/", at(id))).status).toBe(404);
  expect((await it.gear.browser.get(recordOf, "/", at(id))).status).toBe(302);
  // The customer's name is shown if the shop chose so.
  const shared = await assigned(it, it.gear, { sharesCustomer: "on" });
  expect(text((await it.gear.browser.get(jobPage, "/", at(shared))).body)).toContain(SECRET_CUSTOMER);
});

test("mails each step to the other side once", async () => {
  const it = await setUp();
  const id = await invoiced(it, "500.00", "450.00");
  expect((await decides(it, id, "dispute", { submission: "1", reason: "Too many hours", markup: "20" })).status).toBe(200);
  expect((await post(it.gear, id, "submit-invoice", { reference: "GW-9b", ...lines("440.00") })).status).toBe(200);
  expect((await decides(it, id, "approve-invoice", { submission: "2", markup: "20" })).status).toBe(200);
  expect((await decides(it, id, "reverse", { reason: "Wrong truck" })).status).toBe(200);
  const declined = await assigned(it, it.cool);
  await post(it.cool, declined, "decline", { reason: "Full until May" });
  const recalled = await assigned(it, it.cool);
  await decides(it, recalled, "recall", { reason: "Found it ourselves" });
  await it.world.drainOutbox(it.shop);
  const subjects = async (to: string) =>
    (await it.world.mail(to)).map(({ subject }) => subject.replace(/ \(V-\d+\)$/, "")).filter((one) => !/password|Choose/i.test(one));
  const money = (amount: string) => expect.stringContaining(amount);
  const toGear = await subjects(it.gear.email);
  expect(toGear).toEqual(
    expect.arrayContaining([
      expect.stringContaining("New job from"),
      expect.stringContaining("approved your estimate"),
      expect.stringContaining("disputed your invoice GW-9"),
      expect.stringContaining("reversed the approval of your invoice GW-9b"),
      money("440.00"),
    ]),
  );
  expect(new Set(toGear).size).toBe(toGear.length);
  const toShop = await subjects(it.shop.ownerEmail);
  for (const printed of [
    "Gearworks accepted the job",
    "Gearworks sent an estimate of",
    "marked the job complete",
    "sent invoice GW-9 ",
    "sent invoice GW-9b",
    "Coolant declined the job",
  ])
    expect(toShop.filter((one) => one.includes(printed))).toHaveLength(1);
  expect((await it.world.mail(it.cool.email)).some(({ text: body }) => body.includes("Found it ourselves"))).toBe(true);
});

test("an approved invoice sets the cost and price of the order's line, and a reversal takes the cost off it", async () => {
  const it = await setUp();
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
  const it = await setUp();
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
  const it = await setUp();
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
  const it = await setUp();
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

test("a vendor opens the files of its open job; after a reassignment only the new vendor does", async () => {
  const it = await setUp();
  const id = await assigned(it, it.cool);
  const params = { params: { orderId: it.order } };
  const add = async (name: string, record: { kind: "vendorJob" | "workOrder"; id: string }, audiences: readonly "vendor"[]) => {
    const fileId = newId("attachment");
    expect((await addFile(it.staff, { id: fileId, record, name, audiences, content: oneFile() })).ok).toBe(true);
    return fileId;
  };
  const record = { kind: "vendorJob", id } as const;
  const [shared, inside, ofOrder] = [
    await add("Photo.pdf", record, ["vendor"]),
    await add("Inside.pdf", record, []),
    await add("Order.pdf", { kind: "workOrder", id: it.order }, ["vendor"]),
  ];
  const opens = (vendor: Vendor, fileId: string) => vendor.browser.get(fileOf, "/", { params: { attachmentId: fileId } }).then(({ status }) => status);
  expect([await opens(it.cool, shared), await opens(it.cool, inside), await opens(it.cool, ofOrder)]).toEqual([200, 404, 200]);
  expect([await opens(it.gear, shared), await opens(it.gear, ofOrder)]).toEqual([404, 404]);
  const theirs = newId("attachment");
  const coolDb = it.world.context.servicesFor(fromSession((await it.shop.session(it.cool.email, "vendor")).session, testRequest));
  expect((await addFile(coolDb, { id: theirs, record, name: "Report.pdf", audiences: [], content: oneFile() })).ok).toBe(true);
  expect(await opens(it.cool, theirs)).toBe(200);

  await post(it.cool, id, "decline", { reason: "Full" });
  const next = newId("vendorJob");
  for (let again = 0; again < 2; again++) expect((await it.desk.post(assign, "/", assignedJob(it.gear, next, { after: id }), params)).status).toBe(303);
  expect([await opens(it.cool, shared), await opens(it.cool, ofOrder), await opens(it.cool, theirs)]).toEqual([404, 404, 404]);
  const page = (await it.gear.browser.get(jobPage, "/", at(next))).body as {
    attachments: { items: { id: string; name: string }[] };
    shared: { name: string }[];
  };
  expect(page.attachments.items.map(({ name }) => name)).toEqual(["Photo.pdf"]);
  expect(page.shared.map(({ name }) => name)).toEqual(["Order.pdf"]);
  // If the first attempt failed before copying the files, submitting the form again copies them.
  await it.shop.db.batch([it.shop.db.update(attachments, { recordId: "vj_elsewhere" }, eq(attachments.recordId, next))]);
  expect((await it.desk.post(assign, "/", assignedJob(it.gear, next, { after: id }), params)).status).toBe(303);
  const brought = (await it.gear.browser.get(jobPage, "/", at(next))).body as typeof page;
  expect(brought.attachments.items.map(({ name }) => name)).toEqual(["Photo.pdf"]);
  expect(await opens(it.gear, brought.attachments.items[0]?.id ?? "")).toBe(200);
  expect(await opens(it.gear, theirs)).toBe(404);
});

test("an order with an open vendor job can't be canceled, and an approval on a locked order is free only if the page showed it", async () => {
  const it = await setUp();
  const params = { params: { orderId: it.order } };
  const cancel = () => it.desk.post(orderAction, "/", { intent: "cancel", why: "Sold" }, params);
  const pendingJob = await assigned(it, it.cool);
  const billed = await invoiced(it);
  const first = await cancel();
  expect([first.status, text(first.body)]).toEqual([409, expect.stringMatching(/V-\d+ is with Coolant\. Recall it first\./)]);
  await decides(it, pendingJob, "recall", { reason: "" });
  const second = await cancel();
  expect([second.status, text(second.body)]).toEqual([409, expect.stringMatching(/Gearworks has accepted V-\d+\. Cancel it first/)]);
  expect((await runOrderCommand(it.staff, it.order, { intent: "cancel", why: "Sold" })).ok).toBe(true);
  const decision = { submission: "1", varianceReason: "" };
  expect((await decides(it, billed, "approve-invoice", { ...decision, markup: "20" })).status).toBe(409);
  expect((await vendorJobStore(it.shop.db).find(billed))?.state).toBe("invoiced");
  expect((await decides(it, billed, "approve-invoice", decision)).status).toBe(200);
  expect((await vendorJobStore(it.shop.db).find(billed))?.costs).toMatchObject([{ amount: 500_00, price: 0 }]);

  // Once a vendor's work is done and approved, it can't be canceled at all: what was done is completed.
  const other = await setUp();
  await decides(other, await invoiced(other), "approve-invoice", { ...decision, markup: "20" });
  const done = await other.desk.post(orderAction, "/", { intent: "cancel", why: "Sold" }, { params: { orderId: other.order } });
  expect([done.status, text(done.body)]).toEqual([409, expect.stringMatching(/Gearworks did V-\d+, which is part of this order\. Complete it instead/)]);
});

test("an order with an open vendor job completes only with a reason, which stays on record", async () => {
  const it = await setUp();
  const order = await it.shop.workOrder({ asset: it.asset, customer: it.customer, state: "in-progress" });
  const job = { id: newId("job"), complaint: "Shudder", cause: "", correction: "Sent out", vmrs: null, technician: null, lines: [] };
  expect((await changeWorkOrder(it.staff, order, { intent: "save-job", seen: 1, job })).ok).toBe(true);
  const id = await assigned({ ...it, order }, it.gear);
  const form = { intent: "complete", version: "99", reading: "", unread: "on" };
  const complete = (more: Record<string, string> = {}) => it.desk.post(orderAction, "/", { ...form, ...more }, { params: { orderId: order } });
  const refused = { status: 409, body: { problem: { fields: { why: expect.stringMatching(/^V-\d+ with Gearworks is still open\. Enter the reason/) } } } };
  expect(await complete()).toMatchObject(refused);
  expect(await complete({ why: "  " })).toMatchObject(refused);
  // A card that is dragged asks the same, and stays where it is.
  const dragged = await it.desk.post(move, "/", { id: order, version: "99", to: "completed" });
  expect(dragged).toMatchObject({ status: 409, body: { problem: { message: expect.stringMatching(/Gearworks is still open.*Open it to do so/) } } });
  expect((await readOrderRecord(it.staff, order))?.order.state).toBe("in-progress");
  expect((await complete({ why: "They send the invoice later" })).status).toBe(200);
  const record = await readOrderRecord(it.staff, order);
  expect(record?.order.state).toBe("completed");
  expect(JSON.stringify(record?.activity)).toContain("They send the invoice later");
  // A vendor who declined keeps nothing.
  const next = await it.shop.workOrder({ asset: it.asset, customer: it.customer, state: "in-progress" });
  await changeWorkOrder(it.staff, next, { intent: "save-job", seen: 1, job: { ...job, id: newId("job") } });
  const declined = await assigned({ ...it, order: next }, it.cool);
  await it.cool.browser.post(answerOn, "/", { intent: "decline", reason: "No time" }, at(declined));
  const asked = (await readOrderRecord(it.staff, next))?.order.jobs.flatMap(({ lines }) => lines.map((line) => line.id)).join(" ") ?? "";
  expect((await it.desk.post(orderAction, "/", { ...form, asked }, { params: { orderId: next } })).status).toBe(200);
  expect((await readOrderRecord(it.staff, next))?.order.jobs.flatMap(({ lines }) => lines)).toEqual([]);
  expect((await vendorJobStore(it.shop.db).find(id))?.state).toBe("assigned");
});

test("an order that is canceled while it is sent to a vendor is one or the other", async () => {
  const it = await setUp();
  const assignment = { title: "Rebuild", instructions: "", dueDay: null, notToExceed: null, needsEstimate: true, sharesCustomer: false };
  for (let round = 0; round < 6; round++) {
    const order = await it.shop.workOrder({ asset: it.asset, customer: it.customer, state: "in-progress" });
    const id = newId("vendorJob");
    const cancel = () => cancelOrder(it.staff, order, "Sold");
    const send = () =>
      assignVendor(it.staff, {
        id,
        workOrderId: order,
        vendorId: it.gear.id,
        assignment,
        lineId: null,
        pricedElsewhere: false,
        earlierId: null,
        plan: "pro-plus",
      });
    const both = round % 2 === 0 ? [cancel(), send()] : [send(), cancel()];
    const results: readonly { ok: boolean; error?: unknown }[] = await Promise.all<{ ok: boolean; error?: unknown }>(both);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.filter(({ ok }) => !ok)).toMatchObject([{ error: { kind: "not-allowed", message: expect.stringMatching(/canceled|Recall it first/) } }]);
    const [job, record] = [await vendorJobStore(it.shop.db).find(id), await readOrderRecord(it.staff, order)];
    expect([job?.state, record?.order.state]).toEqual(job ? ["assigned", "in-progress"] : [undefined, "canceled"]);
  }
  // The other way round the order is canceled between reading it and writing the job.
  const canceled = await it.shop.workOrder({ asset: it.asset, customer: it.customer, state: "in-progress" });
  expect((await cancelOrder(it.staff, canceled, "Sold")).ok).toBe(true);
  const late = {
    id: newId("vendorJob"),
    workOrderId: canceled,
    lineId: newId("line"),
    askedLines: [],
    lines: [],
    vendorId: it.gear.id,
    assignedBy: { id: "me", name: "Me" },
    assignment,
  };
  const sent = await vendorJobStore(it.staff.db).create(late, "Gearworks", it.world.clock.now(), [], [], null);
  expect(sent).toEqual({ ok: false, error: { kind: "order-canceled" } });
  expect(await vendorJobStore(it.shop.db).find(late.id)).toBeNull();
});

test("a vendor adds files while the job is open, sees the order's files up to its completion, and no names of the customer's people", async () => {
  const it = await setUp();
  const { world, shop, staff } = it;
  const file = (name: string) => ({ name, audiences: ["vendor"] as const, content: oneFile() });
  const record = { kind: "workOrder", id: it.order } as const;
  const theirs = await shop.as(it.customer);
  const before = newId("attachment");
  expect((await addFile(staff, { id: before, record, ...file("Before.pdf") })).ok).toBe(true);
  await shop.db.batch([shop.db.update(attachments, { addedBy: theirs.db.scope.actor }, eq(attachments.id, before))]);

  const id = await invoiced(it);
  world.clock.pass(MINUTE);
  const after = newId("attachment");
  expect((await addFile(staff, { id: after, record, ...file("After.pdf") })).ok).toBe(true);
  const opens = (fileId: string) => it.gear.browser.get(fileOf, "/", { params: { attachmentId: fileId } }).then(({ status }) => status);
  expect([await opens(before), await opens(after)]).toEqual([200, 404]);
  const { shared } = (await it.gear.browser.get(jobPage, "/", at(id))).body as { shared: { name: string; addedBy: string }[] };
  expect(shared.map(({ name, addedBy }) => [name, addedBy])).toEqual([["Before.pdf", "the customer"]]);

  // Recalled after an upload was begun.
  const lost = await assigned(it, it.cool);
  const { attachments: files } = (await it.cool.browser.get(jobPage, "/", at(lost))).body as { attachments: { to: string } };
  const send = (path: string, init: RequestInit<RequestInitCfProperties>) =>
    SELF.fetch(`${ORIGIN}/uploads/${path}?as=vendor`, { ...init, headers: { Cookie: it.cool.cookie, "Sec-Fetch-Site": "same-origin", ...init.headers } });
  const begin = (fileId: string) => send(fileId, { method: "PUT", body: JSON.stringify({ to: files.to, name: "a.pdf", bytes: pdf.length }) });
  const begun = newId("attachment");
  expect((await begin(begun)).status).toBe(200);
  const digest = { "Content-Digest": `sha-256=:${digestOf(pdf)}:` };
  expect((await send(`${begun}/parts/1`, { method: "PUT", body: pdf, headers: digest })).status).toBe(204);
  const form = { url: paths.vendor.addFile(files.to) };
  expect((await it.cool.browser.get(addForm, form.url)).status).toBe(200);
  await decides(it, lost, "recall", { reason: "" });
  expect([(await begin(newId("attachment"))).status, (await send(`${begun}/complete`, { method: "POST" })).status]).toEqual([404, 410]);
  expect((await it.cool.browser.get(addForm, form.url)).status).toBe(404);
  expect((await readAttachments(staff, { kind: "vendorJob", id: lost }, null)).items).toEqual([]);
});

test("a vendor without a portal gets the job by mail, and staff record its answers on its behalf in the journal", async () => {
  const it = await setUp();
  const email = `office@prairie-${it.shop.id.slice(-6)}.test`;
  const prairie = newId("vendor");
  const form = { ...noTerms, name: "Prairie Machine", phone: "+1 815 555 0162", email, portalEnabled: false };
  expect((await saveVendor(it.staff, { id: prairie, form, version: null, plan: "pro-plus" })).ok).toBe(true);
  const id = newId("vendorJob");
  const sent = await it.desk.post(assign, "/", assignedJob({ ...it.gear, id: prairie }, id), { params: { orderId: it.order } });
  expect(sent.status).toBe(303);
  const records = (command: string, more: Record<string, string> = {}) => it.desk.post(recordAnswer, "/", { intent: command, ...more }, at(id));
  expect((await records("decline", { reason: "" })).status).toBe(422);
  for (const [command, more] of [
    ["accept", {}],
    ["submit-estimate", lines("400.00", "32.00")],
  ] as const)
    expect((await records(command, more)).location).toBe(paths.staff.vendorJob(id));
  expect((await decides(it, id, "approve-estimate", { revision: "1" })).status).toBe(200);
  for (const [command, more] of [
    ["complete", { note: "Shaft is true" }],
    ["submit-invoice", { reference: "P-1", ...lines("400.00", "32.00") }],
  ] as const)
    expect((await records(command, more)).status).toBe(303);
  expect((await decides(it, id, "approve-invoice", { submission: "1", markup: "0" })).status).toBe(200);
  expect((await vendorJobStore(it.shop.db).find(id))?.costs).toMatchObject([{ amount: 432_00 }]);

  // The mail holds the whole job and how to answer, without a link. The shop gets no mail about what it recorded itself.
  await it.world.drainOutbox(it.shop);
  const mails = await it.world.mail(email);
  const printed = mails.map(({ text: body }) => body).join("\n");
  expect(printed).toMatch(/Shudder in 8th/);
  expect(printed).toMatch(/Please send an estimate before you start\.[\s\S]*To answer, /);
  expect(printed).toMatch(/approved your estimate of \$432\.00/);
  expect(printed).not.toMatch(new RegExp(`vendor-portal|${SECRET_CUSTOMER}|notToExceed`));
  expect((await it.world.mail(it.shop.ownerEmail)).filter(({ subject }) => subject.includes("Prairie"))).toEqual([]);
  const { activity } = (await it.desk.get(recordOf, "/", at(id))).body as {
    activity: ActivityItem[];
  };
  expect(activity.filter(({ detail }) => detail?.includes("Recorded for Prairie Machine")).map(({ event }) => event)).toEqual([
    "vendor-job.invoice-submitted",
    "vendor-job.completed",
    "vendor-job.estimate-submitted",
    "vendor-job.accepted",
  ]);
  expect(new Set(activity.map(({ who }) => who))).toEqual(new Set([it.staff.db.scope.actor.name]));

  // A vendor with a portal answers for itself.
  const own = await assigned(it, it.gear);
  expect((await it.desk.post(recordAnswer, "/", { intent: "accept" }, at(own))).status).toBe(409);
  expect((await it.desk.get(recordPage, "/", at(own))).location).toBe(paths.staff.vendorJob(own));
});

test("all users of a vendor see the same jobs, and a removed user is signed out", async () => {
  const it = await setUp();
  const id = await assigned(it, it.gear);
  await it.world.drainOutbox(it.shop);
  const email = `second@gear-${it.shop.id.slice(-6)}.test`;
  const vendorPage = { params: { vendorId: it.gear.id } };
  const add = () => it.desk.post(vendorRecord, "/", { intent: "add-user", userName: "Ray", userEmail: email }, vendorPage);
  expect([(await add()).status, (await add()).status]).toEqual([200, 422]);
  await it.world.drainOutbox(it.shop);
  expect((await it.world.mail(email)).length).toBe(1);
  const ray = browserIn(it.world);
  ray.jar.set("__Host-vendor", (await it.shop.session(email, "vendor")).cookie.split("=")[1] ?? "");
  expect((await ray.get(jobPage, "/", at(id))).status).toBe(200);
  await decides(it, id, "message", { id: newId("event"), text: "For all of you" });
  await it.world.drainOutbox(it.shop);
  for (const to of [email, it.gear.email]) expect((await it.world.mail(to)).filter(({ text: body }) => body.includes("For all of you"))).toHaveLength(1);
  expect((await it.desk.post(vendorRecord, "/", { intent: "remove-user", userEmail: email }, vendorPage)).status).toBe(200);
  expect((await ray.get(jobPage, "/", at(id))).status).toBe(302);
  expect((await it.gear.browser.get(jobPage, "/", at(id))).status).toBe(200);
});

test("a technician sees which vendor has the work, without amounts; assigning needs Pro+ and an unlocked order", async () => {
  const it = await setUp();
  const id = await assigned(it, it.gear);
  await post(it.gear, id, "accept", { reason: "" });
  await post(it.gear, id, "submit-estimate", lines("432.10"));
  await it.shop.person("staff", `tech@${it.shop.id.slice(-8)}.test`);
  const tech = browserIn(it.world);
  tech.jar.set("__Host-staff", (await it.shop.session(`tech@${it.shop.id.slice(-8)}.test`, "staff")).cookie.split("=")[1] ?? "");
  const page = await tech.get(orderPage, "/", { params: { orderId: it.order } });
  expect(text(page.body)).toContain("Gearworks");
  // Neither in the list of jobs nor in the activity; the owner sees it in the list.
  expect(text(page.body)).not.toContain("43210");
  expect(text((await it.desk.get(orderPage, "/", { params: { orderId: it.order } })).body)).toContain("43210");
  expect((await tech.get(recordOf, "/", at(id))).status).toBe(403);
  const params = { params: { orderId: it.order } };
  expect((await runOrderCommand(it.staff, it.order, { intent: "cancel", why: "Sold" })).ok).toBe(true); // the rule of work orders, which knows nothing of vendors
  expect((await it.desk.post(assign, "/", assignedJob(it.gear, newId("vendorJob")), params)).status).toBe(409);
  await it.world.context.platform.directory.setPlan(it.shop.id, "pro");
  expect((await it.desk.post(assign, "/", assignedJob(it.gear, newId("vendorJob")), params)).status).toBe(403);
  expect((await it.gear.browser.get(jobPage, paths.vendor.job(id), at(id))).status).toBe(403);
});
