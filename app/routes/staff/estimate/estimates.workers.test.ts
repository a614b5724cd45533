import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { toBasisPoints, toCents, toQuantity } from "~/kernel/money";
import { addContact } from "~/modules/customers/contacts/change-contacts.server";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import { createEstimate } from "~/modules/estimates/create-estimate.server";
import { newest } from "~/modules/estimates/estimate";
import { changeShopRules } from "~/modules/organizations/shop-rules/change-shop-rules.server";
import { firstRules } from "~/modules/organizations/shop-rules/shop-rules";
import { saveCannedJob } from "~/modules/work-orders/canned-jobs/save-canned-job.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { openWorkOrder } from "~/modules/work-orders/open-work-order.server";
import { readEstimateRecord } from "~/queries/staff/estimate-record.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { browserIn } from "../../../../tests/world/browser";
import { createWorld } from "../../../../tests/world/world";
import { loader as assetPage } from "../asset/route";
import { loader as boardPage } from "../board";
import { loader as customerPage } from "../customer/route";
import { loader as estimateJobPage, action as saveGroup } from "../estimate-job";
import { loader as newEstimatePage } from "../new-estimate";
import { action as changeOrder, loader as orderPage } from "../work-order/route";
import { loader as jobPage, action as saveJob } from "../work-order-job";
import { loader as sheetPage } from "../work-order-sheet";
import { loader as ordersPage } from "../work-orders";
import { action as changeDraft, loader as estimatePage } from "./route";

/** What a part costs the shop, in cents, and how a page would contain it: as cents or as a field's text. */
const COST = 31_37;
const COST_TEXT = /3137|31\.37/;

const part = (id = newId("line")) => ({
  id,
  kind: "part" as const,
  text: "Hose",
  partNumber: null,
  quantity: toQuantity(1_000),
  each: toCents(50_00),
  cost: toCents(COST),
  supplies: false,
});

/** An order, an estimate that was partly declined, and one that is a draft, each with a part whose cost is known. */
async function setUp() {
  const world = await createWorld();
  const shop = await world.shop();
  const customer = await shop.customer();
  const asset = await shop.asset({ customer });
  const owner = await shop.asStaff();
  const job = { id: newId("job"), complaint: "Leak", cause: "", correction: "", vmrs: null, technician: null, lines: [part()] };
  const order = newId("workOrder");
  await openWorkOrder(owner, { id: order, assetId: asset, complaint: "Air leak", lead: null, promisedAt: null, purchaseOrder: null, asDraft: false });
  await changeWorkOrder(owner, order, { intent: "save-job", seen: 1, job });
  const head = { title: "Hoses", note: "", insideNote: "", validThrough: "2099-03-20", deposit: null };
  const groups = [newId("job"), newId("job")].map((id) => ({ id, complaint: `Leak ${id}`, recommendation: "", together: false, lines: [part()] }));
  const [draft, answered] = [newId("estimate"), newId("estimate")];
  for (const id of [draft, answered]) {
    await createEstimate(owner, { id, assetId: asset, workOrderId: null, head, declined: [] });
    for (const group of groups) await changeEstimate(owner, id, { intent: "write-group", seen: 99, group: { ...group, id: newId("job"), lines: [part()] } });
  }
  await changeEstimate(owner, answered, { intent: "send", seen: 99 });
  const from = { who: "Joan", how: "phone", recordedBy: "Owner", email: null, ip: null, userAgent: null } as const;
  const given = { choice: { kind: "decline" }, note: "", purchaseOrder: "", notToExceed: null, drawn: null } as const;
  expect((await changeEstimate(owner, answered, { intent: "answer", revision: 1, answer: given, from })).ok).toBe(true);
  const email = `tech@${shop.id.slice(-8)}.test`;
  await shop.person("staff", email);
  const as = async (who: string) => {
    const browser = browserIn(world);
    browser.jar.set("__Host-staff", (await shop.session(who, "staff")).cookie.split("=")[1] ?? "");
    return browser;
  };
  return { world, shop, customer, asset, owner, order, job, draft, answered, technician: await as(email), manager: await as(shop.ownerEmail) };
}

