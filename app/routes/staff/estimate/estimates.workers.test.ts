import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { toBasisPoints, toCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { DAY, dayOf, later } from "~/kernel/time";
import { addContact } from "~/modules/customers/contacts/change-contacts.server";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import { changeShopRules } from "~/modules/organizations/shop-rules/change-shop-rules.server";
import { firstRules } from "~/modules/organizations/shop-rules/shop-rules";
import { saveCannedJob } from "~/modules/work-orders/canned-jobs/save-canned-job.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { browserIn } from "../../../../tests/world/browser";
import { addJob, draftEstimate, offered, partLine, phoneAnswer, sendEstimate, writtenOrder } from "../../../../tests/world/estimates";
import { createWorld } from "../../../../tests/world/world";
import { loader as assetPage } from "../asset/route";
import { loader as boardPage } from "../board";
import { loader as customerPage } from "../customer/route";
import { loader as newEstimatePage, action as startEstimate } from "../new-estimate";
import { action as changeOrder, loader as orderPage } from "../work-order/route";
import { loader as jobPage, action as saveJob } from "../work-order-job";
import { loader as sheetPage } from "../work-order-sheet";
import { loader as ordersPage } from "../work-orders";
import { action as changeDraft, loader as estimatePage } from "./route";

/** What a part costs the shop, in cents, and how a page would contain it: as cents or as a field's text. */
const COST = 31_37;
const COST_TEXT = /3137|31\.37/;

const part = (id = newId("line")) => partLine("Hose", 50_00, { id, cost: toCents(COST) });

/** An order with a draft, an estimate that was declined, and a job on neither, each with a part whose cost is known. */
async function setUp() {
  const world = await createWorld();
  const shop = await world.shop();
  const customer = await shop.customer();
  const asset = await shop.asset({ customer });
  const owner = await shop.asStaff();
  const jobs = ["Air leak", "Leaks at the front", "Leaks at the rear"].map((complaint) => ({ complaint, lines: [part()] }));
  const { id: order, jobs: written } = await writtenOrder(owner, asset, jobs);
  const [job = expect.fail(), first = expect.fail(), second = expect.fail()] = written;
  const draft = await draftEstimate(owner, order, [offered(first)], { title: "Hoses" });
  const answered = await draftEstimate(owner, order, [offered(second)], { title: "More hoses" });
  await sendEstimate(owner, answered);
  const declined = { ...phoneAnswer, answer: { ...phoneAnswer.answer, choice: { kind: "decline" } } } as const;
  expect((await changeEstimate(owner, answered, { intent: "answer", revision: 1, ...declined })).ok).toBe(true);
  const email = `tech@${shop.id.slice(-8)}.test`;
  await shop.person("staff", email);
  const as = async (who: string) => {
    const browser = browserIn(world);
    browser.jar.set("__Host-staff", (await shop.session(who, "staff")).cookie.split("=")[1] ?? "");
    return browser;
  };
  return { world, shop, customer, asset, owner, order, job, first, draft, answered, technician: await as(email), manager: await as(shop.ownerEmail) };
}

test("a technician sees prices on every page and costs on none", async () => {
  const { customer, asset, order, job, draft, answered, technician, manager } = await setUp();
  const pages = [
    [orderPage, { orderId: order }],
    [jobPage, { orderId: order, jobId: job.id }],
    [sheetPage, { orderId: order }],
    [assetPage, { assetId: asset }],
    [estimatePage, { estimateId: draft }],
    [estimatePage, { estimateId: answered }],
    [newEstimatePage, {}, `/?order=${order}`],
    [newEstimatePage, {}, `/?unit=${asset}`],
    [customerPage, { customerId: customer.id }],
    [boardPage, {}],
    [ordersPage, {}],
  ] as const;
  const withCosts = new Set<unknown>();
  for (const [page, params, path = "/"] of pages) {
    const seen = await technician.get(page, path, { params });
    expect(seen.status).toBe(200);
    expect(JSON.stringify(seen.body)).not.toMatch(COST_TEXT);
    if (COST_TEXT.test(JSON.stringify((await manager.get(page, path, { params })).body))) withCosts.add(page);
  }
  // Pages do hold costs for the manager; the printed sheet for the truck holds none for anyone.
  expect(withCosts).toEqual(new Set([orderPage, jobPage, assetPage, estimatePage, newEstimatePage]));
});

test("a technician's edits keep existing costs and set none", async () => {
  const { owner, order, job, technician, world } = await setUp();
  await changeShopRules(
    { db: owner.db, clock: world.clock },
    { seen: 0, rules: { ...firstRules, laborRates: [{ name: "Shop", perHour: toCents(145_00) }], markups: [{ upTo: null, markup: toBasisPoints(10_000) }] } },
  );
  const [known, fresh] = [job.lines[0]?.id ?? "", newId("line")];
  const row = (at: number, id: string, more: Record<string, string>) =>
    Object.fromEntries(Object.entries({ id, kind: "part", quantity: "1", ...more }).map(([name, value]) => [`line-${at}-${name}`, value]));
  const form = {
    version: "99",
    technician: "",
    complaint: "Air leak",
    cause: "Chafed",
    correction: "Replaced",
    ...row(0, known, { text: "Hose, longer", each: "55.00", cost: "0.01" }),
    ...row(1, fresh, { text: "Clamp", cost: "500.00" }),
  };
  const saved = await technician.post(saveJob, "/", form, { params: { orderId: order, jobId: job.id } });
  expect(saved.location).toBe(paths.staff.order(order));
  const lines = (await readOrderRecord(owner, order))?.order.jobs.find(({ id }) => id === job.id)?.lines;
  expect(lines).toMatchObject([
    { text: "Hose, longer", each: 55_00, cost: COST },
    // A price is not calculated from a cost that is not accepted.
    { text: "Clamp", each: 0, cost: null },
  ]);

  // A canned job brings its own costs, no matter who adds it.
  const cannedJobId = newId("cannedJob");
  const canned = await saveCannedJob(
    owner,
    { id: cannedJobId, name: "Hose", complaint: "Hose", correction: "", vmrs: null, options: null, lines: [part()] },
    0,
  );
  expect(canned.ok).toBe(true);
  const added = newId("job");
  expect((await technician.post(changeOrder, "/", { intent: "canned", job: added, canned: cannedJobId }, { params: { orderId: order } })).body).toMatchObject({
    problem: null,
  });
  expect((await readOrderRecord(owner, order))?.order.jobs.find(({ id }) => id === added)?.lines).toMatchObject([{ cost: COST }]);
});

test("sending an estimate reports who gets it, or that no one can read it", async () => {
  const { shop, customer, first, draft, manager, world, owner } = await setUp();
  const params = { estimateId: draft };
  const send = (total = "5000") => manager.post(changeDraft, "/", { intent: "send", version: "99", total }, { params });
  // A mistyped year is reported at its field, and the typed values are kept.
  const head = { intent: "save", version: "99", title: "Hoses", note: "", insideNote: "", validThrough: "9999-12-31" };
  expect(await manager.post(changeDraft, "/", head, { params })).toMatchObject({
    status: 422,
    body: { problem: { fields: { validThrough: expect.stringMatching(/more than 2 years ahead/) }, values: { validThrough: "9999-12-31" } } },
  });
  // Nor is another total sent than the one that the page showed.
  expect(await send("4000")).toMatchObject({ status: 409, body: { problem: { message: expect.stringContaining("the total is $50.00 now") } } });
  expect((await send()).body).toMatchObject({ problem: null, tone: "amber", done: expect.stringMatching(/^No one was emailed/) });
  const email = `gil@${shop.id.slice(-8)}.test`;
  expect((await addContact(owner, { customerId: customer.id, name: "Gil", email })).ok).toBe(true);
  await world.drainOutbox(shop);
  expect((await manager.post(changeDraft, "/", { intent: "revise" }, { params })).status).toBe(200);
  const saved = {
    ...head,
    validThrough: dayOf(later(world.clock.now(), 30 * DAY), "UTC"),
    [`line-${first.lines[0]?.id}`]: "on",
    [`recommendation-${first.id}`]: "Replace it",
  };
  expect(await manager.post(changeDraft, "/", saved, { params })).toMatchObject({ status: 200, body: { problem: null, done: "Draft saved." } });
  expect((await send()).body).toMatchObject({ problem: null, tone: "green", done: `Estimate sent to ${email}.` });
});

test("an order's page begins an estimate with its open lines, sends it with the total that was shown, and a double submit makes one", async () => {
  const { asset, owner, manager } = await setUp();
  const lines = [part(), part()];
  const { id: order, jobs } = await writtenOrder(owner, asset, [{ lines }]);
  const page = await manager.get(newEstimatePage, `/?order=${order}`);
  expect(page.body).toMatchObject({ order: { chosen: Object.fromEntries(lines.map(({ id }) => [`line-${id}`, "on"])) }, maySend: true });
  const validThrough = (page.body as { validThrough: string }).validThrough; // the loader's data
  const form = { intent: "create", id: newId("estimate"), order, title: "Hoses", note: "", insideNote: "", validThrough, deposit: "" };
  expect(await manager.post(startEstimate, "/", form)).toMatchObject({
    status: 422,
    body: { problem: { fields: { lines: expect.stringMatching(/at least one line/) } } },
  });
  const chosen = { ...form, [`line-${lines[0]?.id}`]: "on", [`recommendation-${jobs[0]?.id}`]: "Replace it", next: "send", total: "5000" };
  for (let again = 0; again < 2; again++) expect((await manager.post(startEstimate, "/", chosen)).location).toContain(paths.staff.estimate(form.id));
  expect((await manager.get(estimatePage, "/", { params: { estimateId: form.id } })).body).toMatchObject({
    estimate: { revisions: [{ state: "sent", offer: { snapshot: { groups: [{ recommendation: "Replace it", lines: [{ id: lines[0]?.id }] }] } } }] },
  });
  // What is left is what the next one begins with.
  expect((await manager.get(newEstimatePage, `/?order=${order}`)).body).toMatchObject({ order: { chosen: { [`line-${lines[1]?.id}`]: "on" } } });
});

test("a technician saves a draft and doesn't send it, whatever the form asks for", async () => {
  const { asset, owner, technician, world } = await setUp();
  const validThrough = dayOf(later(world.clock.now(), 30 * DAY), "UTC");
  const { id: order, jobs } = await writtenOrder(owner, asset, [{ lines: [part()] }]);
  const form = {
    intent: "create",
    id: newId("estimate"),
    order,
    title: "Hoses",
    note: "",
    insideNote: "",
    validThrough,
    deposit: "",
    next: "send",
    total: "5000",
  };
  const chosen = { ...form, [`line-${jobs[0]?.lines[0]?.id}`]: "on" };
  const saved = await technician.post(startEstimate, "/", chosen);
  expect(saved.location).toBe(paths.staff.estimate(form.id));
  const page = await technician.get(estimatePage, "/", { params: { estimateId: form.id } });
  expect(page.body).toMatchObject({ estimate: { revisions: [{ state: "draft" }] }, maySend: false });
  const send = { intent: "send", version: "1", total: "5000" };
  expect((await technician.post(changeDraft, "/", send, { params: { estimateId: form.id } })).status).toBe(403);
});

test("a quote on a unit opens a draft order with the declined work that was chosen", async () => {
  const { asset, owner, manager } = await setUp();
  const page = await manager.get(newEstimatePage, `/?unit=${asset}`);
  const [declined = expect.fail()] = (page.body as { deferred: { line: { id: string }; workOrderId: string }[] }).deferred; // the loader's data
  const order = newId("workOrder");
  const form = { intent: "open", order, unit: asset, complaint: "Quote for the hoses", [`again-${declined.line.id}`]: "on" };
  for (let again = 0; again < 2; again++) expect((await manager.post(startEstimate, "/", form)).location).toBe(`${paths.staff.newEstimate}?order=${order}`);
  const opened = (await readOrderRecord(owner, order))?.order;
  expect(opened?.state).toBe("draft");
  expect(opened?.jobs.flatMap(({ lines }) => lines.map(({ text, revivedFrom }) => [text, revivedFrom]))).toEqual([["Hose", declined.line.id]]);
  expect((await manager.get(newEstimatePage, `/?unit=${asset}`)).body).toMatchObject({ deferred: [] });
});

test("an estimate whose lines were edited since it was sent names them, and can be withdrawn with a reason", async () => {
  const { order, first, draft, owner, manager } = await setUp();
  await sendEstimate(owner, draft);
  await addJob(owner, order, { ...first, lines: first.lines.map((line) => ({ ...line, each: toCents(60_00) })) });
  const params = { estimateId: draft };
  expect((await manager.get(estimatePage, "/", { params })).body).toMatchObject({ differs: ["Hose"] });
  expect(await manager.post(changeDraft, "/", { intent: "withdraw", why: " " }, { params })).toMatchObject({
    status: 422,
    body: { problem: { fields: { why: expect.stringMatching(/Enter the reason/) } } },
  });
  expect((await manager.post(changeDraft, "/", { intent: "withdraw", why: "Too cheap" }, { params })).body).toMatchObject({ problem: null });
  expect((await manager.get(estimatePage, "/", { params })).body).toMatchObject({ differs: [], estimate: { revisions: [{ state: "withdrawn" }] } });
});
