import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { toCents, toQuantity } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { HOUR, MINUTE } from "~/kernel/time";
import { addFile } from "~/modules/attachments/add-file.server";
import { hideAttachment } from "~/modules/attachments/hide-attachment.server";
import { addContact } from "~/modules/customers/contacts/change-contacts.server";
import { contactRecipients } from "~/modules/customers/contacts/contact-recipients.server";
import { contacts } from "~/modules/customers/customer.tables";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import { closeInvoice } from "~/modules/invoices/close-invoice.server";
import { draftInvoice } from "~/modules/invoices/draft-invoice.server";
import { issueInvoice } from "~/modules/invoices/issue-invoice.server";
import { addNote } from "~/modules/work-orders/activity/add-note.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { startClock } from "~/modules/work-orders/jobs/start-clock.server";
import { openWorkOrder } from "~/modules/work-orders/open-work-order.server";
import { runOrderCommand } from "~/modules/work-orders/order-command.step.server";
import { quotaKeys } from "~/platform/http/quotas.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { readUnitRecord } from "~/queries/staff/unit-record.server";
import type { BoardMessage } from "../../../party/protocol";
import { browserIn } from "../../../tests/world/browser";
import { addJob, draftEstimate, headOf, offered, phoneAnswer, sendEstimate } from "../../../tests/world/estimates";
import { liveShop, reading, watch } from "../../../tests/world/fleet";
import { exhaustQuota } from "../../../tests/world/quotas";
import { openSocket } from "../../../tests/world/socket";
import { loader as unitPage } from "./asset/route";
import { loader as file } from "./file";
import { loader as homePage } from "./home";
import { action as askFor, loader as requestForm } from "./service-request";
import { action as saveSettings, loader as settings } from "./settings";
import { loader as orderPage } from "./work-order";

const INSIDE = "Charge the usual extra";

/** A shop with two customers that have live units; the first has a contact with full access. */
async function setUp() {
  const live = await liveShop();
  const { world, shop, north, south } = live;
  const staff = await shop.asStaff();
  const email = `renee@${shop.id.slice(-8)}.test`;
  const added = await addContact(staff, { customerId: north.id, name: "Renee", email });
  expect(added.ok).toBe(true);
  await world.drainOutbox(shop);
  const renee = { id: north.id, email };
  const visitor = async (person: { email: string }) => {
    const browser = browserIn(world);
    browser.jar.set("__Host-customer", (await shop.session(person.email, "customer")).cookie.split("=")[1] ?? "");
    return browser;
  };
  const socket = async (person: { email: string }) =>
    openSocket<BoardMessage>(`board-room/${shop.id}?as=customer`, (await shop.session(person.email, "customer")).cookie);
  return { ...live, staff, renee, visitor, socket, other: south };
}
type Setup = Awaited<ReturnType<typeof setUp>>;

const line = () => ({
  id: newId("line"),
  kind: "part" as const,
  text: "Front drums",
  partNumber: null,
  quantity: toQuantity(1_000),
  each: toCents(100_00),
  cost: toCents(43_21),
  supplies: false,
});
const job = () => ({
  id: newId("job"),
  complaint: "Brakes pull",
  cause: "A secret of the shop",
  correction: "Relined them",
  vmrs: null,
  technician: null,
  lines: [line()],
});

async function opened({ staff, northTruck, world, shop }: Setup) {
  const id = newId("workOrder");
  await openWorkOrder(staff, { id, assetId: northTruck, complaint: "Brakes", lead: null, promisedAt: null, purchaseOrder: null, asDraft: false });
  await world.drainOutbox(shop);
  return id;
}

/** Records a correction for every complaint, and completes the order. */
async function finish({ staff, world, shop }: Setup, order: Id<"workOrder">) {
  for (const its of (await readOrderRecord(staff, order))?.order.jobs ?? [])
    expect((await changeWorkOrder(staff, order, { intent: "save-job", seen: 99, job: { ...its, correction: "Relined them" } })).ok).toBe(true);
  expect((await runOrderCommand(staff, order, { intent: "move", seen: 99, to: "completed", holdReason: null })).ok).toBe(true);
  await world.drainOutbox(shop);
}

