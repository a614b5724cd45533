import { expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { toCents, toQuantity } from "~/kernel/money";
import { later } from "~/kernel/time";
import { saveAsset } from "~/modules/assets/save-asset.server";
import { addFile } from "~/modules/attachments/add-file.server";
import { bytesOf, png } from "~/modules/attachments/attachments.fixtures";
import { completeUpload } from "~/modules/attachments/upload/complete-upload.server";
import { saveCustomer } from "~/modules/customers/save-customer.server";
import { addDriver } from "~/modules/drivers/save-driver.server";
import { inviteTablet, readInvitation } from "~/modules/drivers/tablets.server";
import { createEstimate } from "~/modules/estimates/create-estimate.server";
import { writeMessage } from "~/modules/estimates/messages/write-message.server";
import { settleCore } from "~/modules/invoices/cores/settle-core.server";
import { draftInvoice } from "~/modules/invoices/draft-invoice.server";
import { issueInvoice } from "~/modules/invoices/issue-invoice.server";
import { changeAccount } from "~/modules/invoices/receivables/change-account.server";
import { assignVendor } from "~/modules/vendor-jobs/assignment/assign-vendor.server";
import { postMessage } from "~/modules/vendor-jobs/post-message.server";
import { saveVendor } from "~/modules/vendors/save-vendor.server";
import { noTerms } from "~/modules/vendors/vendor";
import { addNote } from "~/modules/work-orders/activity/add-note.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { startClock } from "~/modules/work-orders/jobs/start-clock.server";
import { openWorkOrder } from "~/modules/work-orders/open-work-order.server";
import { runOrderCommand } from "~/modules/work-orders/order-command.step.server";
import { requestService } from "~/modules/work-orders/service-requests/request-service.server";
import { fromSession } from "~/platform/scope/scope.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { draftEstimate, headOf, offered, partLine, sendEstimate, writtenOrder } from "./world/estimates";
import { testRequest } from "./world/request";
import { createWorld } from "./world/world";

const zone = "Pacific/Chatham";

async function setUp() {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const [customer, other] = [await shop.customer(), await shop.customer()];
  const [asset, second] = [await shop.asset({ customer }), await shop.asset({ customer: other })];
  const [staff, mine, theirs] = [await shop.asStaff(), await shop.as(customer), await shop.as(other)];
  const order = { assetId: asset, complaint: "Brakes", lead: null, promisedAt: null, purchaseOrder: null, asDraft: false };
  const open = async (more: Partial<typeof order> = {}) => {
    const id = newId("workOrder");
    expect((await openWorkOrder(staff, { id, ...order, ...more })).ok).toBe(true);
    return id;
  };
  const written = (assetId: Id<"asset">) => writtenOrder(staff, assetId, [{ complaint: "Brakes", lines: [partLine("Drums", 100_00)] }]);
  const send = async (assetId: Id<"asset">) => {
    const { id: orderId, jobs } = await written(assetId);
    const id = await draftEstimate(
      staff,
      orderId,
      jobs.map((job) => offered(job)),
      { validThrough: "2030-03-20" },
    );
    await sendEstimate(staff, id);
    await world.drainOutbox(shop);
    return { id, orderId, jobs };
  };
  return { world, shop, customer, other, asset, second, staff, mine, theirs, order, open, written, send };
}

const ask = (assetId: Id<"asset">, complaint: string) => ({
  assetId,
  form: { complaint, urgency: "can-drive", preferredDay: "", reading: "", fault: "" },
  distance: "mi" as const,
  zone,
});
const refused = (kind: string) => ({ ok: false, error: expect.objectContaining({ kind }) });
const done = expect.objectContaining({ ok: true });

test("a repeated form meets its own record; a form with another content under that id is refused", async () => {
  const { customer, other, asset, second, staff, order, open, written } = await setUp();

  const orderId = newId("workOrder");
  const opening = { id: orderId, ...order };
  for (let n = 0; n < 2; n++) expect(await openWorkOrder(staff, opening)).toEqual(done);
  expect(await openWorkOrder(staff, { ...opening, complaint: "Lights" })).toEqual(refused("id-taken"));
  expect(await openWorkOrder(staff, { ...opening, assetId: second })).toEqual(refused("id-taken"));

  const quoted = await written(asset);
  const content = { ...headOf({ validThrough: "2030-03-20" }), jobs: quoted.jobs.map((job) => offered(job)) };
  const estimate = { id: newId("estimate"), workOrderId: quoted.id, content };
  expect(await Promise.all([createEstimate(staff, estimate), createEstimate(staff, estimate)])).toEqual([done, done]);
  expect(await createEstimate(staff, estimate)).toEqual(done);
  expect(await createEstimate(staff, { ...estimate, workOrderId: (await written(second)).id })).toEqual(refused("id-taken"));
  expect(await createEstimate(staff, { ...estimate, content: { ...content, title: "Lights" } })).toEqual(refused("id-taken"));

  const customerForm = { name: "Northline", email: "", phone: "", laborRate: "", taxCertificate: "", shares: false };
  const added = { id: newId("customer"), form: customerForm, seen: null };
  for (let n = 0; n < 2; n++) expect(await saveCustomer(staff, added)).toEqual(done);
  expect(await saveCustomer(staff, { ...added, form: { ...customerForm, name: "Southline" } })).toEqual(refused("id-taken"));

  const unitForm = { unitNumber: "T-1", kind: "truck" as const, vin: "", plate: "", year: "", make: "", model: "", shares: false };
  const unit = { id: newId("asset"), form: unitForm, owner: customer.id };
  for (let n = 0; n < 2; n++) expect(await saveAsset(staff, unit)).toEqual(done);
  expect(await saveAsset(staff, { ...unit, owner: other.id })).toEqual(refused("id-taken"));

  const note = { noteId: newId("event"), text: "Call Sol" };
  for (let n = 0; n < 2; n++) expect(await addNote(staff, orderId, note)).toEqual(done);
  expect(await addNote(staff, orderId, { ...note, text: "Call Renee" })).toEqual(refused("id-taken"));
  expect(await addNote(staff, await open(), note)).toEqual(refused("id-taken"));

  const driverForm = { name: "Ana", code: "482913", email: "", phone: "", portalEnabled: true };
  const driver = { id: newId("driver"), customerId: customer.id, form: driverForm };
  for (let n = 0; n < 2; n++) expect(await addDriver(staff, driver)).toEqual(done);
  expect(await addDriver(staff, { ...driver, customerId: other.id })).toEqual(refused("id-taken"));
  expect(await addDriver(staff, { ...driver, form: { ...driverForm, name: "Bo" } })).toEqual(refused("id-taken"));
});

test("an invoice draft under a known id is the first one only for the same customer and orders", async () => {
  const { customer, other, second, staff, open } = await setUp();
  const finished = async (more = {}) => {
    const id = await open(more);
    const job = (await readOrderRecord(staff, id))?.order.jobs[0];
    if (!job) throw new Error("no job");
    await changeWorkOrder(staff, id, { intent: "save-job", seen: 9, job: { ...job, correction: "Replaced" } });
    for (const to of ["in-progress", "completed"] as const)
      expect((await runOrderCommand(staff, id, { intent: "move", seen: 9, to, holdReason: null })).ok).toBe(true);
    return id;
  };
  const [one, two, foreign] = [await finished(), await finished(), await finished({ assetId: second })];
  const draft = { id: newId("invoice"), customerId: customer.id, orders: [one] };
  for (let n = 0; n < 2; n++) expect(await draftInvoice(staff, draft)).toEqual(done);
  expect(await draftInvoice(staff, { ...draft, orders: [two] })).toEqual(refused("id-taken"));
  expect(await draftInvoice(staff, { ...draft, orders: [one, two] })).toEqual(refused("id-taken"));
  expect(await draftInvoice(staff, { ...draft, customerId: other.id, orders: [foreign] })).toEqual(refused("id-taken"));
});

test("a customer's request or message under an id of someone else's record is refused, and adds nothing", async () => {
  const { asset, second, mine, theirs, staff, order, send } = await setUp();
  const request = { id: newId("workOrder"), ...ask(asset, "Air leak") };
  for (let n = 0; n < 2; n++) expect(await requestService(mine, request)).toEqual({ ok: true, value: { orderId: request.id } });
  expect(await requestService(mine, { ...request, ...ask(asset, "Other leak") })).toEqual(refused("id-taken"));
  expect(await requestService(theirs, { id: request.id, ...ask(second, "Air leak") })).toEqual(refused("id-taken"));
  const shops = { id: newId("workOrder"), ...order };
  expect((await openWorkOrder(staff, shops)).ok).toBe(true);
  expect(await requestService(mine, { id: shops.id, ...ask(asset, order.complaint) })).toEqual(refused("id-taken"));
  // Nor does the shop take a request for an order of its own.
  expect(await openWorkOrder(staff, { ...order, id: request.id, complaint: "Air leak" })).toEqual(refused("id-taken"));

  const [first, foreign] = [await send(asset), await send(second)];
  const message = { id: newId("message"), estimateId: first.id, lineId: null, text: "Which drums?" };
  for (let n = 0; n < 2; n++) expect(await writeMessage(mine, message)).toEqual(done);
  expect(await writeMessage(mine, { ...message, text: "How long?" })).toEqual(refused("id-taken"));
  expect(await writeMessage(staff, message)).toEqual(refused("id-taken"));
  expect(await writeMessage(theirs, { ...message, estimateId: foreign.id })).toEqual(refused("id-taken"));
});

test("an assignment and its messages are repeated only as they were", async () => {
  const { world, shop, staff, open } = await setUp();
  await world.context.platform.directory.setPlan(shop.id, "pro-plus");
  const vendor = async (name: string) => {
    const id = newId("vendor");
    const form = { name, email: "", phone: "555-0100", portalEnabled: false, ...noTerms };
    expect((await saveVendor(staff, { id, form, version: null, plan: "pro-plus" })).ok).toBe(true);
    return id;
  };
  const [vendorId, otherVendor] = [await vendor("Frames Inc"), await vendor("Glass Inc")];
  const assignment = { title: "Frame", instructions: "", dueDay: null, notToExceed: null, needsEstimate: false, sharesCustomer: false };
  const assigned = {
    id: newId("vendorJob"),
    workOrderId: await open(),
    vendorId,
    assignment,
    lineId: null,
    pricedElsewhere: false,
    earlierId: null,
    plan: "pro-plus" as const,
  };
  for (let n = 0; n < 2; n++) expect(await assignVendor(staff, assigned)).toEqual(done);
  expect(await assignVendor(staff, { ...assigned, vendorId: otherVendor })).toEqual(refused("not-found"));
  expect(await assignVendor(staff, { ...assigned, workOrderId: await open() })).toEqual(refused("not-found"));
  expect(await assignVendor(staff, { ...assigned, assignment: { ...assignment, title: "Glass" } })).toEqual(refused("not-found"));
  const message = { messageId: newId("event"), text: "When?" };
  for (let n = 0; n < 2; n++) expect(await postMessage(staff, assigned.id, message)).toEqual(done);
  expect(await postMessage(staff, assigned.id, { ...message, text: "Why?" })).toEqual(refused("not-found"));
});

test("a file under a known id is the first one only for the same person, record and content", async () => {
  const { customer, other, mine, theirs } = await setUp();
  const file = (record: Id<"customer">, content: Uint8Array) => ({
    record: { kind: "customer" as const, id: record },
    name: "a.png",
    audiences: ["customer" as const],
    content: (async function* () {
      yield content;
    })(),
  });
  const id = newId("attachment");
  for (let n = 0; n < 2; n++) expect(await addFile(mine, { id, ...file(customer.id, png) })).toEqual(done);
  expect(await addFile(mine, { id, ...file(other.id, png) })).toEqual(refused("id-taken"));
  expect(await addFile(mine, { id, ...file(customer.id, png), name: "b.png" })).toEqual(refused("id-taken"));
  expect(await addFile(theirs, { id, ...file(other.id, bytesOf(png, [1])) })).toEqual(refused("id-taken"));
  expect(await completeUpload(mine, id, () => true)).toEqual(done);
  expect(await completeUpload(mine, id, () => false)).toEqual(refused("not-found"));
  expect(await completeUpload(theirs, id, () => true)).toEqual(refused("not-found"));
});

test("a tablet's invitation is repeated as it was; another label, another person and another shop are refused", async () => {
  const { world, shop, staff } = await setUp();
  const by = staff.db.scope.actor.id as Id<"membership">; // staff act as their membership
  const invited = { id: newId("tablet"), label: "Gate", by };
  for (let n = 0; n < 2; n++) expect(await inviteTablet(staff, invited)).toEqual(done);
  expect(await inviteTablet(staff, { ...invited, label: "Yard" })).toEqual(refused("id-taken"));
  const email = `second@${shop.id.slice(-8)}.test`;
  await shop.person("staff", email);
  const { session } = await shop.session(email, "staff");
  const colleague = world.context.servicesFor(fromSession(session, testRequest));
  expect(await inviteTablet(colleague, { ...invited, by: session.membership.id })).toEqual(refused("id-taken"));
  const foreign = await (await world.shop()).asStaff();
  expect(await inviteTablet(foreign, invited)).toEqual(refused("id-taken"));
  expect(await readInvitation(foreign, invited.id)).toBeNull();
  expect(await readInvitation(staff, invited.id)).toMatchObject({ label: "Gate", state: "open" });
});

test("a clock that is started twice at once runs once, and is stopped and corrected on its own order only", async () => {
  const { staff, shop, open } = await setUp();
  const [one, two] = [await open(), await open()];
  const jobOf = async (order: Id<"workOrder">) => (await readOrderRecord(staff, order))?.order.jobs[0]?.id ?? expect.fail("no job");
  const clocksOf = async (order: Id<"workOrder">) => (await readOrderRecord(staff, order))?.order.clocks ?? [];
  const technician = { id: (await shop.membershipOf(shop.ownerEmail, "staff")).id, name: "Owner" };
  const jobId = await jobOf(one);
  const start = () => startClock(staff, { workOrderId: one, jobId, technician });
  const started = await Promise.all([start(), start(), start()]);
  expect(started.filter(({ ok }) => ok)).toHaveLength(1);
  const [clock = expect.fail("no clock"), ...more] = await clocksOf(one);
  expect([clock.stoppedAt, more]).toEqual([null, []]);
  const entryId = clock.id;
  expect(await changeWorkOrder(staff, two, { intent: "stop-clock", entryId })).toEqual(refused("not-found"));
  const times = { startedAt: clock.startedAt, stoppedAt: later(clock.startedAt, 1_000), why: "Forgot" };
  expect(await changeWorkOrder(staff, two, { intent: "correct-clock", entryId, ...times })).toEqual(refused("not-found"));
  expect(await changeWorkOrder(staff, one, { intent: "stop-clock", entryId })).toEqual(done);
  expect(await changeWorkOrder(staff, one, { intent: "stop-clock", entryId })).toEqual(refused("not-allowed"));
  expect(await clocksOf(two)).toEqual([]);
});

test("money and cores under an id that another account or invoice has are refused", async () => {
  const { customer, other, second, staff, open } = await setUp();
  const issued = async (owner: typeof customer, more = {}) => {
    const orderId = await open(more);
    const job = (await readOrderRecord(staff, orderId))?.order.jobs[0] ?? expect.fail("no job");
    const lines = (["part", "core"] as const).map((kind) => ({
      id: newId("line"),
      kind,
      text: "Starter",
      partNumber: null,
      quantity: toQuantity(2_000),
      each: toCents(60_00),
      cost: null,
      supplies: false,
    }));
    await changeWorkOrder(staff, orderId, { intent: "save-job", seen: 9, job: { ...job, correction: "Replaced", lines } });
    for (const to of ["in-progress", "completed"] as const) await runOrderCommand(staff, orderId, { intent: "move", seen: 9, to, holdReason: null });
    const id = newId("invoice");
    expect(await draftInvoice(staff, { id, customerId: owner.id, orders: [orderId] })).toEqual(done);
    expect((await issueInvoice(staff, id, { terms: "net-30" })).ok).toBe(true);
    return { id, lineId: lines[1]?.id ?? expect.fail("no core") };
  };
  const [mine, mineToo, theirs] = [await issued(customer), await issued(customer), await issued(other, { assetId: second })];

  const payment = {
    intent: "pay",
    id: newId("entry"),
    on: [{ invoiceId: mine.id, amount: null }],
    amount: toCents(20_00),
    method: "check",
    reference: null,
    day: "2030-03-01",
  } as const;
  for (let n = 0; n < 2; n++) expect(await changeAccount(staff, customer.id, payment)).toMatchObject({ ok: true });
  expect(await changeAccount(staff, customer.id, { ...payment, amount: toCents(30_00) })).toEqual(refused("id-taken"));
  expect(await changeAccount(staff, customer.id, { ...payment, on: [{ invoiceId: mineToo.id, amount: null }] })).toEqual(refused("id-taken"));
  expect(await changeAccount(staff, other.id, { ...payment, on: [{ invoiceId: theirs.id, amount: null }] })).toEqual(refused("id-taken"));

  const returned = { intent: "return", id: newId("coreReturn"), lineId: mine.lineId, quantity: toQuantity(1_000) } as const;
  for (let n = 0; n < 2; n++) expect(await settleCore(staff, mine.id, returned)).toEqual(done);
  expect(await settleCore(staff, mine.id, { ...returned, quantity: toQuantity(500) })).toEqual(refused("id-taken"));
  expect(await settleCore(staff, mine.id, { ...returned, intent: "forfeit" })).toEqual(refused("id-taken"));
  expect(await settleCore(staff, mineToo.id, { ...returned, lineId: mineToo.lineId })).toEqual(refused("id-taken"));
  expect(await settleCore(staff, theirs.id, { ...returned, lineId: theirs.lineId })).toEqual(refused("id-taken"));
});