test("a technician sees prices on every page and costs on none", async () => {
  const { customer, asset, owner, order, job, draft, answered, technician, manager } = await setUp();
  const group = newest((await readEstimateRecord(owner.db, draft))?.estimate ?? expect.fail()).content.groups[0]?.id ?? "";
  const pages = [
    [orderPage, { orderId: order }],
    [jobPage, { orderId: order, jobId: job.id }],
    [sheetPage, { orderId: order }],
    [assetPage, { assetId: asset }],
    [estimatePage, { estimateId: draft }],
    [estimatePage, { estimateId: answered }],
    [estimateJobPage, { estimateId: draft, jobId: group }],
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
  expect(withCosts).toEqual(new Set([orderPage, jobPage, assetPage, estimatePage, estimateJobPage]));
});

test("a technician's edits keep existing costs and set none", async () => {
  const { owner, order, job, draft, technician, world } = await setUp();
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
    complaint: "Leak",
    cause: "Chafed",
    correction: "Replaced",
    recommendation: "Replace it",
    ...row(0, known, { text: "Hose, longer", each: "55.00", cost: "0.01" }),
    ...row(1, fresh, { text: "Clamp", cost: "500.00" }),
  };
  const saved = await technician.post(saveJob, "/", form, { params: { orderId: order, jobId: job.id } });
  expect(saved.status).toBe(302);
  const lines = (await readOrderRecord(owner, order))?.order.jobs.find(({ id }) => id === job.id)?.lines;
  expect(lines).toMatchObject([
    { text: "Hose, longer", each: 55_00, cost: COST },
    // A price is not calculated from a cost that is not accepted.
    { text: "Clamp", each: 0, cost: null },
  ]);

  const group = newest((await readEstimateRecord(owner.db, draft))?.estimate ?? expect.fail()).content.groups[0] ?? expect.fail();
  const written = await technician.post(
    saveGroup,
    "/",
    { ...form, ...row(0, group.lines[0]?.id ?? "", { text: "Hose, longer", each: "55.00", cost: "0.01" }) },
    { params: { estimateId: draft, jobId: group.id } },
  );
  expect(written.status).toBe(302);
  expect(newest((await readEstimateRecord(owner.db, draft))?.estimate ?? expect.fail()).content.groups[0]?.lines).toMatchObject([
    { text: "Hose, longer", cost: COST },
    { text: "Clamp", cost: null },
  ]);

  // A canned job brings its own costs, no matter who adds it.
  const cannedJobId = newId("cannedJob");
  const canned = await saveCannedJob(owner, { id: cannedJobId, name: "Hose", complaint: "Hose", correction: "", vmrs: null, lines: [part()] }, 0);
  expect(canned.ok).toBe(true);
  const added = newId("job");
  expect((await technician.post(changeOrder, "/", { intent: "canned", job: added, canned: cannedJobId }, { params: { orderId: order } })).body).toMatchObject({
    problem: null,
  });
  expect((await readOrderRecord(owner, order))?.order.jobs.find(({ id }) => id === added)?.lines).toMatchObject([{ cost: COST }]);
});

test("sending an estimate reports who gets it, or that no one can read it", async () => {
  const { shop, customer, draft, manager, world, owner } = await setUp();
  const params = { estimateId: draft };
  const send = () => manager.post(changeDraft, "/", { intent: "send", version: "99" }, { params });
  // A mistyped year is reported at its field, and the typed values are kept.
  const head = { intent: "head", version: "99", title: "Hoses", note: "", insideNote: "", validThrough: "9999-12-31" };
  expect(await manager.post(changeDraft, "/", head, { params })).toMatchObject({
    status: 422,
    body: { problem: { fields: { validThrough: expect.stringMatching(/more than 2 years ahead/) }, values: { validThrough: "9999-12-31" } } },
  });
  expect((await send()).body).toMatchObject({ problem: null, tone: "amber", done: expect.stringMatching(/^No one was emailed/) });
  const email = `gil@${shop.id.slice(-8)}.test`;
  expect((await addContact(owner, { customerId: customer.id, name: "Gil", email })).ok).toBe(true);
  await world.drainOutbox(shop);
  expect((await manager.post(changeDraft, "/", { intent: "revise" }, { params })).status).toBe(200);
  expect((await send()).body).toMatchObject({ problem: null, tone: "green", done: `Estimate sent to ${email}.` });
});