const toProgress = { intent: "move", seen: 99, to: "in-progress", holdReason: null } as const;

test("a customer's socket gets changes to its own visible records only: no drafts, notes or clocks, and nothing of another customer", async () => {
  const it = await setUp();
  const { staff, world, shop } = it;
  const [mine, theirs] = [await it.socket(it.renee), await it.socket(it.other)];
  expect(await mine.soFar()).toMatchObject([{ type: "hello" }]);
  await theirs.soFar();
  const received = async () => {
    await world.drainOutbox(shop);
    return (await mine.soFar()).map((message) => (message.type === "changed" ? `${message.kind} ${message.version}` : message.type));
  };

  const order = await opened(it);
  expect(await received()).toEqual(["work-order 1"]);
  await changeWorkOrder(staff, order, toProgress);
  expect(await received()).toEqual(["work-order 2"]);
  await addNote(staff, order, { noteId: newId("event"), text: INSIDE });
  expect(await received()).toEqual([]);
  const fixed = job();
  await changeWorkOrder(staff, order, { intent: "save-job", seen: 0, job: fixed });
  expect(await received()).toEqual(["work-order 3"]);
  const technician = { id: newId("membership"), name: "Sam" };
  await startClock(staff, { workOrderId: order, jobId: fixed.id, technician });
  expect(await received()).toEqual([]);

  // A draft is not shown to the customer, and neither does a line of the order that is put on it.
  const more = await addJob(staff, order, { lines: [line()] });
  await received();
  const estimate = await draftEstimate(staff, order, [offered(more)], { insideNote: INSIDE });
  expect(await received()).toEqual([]);
  await sendEstimate(staff, estimate);
  expect(await received()).toContain("estimate 2");
  await changeEstimate(staff, estimate, { intent: "revise", validThrough: "2099-04-20" });
  await changeEstimate(staff, estimate, { intent: "write", seen: 99, head: headOf({ title: "Twice the price" }), jobs: [offered(more)] });
  expect(await received()).toEqual([]);
  expect((await changeEstimate(staff, estimate, { intent: "answer", revision: 1, ...phoneAnswer })).ok).toBe(true);
  expect((await received()).sort()).toEqual(["estimate 5", expect.stringMatching(/^work-order /)]);

  await finish(it, order);
  await received();
  const [kept, dropped] = [newId("invoice"), newId("invoice")];
  expect((await draftInvoice(staff, { id: dropped, customerId: it.north.id, orders: [order] })).ok).toBe(true);
  await closeInvoice(staff, dropped, { intent: "discard" });
  expect((await draftInvoice(staff, { id: kept, customerId: it.north.id, orders: [order] })).ok).toBe(true);
  expect(await received()).toEqual([]);
  expect((await issueInvoice(staff, kept, { terms: "net-30", why: "Agreed at the counter" })).ok).toBe(true);
  expect((await received()).sort()).toEqual([expect.stringMatching(/^invoice /), expect.stringMatching(/^work-order /)]);
  expect(await theirs.soFar()).toEqual([]);
});

