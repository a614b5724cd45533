import { expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { MINUTE } from "~/kernel/time";
import { addFile } from "~/modules/attachments/add-file.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { runOrderCommand } from "~/modules/work-orders/order-command.step.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { action as move } from "~/routes/staff/board";
import { loader as recordOf } from "~/routes/staff/vendor-job/route";
import { action as orderAction } from "~/routes/staff/work-order/route";
import { loader as fileOf } from "~/routes/vendor/file";
import { action as answerOn, loader as jobPage } from "~/routes/vendor/job/route";
import { assigned, at, decides, invoiced, lines, oneFile, post, text, type Vendor, vendorShop } from "../../../tests/world/vendor-work";
import { assignVendor } from "./assignment/assign-vendor.server";
import { cancelOrder } from "./cancel-order.server";
import { vendorJobStore } from "./vendor-job.store.server";

test("a canceled job frees its order and its limits; the vendor is notified of the reason, and bills the work done if the shop pays", async () => {
  const it = await vendorShop();
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
  const it = await vendorShop();
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

test("an order with an open vendor job can't be canceled, and an approval on a locked order is free only if the page showed it", async () => {
  const it = await vendorShop();
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
  const other = await vendorShop();
  await decides(other, await invoiced(other), "approve-invoice", { ...decision, markup: "20" });
  const done = await other.desk.post(orderAction, "/", { intent: "cancel", why: "Sold" }, { params: { orderId: other.order } });
  expect([done.status, text(done.body)]).toEqual([409, expect.stringMatching(/Gearworks did V-\d+, which is part of this order\. Complete it instead/)]);
});

test("an order with an open vendor job completes only with a reason, which stays on record", async () => {
  const it = await vendorShop();
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
  const it = await vendorShop();
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
