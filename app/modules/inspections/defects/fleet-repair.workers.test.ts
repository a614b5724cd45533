import { beforeAll, expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { HOUR } from "~/kernel/time";
import { contacts } from "~/modules/customers/customer.tables";
import { draftInvoice } from "~/modules/invoices/draft-invoice.server";
import { readInvoiceRecord } from "~/modules/invoices/invoice-record.read.server";
import { issueInvoice } from "~/modules/invoices/issue-invoice.server";
import { completeOrder } from "~/modules/vendor-jobs/complete-order.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { recordLineDecision } from "~/modules/work-orders/lines/record-line-decision.server";
import { readConditions } from "~/queries/inspections.server";
import { readBoard } from "~/queries/staff/board.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { shownOn } from "../../../../tests/world/forms";
import { pagesOf } from "../../../../tests/world/pages";
import type { Customer, Shop } from "../../../../tests/world/shop";
import { createWorld, type World } from "../../../../tests/world/world";
import { fileReport } from "../inspections.fixtures";
import { addDefectsToOrders } from "./add-defects-to-order.server";
import { certifyDefects } from "./certify-defects.server";

let world: World;
let shop: Shop;
let staff: Awaited<ReturnType<Shop["asStaff"]>>;
let fleet: Customer;
let driver: Awaited<ReturnType<Shop["driver"]>>;
let mechanic: Awaited<ReturnType<Shop["as"]>>;
let cookies: { staff: string; customer: string };

beforeAll(async () => {
  world = await createWorld({ now: "2030-03-01T18:00:00Z" });
  shop = await world.shop();
  staff = await shop.asStaff();
  fleet = await shop.customer();
  driver = await shop.driver({ customer: fleet });
  await shop.db.batch([
    shop.db.insert(contacts, {
      id: newId("contact"),
      customerId: fleet.id,
      name: "Joe",
      email: fleet.email,
      mayCertify: true,
      version: 1,
      createdAt: world.clock.now(),
    }),
  ]);
  mechanic = await shop.as(fleet);
  cookies = { staff: (await shop.session(shop.ownerEmail, "staff")).cookie, customer: (await shop.session(fleet.email, "customer")).cookie };
});

/** A unit with an unsafe tire and a horn, both jobs of an order that is being worked on. */
async function repairing() {
  const asset = await shop.asset({ customer: fleet });
  const { defects } = await fileReport(shop, { customer: fleet, driver, asset, defects: [{ severity: "safety" }, { part: "horn", problem: "not-working" }] });
  const [tire, horn] = defects as [Id<"defect">, Id<"defect">];
  const order = newId("workOrder");
  expect((await addDefectsToOrders(staff, [{ defectIds: [tire, horn], workOrderId: order }])).ok).toBe(true);
  for (const job of await jobsOf(order)) {
    const lines = job.lines.map((line) => ({ ...line, each: toCents(100_00) }));
    expect((await changeWorkOrder(staff, order, { intent: "save-job", seen: 99, job: { ...job, lines, correction: "Done" } })).ok).toBe(true);
  }
  await changeWorkOrder(staff, order, { intent: "move", seen: 99, to: "in-progress", holdReason: null });
  return { asset, order, tire, horn, jobOfTire: async () => (await jobsOf(order)).find(({ complaint }) => complaint.startsWith("Tires")) };
}
const jobsOf = async (id: Id<"workOrder">) => (await readOrderRecord(staff, id))?.order.jobs ?? [];
const certify = async (id: Id<"defect">, round = 1) => {
  world.clock.pass(HOUR);
  const signed = await certifyDefects(mechanic, [{ id, round }], { outcome: "repaired", reason: "Own tire", signedName: "Joe Wrench" });
  expect(signed).toEqual({ ok: true, value: { signed: 1 } });
};
const onBoard = async (id: Id<"workOrder">) => (await readBoard(staff.db, world.clock.now())).find((card) => card.id === id)?.fleetRepaired;
const complete = (id: Id<"workOrder">) => completeOrder(staff, id, { seen: 99, why: "No estimate" });
const page = async (as: keyof typeof cookies, path: string, form?: Record<string, string>) =>
  (await pagesOf(world.context))(
    new Request(`http://localhost${path}`, {
      headers: { Cookie: cookies[as], Origin: "http://localhost", "Sec-Fetch-Site": "same-origin" },
      ...(form ? { method: "POST", body: new URLSearchParams(form) } : {}),
    }),
  );
const text = async (answer: Response) => (await answer.text()).replaceAll("<!-- -->", "").replaceAll("&quot;", '"').replaceAll("&#x27;", "'");

test("what the fleet repaired itself is shown on board, order, unit, map and portal, and the order is not completed until the job is removed", async () => {
  const { asset, order, tire, jobOfTire } = await repairing();
  expect(await onBoard(order)).toBe(false);
  expect((await readConditions(staff.db)).get(asset)).toBe("do-not-operate");
  await certify(tire);

  expect(await onBoard(order)).toBe(true);
  expect(await text(await page("staff", paths.staff.board))).toContain("Fleet repaired it: decide about the job");
  const shown = await page("staff", paths.staff.order(order));
  const forms = (await shownOn(shown.clone())).forms.map(({ intent }) => intent);
  expect(forms).toEqual(expect.arrayContaining(["remove-job", "keep-job"]));
  expect(await text(shown)).toContain('certified "Tires: worn" as repaired');
  // The horn is still to be repaired; nothing bars the unit anymore.
  expect((await readConditions(staff.db)).get(asset)).toBe("open-defects");
  expect(await text(await page("staff", paths.staff.asset(asset)))).toContain("Repaired, signed by Joe Wrench for");
  expect(await text(await page("customer", paths.customer.order(order)))).toContain("Your own mechanic certified: Tires: worn");
  expect(await complete(order)).toMatchObject({
    ok: false,
    error: { kind: "not-allowed", message: expect.stringContaining("Remove the job from this order, or keep it") },
  });

  const job = await jobOfTire();
  const removed = await page("staff", paths.staff.order(order), {
    intent: "remove-job",
    version: String(job?.version),
    job: job?.id ?? "",
    why: "The fleet did it",
  });
  expect(removed.status).toBe(200);
  expect((await jobsOf(order)).map(({ complaint }) => complaint)).toEqual(["Horn: not working"]);
  expect(await onBoard(order)).toBe(false);
  expect(await text(await page("staff", paths.staff.order(order)))).toContain("The fleet did it");
  expect(await text(await page("customer", paths.customer.order(order)))).not.toContain("Your own mechanic");
  expect((await complete(order)).ok).toBe(true);
});

test("an approved job of it is removed with a reason, and its approval goes with it", async () => {
  const { order, tire, jobOfTire } = await repairing();
  const line = (await jobOfTire())?.lines[0]?.id ?? newId("line");
  const decided = await recordLineDecision(staff, order, { lineId: line, outcome: "approved", how: "phone", by: "Rita", reason: "" });
  expect(decided.ok).toBe(true);
  await certify(tire);
  expect(await onBoard(order)).toBe(true);
  const jobId = (await jobOfTire())?.id ?? newId("job");
  expect(await changeWorkOrder(staff, order, { intent: "remove-job", seen: 99, jobId })).toMatchObject({ error: { kind: "line-authorized" } });
  expect((await changeWorkOrder(staff, order, { intent: "remove-job", seen: 99, jobId, why: "The fleet did it" })).ok).toBe(true);
  expect((await readOrderRecord(staff, order))?.authorization.authorized).toBe(0);
  expect(await onBoard(order)).toBe(false);
});

test("kept with a reason, the job is billed; the reason stays on the order, and a form sent twice keeps it once", async () => {
  const { order, tire, horn } = await repairing();
  await certify(tire);
  const keep = { intent: "keep-job", defect: tire, round: "1" };
  expect((await page("staff", paths.staff.order(order), { ...keep, why: "" })).status).toBe(422);
  for (const _twice of [1, 2]) expect((await page("staff", paths.staff.order(order), { ...keep, why: "We fitted it" })).status).toBe(200);
  expect(await onBoard(order)).toBe(false);
  const reasons = (await readOrderRecord(staff, order))?.activity.filter(({ detail }) => detail === "We fitted it");
  expect(reasons).toHaveLength(1);
  // Of a defect that nobody certified there is nothing to decide.
  expect((await page("staff", paths.staff.order(order), { ...keep, defect: horn, why: "x" })).status).toBe(409);
  expect((await complete(order)).ok).toBe(true);
});

test("a driver who rejects the fleet's repair gives the job back to the shop, and another certification asks again", async () => {
  const { asset, order, tire } = await repairing();
  await certify(tire);
  world.clock.pass(HOUR);
  await fileReport(shop, { customer: fleet, driver, asset, reviews: [{ defectId: tire, round: 1, outcome: "rejected", reason: "Flat" }] });
  expect(await onBoard(order)).toBe(false);
  expect((await readConditions(staff.db)).get(asset)).toBe("do-not-operate");
  await certify(tire, 2);
  expect(await onBoard(order)).toBe(true);
});

test("certified once the order was completed, it isn't billed before the shop decides", async () => {
  const { order, tire, horn } = await repairing();
  expect((await complete(order)).ok).toBe(true);
  await certify(tire);
  expect(await onBoard(order)).toBe(true);
  const invoice = newId("invoice");
  expect((await draftInvoice(staff, { id: invoice, customerId: fleet.id, orders: [order] })).ok).toBe(true);
  const why = expect.stringMatching(/^WO-\d+: .* certified "Tires: worn" as repaired/);
  expect((await readInvoiceRecord(staff.db, invoice, world.clock.now()))?.allowed.issue).toEqual(why);
  const issue = () => issueInvoice(staff, invoice, { terms: "receipt", why: "Agreed on the phone" });
  expect(await issue()).toMatchObject({ ok: false, error: { kind: "not-allowed", message: why } });
  expect((await page("staff", paths.staff.order(order), { intent: "keep-job", defect: tire, round: "1", why: "We fitted it" })).status).toBe(200);
  expect((await issue()).ok).toBe(true);
  // What is billed is decided.
  await certify(horn);
  expect(await onBoard(order)).toBeUndefined();
});

test("the shop's own certification asks nobody", async () => {
  const { order, tire } = await repairing();
  expect((await certifyDefects(staff, [{ id: tire, round: 1 }], { outcome: "repaired", reason: "", signedName: "Sam Ode" })).ok).toBe(true);
  expect(await onBoard(order)).toBe(false);
});