test("home, unit and order pages show the order's progress without internal data, and another customer sees none of it", async () => {
  const it = await setUp();
  const { staff, world, shop, northTruck, renee, other } = it;
  const order = await opened(it);
  world.clock.pass(HOUR);
  await changeWorkOrder(staff, order, { intent: "save-job", seen: 0, job: job() });
  await addNote(staff, order, { noteId: newId("event"), text: INSIDE });
  await changeWorkOrder(staff, order, toProgress);
  world.clock.pass(HOUR);
  await changeWorkOrder(staff, order, { intent: "move", seen: 99, to: "on-hold", holdReason: "vendor" });
  await world.drainOutbox(shop);
  const [mine, theirs] = [await it.visitor(renee), await it.visitor(other)];
  const pages = async (who: typeof mine) => [
    await who.get(homePage, "/portal"),
    await who.get(unitPage, "/", { params: { assetId: northTruck } }),
    await who.get(orderPage, "/", { params: { orderId: order } }),
  ];
  const track = {
    stage: "vendor",
    passed: [{ stage: "received" }, { stage: "diagnosing" }, { stage: "vendor", at: world.clock.now() }],
    ahead: ["in-work", "ready"],
  };
  const [front, unit, own] = await pages(mine);
  expect(front?.body).toMatchObject({ orders: [{ id: order, track }] });
  expect(unit?.body).toMatchObject({ orders: [{ id: order, track }], history: { rows: [] }, status: { status: "waiting" } });
  expect(own?.body).toMatchObject({
    order: {
      track,
      jobs: [
        { complaint: "Brakes", correction: "" },
        { complaint: "Brakes pull", correction: "" },
      ],
    },
  });
  const secrets = new RegExp(`cost|4321|margin|${INSIDE}|A secret of the shop|Relined them`);
  for (const page of [front, unit, own]) expect(JSON.stringify(page?.body)).not.toMatch(secrets);
  const foreign = await pages(theirs);
  expect(foreign.map(({ status }) => status)).toEqual([200, 404, 404]);
  expect(JSON.stringify(foreign[0]?.body)).not.toContain(order);

  await changeWorkOrder(staff, order, toProgress);
  await finish(it, order);
  const done = await pages(mine);
  expect(done[1]?.body).toMatchObject({
    orders: [{ track: { stage: "ready" } }],
    history: { rows: [{ id: order, jobs: [{ correction: "Relined them" }, { correction: "Relined them" }] }] },
  });
  expect(JSON.stringify(done.map(({ body }) => body))).not.toMatch(/cost|4321|A secret of the shop|Charge the usual/);

  // A contact who can neither see documents nor request service sees vehicles only.
  await shop.db.batch([shop.db.update(contacts, { mayDocuments: false, mayService: false }, eq(contacts.email, renee.email))]);
  const [bare, bareUnit, refused] = await pages(mine);
  expect(bare?.body).toMatchObject({ orders: [], estimates: [], owed: [] });
  expect(bareUnit?.body).toMatchObject({ orders: [], history: null, deferred: [] });
  expect(refused?.status).toBe(403);
});

test("a unit's page shows its location and live data until the shop turns sharing off", async () => {
  const it = await setUp();
  const { world, shop, northTruck, northTracker, southTracker, now, renee } = it;
  const faults = [{ spn: 110, fmi: 0, occurrenceCount: 1 }];
  await it.ingest(reading(northTracker, now - MINUTE, { odometerMeters: 5_000, faults }), reading(southTracker, now - MINUTE));
  const browser = await it.visitor(renee);
  const page = async () => (await browser.get(unitPage, "/", { params: { assetId: northTruck } })).body;
  expect(await page()).toMatchObject({
    unit: { tracked: true, shared: true },
    picture: { units: [{ assetId: northTruck, odometerMeters: 5_000, faults: [{ fault: { spn: 110 } }] }] },
  });
  await shop.share({ asset: northTruck, shares: false });
  await shop.applyRoster();
  expect(await page()).toMatchObject({ unit: { tracked: true, shared: false }, picture: { units: [] } });
  expect((await browser.get(homePage, "/portal")).body).toMatchObject({ fleet: { units: [{ id: northTruck, shared: false }] } });
  await world.settle();
});

test("a customer never gets a tracker's id, neither with a page nor over the socket", async () => {
  const it = await setUp();
  const { shop, northTruck, northTracker, now, renee } = it;
  await it.ingest(reading(northTracker, now - MINUTE, { odometerMeters: 5_000 }));
  const browser = await it.visitor(renee);
  const at = { params: { assetId: northTruck } };
  const pages = [(await browser.get(homePage, "/portal")).body, (await browser.get(unitPage, "/", at)).body, (await browser.get(requestForm, "/", at)).body];
  const live = await watch(shop, renee.email, "customer");
  const first = await live.soFar();
  await it.ingest(reading(northTracker, now));
  const later = await live.soFar();
  // The page's first data equals what the socket sends for the same unit.
  const picture = (pages[0] as { fleet: { picture: unknown } }).fleet.picture; // the loader's data
  expect(first).toMatchObject([{ type: "sync", visible: [northTruck], ...(picture as object) }]);
  expect(picture).toEqual({ seq: expect.any(Number), units: first.flatMap((message) => (message.type === "sync" ? message.units : [])) });
  expect(later).toMatchObject([{ type: "moved", units: [{ assetId: northTruck, recordedAt: now }] }]);
  for (const sent of [...pages, ...first, ...later]) {
    expect(JSON.stringify(sent)).not.toContain(JSON.stringify(northTracker));
    expect(JSON.stringify(sent)).not.toMatch(/device(Id|Code)/);
  }
});

test("a service request sent twice makes one draft order, records the meter, and notifies the shop live and by email", async () => {
  const it = await setUp();
  const { world, shop, staff, northTruck, southTruck, renee } = it;
  const browser = await it.visitor(renee);
  const params = { params: { assetId: northTruck } };
  const id = newId("workOrder");
  const form = { id, complaint: "Coolant smell\nin the cab", urgency: "do-not-drive", preferredDay: "", reading: "12,000", fault: "SPN 110 FMI 0" };
  const desk = await openSocket<BoardMessage>(`board-room/${shop.id}?as=staff`, (await shop.session(shop.ownerEmail, "staff")).cookie);
  await desk.soFar();
  expect(await browser.post(askFor, "/", { ...form, urgency: "" }, params)).toMatchObject({
    status: 422,
    body: { problem: { fields: { urgency: expect.any(String) }, values: { complaint: form.complaint } } },
  });
  for (let again = 0; again < 2; again++) expect((await browser.post(askFor, "/", form, params)).location).toBe(paths.customer.order(id));
  expect((await desk.soFar()).filter((message) => message.type === "changed" && message.id === id)).toHaveLength(1);
  await world.drainOutbox(shop);
  const record = await readOrderRecord(staff, id);
  expect(record?.order).toMatchObject({ state: "draft", title: "Coolant smell", customerId: it.north.id, jobs: [{ complaint: form.complaint, lines: [] }] });
  expect(record?.facts.request).toMatchObject({ by: "Renee", urgency: "do-not-drive", fault: "SPN 110 FMI 0", reading: { displayValue: 12_000 } });
  expect(record?.activity.map(({ event, who }) => [event, who])).toEqual([["work-order.opened", "Renee"]]);
  expect((await readUnitRecord(staff.db, northTruck))?.meters.odometer).toMatchObject({ source: "reported by Renee", value: 12_000_000 });
  const mails = (await world.mail(shop.ownerEmail)).filter(({ subject }) => subject.startsWith("Service request from"));
  expect(mails.map(({ text }) => text)).toEqual([expect.stringContaining("in the cab")]);
  expect((await browser.get(orderPage, "/", { params: { orderId: id } })).body).toMatchObject({ order: { track: { stage: "received" } }, mayAdd: true });

  // A script that sends request after request is stopped, and the typed values stay.
  for (const key of quotaKeys("mail", (await shop.as(renee)).db.scope)) await exhaustQuota(world.env.DIRECTORY, "mail", key, world.clock.now());
  expect(await browser.post(askFor, "/", { ...form, id: newId("workOrder") }, params)).toMatchObject({
    status: 429,
    body: { problem: { values: { complaint: form.complaint } } },
  });
  world.clock.pass(HOUR);

  // Refuses another customer's unit, another customer's order id, and a contact without the right.
  expect((await browser.post(askFor, "/", { ...form, id: newId("workOrder") }, { params: { assetId: southTruck } })).status).toBe(404);
  expect((await browser.get(requestForm, "/", { params: { assetId: southTruck } })).status).toBe(404);
  const foreign = newId("workOrder");
  await openWorkOrder(staff, { id: foreign, assetId: southTruck, complaint: "Theirs", lead: null, promisedAt: null, purchaseOrder: null, asDraft: false });
  await browser.post(askFor, "/", { ...form, id: foreign }, params);
  expect((await readOrderRecord(staff, foreign))?.order.title).toBe("Theirs");
  expect((await browser.get(orderPage, "/", { params: { orderId: foreign } })).status).toBe(404);
  await shop.db.batch([shop.db.update(contacts, { mayService: false }, eq(contacts.email, renee.email))]);
  expect((await browser.post(askFor, "/", { ...form, id: newId("workOrder") }, params)).status).toBe(403);
  expect((await browser.get(requestForm, "/", params)).status).toBe(403);
});

test("opens shared files of the customer's own records, and no internal, hidden or foreign ones", async () => {
  const it = await setUp();
  const { shop, world, renee, other, northTruck } = it;
  const order = await opened(it);
  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1]);
  const keep = async (services: Parameters<typeof addFile>[0], record: { kind: "workOrder" | "asset"; id: string }, audiences: readonly "customer"[] = []) => {
    const id = newId("attachment");
    const content = (async function* () {
      yield png;
    })();
    expect((await addFile(services, { id, record, name: "a.png", audiences, content })).ok).toBe(true);
    return id;
  };
  const asRenee = await shop.as(renee);
  const shared = await keep(it.staff, { kind: "workOrder", id: order }, ["customer"]);
  const inside = await keep(it.staff, { kind: "workOrder", id: order });
  const own = await keep(asRenee, { kind: "asset", id: northTruck });
  const [mine, theirs] = [await it.visitor(renee), await it.visitor(other)];
  const openFile = async (who: typeof mine, attachmentId: string) => (await who.get(file, "/", { params: { attachmentId } })).status;
  expect([await openFile(mine, shared), await openFile(mine, own), await openFile(mine, inside)]).toEqual([200, 200, 404]);
  expect([await openFile(theirs, shared), await openFile(theirs, own), await openFile(theirs, inside)]).toEqual([404, 404, 404]);
  expect((await hideAttachment(it.staff, own, "Wrong truck")).ok).toBe(true);
  expect(await openFile(mine, own)).toBe(404);
  await world.settle();
});

test("emails contacts when a unit is ready unless they turned it off, and a changed name reaches the membership", async () => {
  const it = await setUp();
  const { world, shop, staff, renee } = it;
  const completesOrder = async (to: string) => (await world.mail(to)).filter(({ subject }) => subject.includes("is ready"));
  const completed = async () => {
    const order = await opened(it);
    await changeWorkOrder(staff, order, toProgress);
    await finish(it, order);
    return order;
  };
  const first = await completed();
  expect((await completesOrder(renee.email)).map(({ text }) => text)).toEqual([expect.stringContaining(paths.customer.order(first))]);

  const browser = await it.visitor(renee);
  const form = { version: "1", name: "Renee Okafor", phone: "", estimate: "on", invoice: "on", payment: "on", statement: "on", reminder: "on" };
  expect((await browser.post(saveSettings, "/", { ...form, name: " " })).status).toBe(422);
  expect((await browser.post(saveSettings, "/", form)).body).toMatchObject({ done: "Settings saved." });
  expect((await browser.post(saveSettings, "/", form)).status).toBe(409);
  const page = (await browser.get(settings, "/")).body;
  expect(page).toMatchObject({
    own: { name: "Renee Okafor", muted: ["ready", "defects", "faults", "maintenance"] },
    events: ["estimate", "invoice", "ready", "defects", "faults", "maintenance", "payment", "statement", "reminder"].map((event) => ({ event })),
    always: expect.arrayContaining([{ label: "Sign-in links", why: expect.any(String) }]),
    people: [{ isSelf: true }],
  });
  expect(JSON.stringify(page)).not.toContain(it.other.email);
  expect((await shop.membershipOf(renee.email, "customer")).name).toBe("Renee Okafor");
  await completed();
  expect(await completesOrder(renee.email)).toHaveLength(1);
  expect(await contactRecipients(shop.db, it.north.id, "ready")).toEqual([]);
  expect((await contactRecipients(shop.db, it.north.id, "estimate")).map(({ email }) => email)).toEqual([renee.email]);
  await shop.db.batch([shop.db.update(contacts, { mayDecide: false }, eq(contacts.email, renee.email))]);
  expect(await contactRecipients(shop.db, it.north.id, "estimate")).toEqual([]);
});
