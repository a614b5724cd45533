import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { toQuantity } from "~/kernel/money";
import { DAY, later } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { draftInvoice } from "~/modules/invoices/draft-invoice.server";
import { issueInvoice } from "~/modules/invoices/issue-invoice.server";
import { stateOf } from "~/modules/telematics/fleet.view";
import { readPortalUnits } from "~/queries/customer/unit-list.server";
import { readFleet } from "~/queries/fleet.server";
import { partLine } from "./world/estimates";
import { completedOrder } from "./world/orders";
import { createWorld } from "./world/world";

async function setUp() {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const [customer, other] = [await shop.customer(), await shop.customer()];
  const [truck, trailer, foreign] = [await shop.asset({ customer }), await shop.asset({ customer }), await shop.asset({ customer: other })];
  const named = (id: typeof truck, set: Record<string, unknown>) => shop.db.update(assets, set, eq(assets.id, id));
  await shop.db.batch([
    named(truck, { unitNumber: "NL-101", vin: "1XKWD40X5JR812345", make: "Kenworth", model: "T680", year: 2019 }),
    named(trailer, { unitNumber: "NL-900", kind: "trailer", make: "Wabash" }),
    named(foreign, { unitNumber: "X-1", make: "Kenworth" }),
  ]);
  const [staff, mine] = [await shop.asStaff(), await shop.as(customer)];
  const list = (change: Partial<Parameters<typeof readPortalUnits>[1]> = {}) =>
    readPortalUnits(mine.db, { filter: "all", query: "", after: null, since: later(world.clock.now(), -365 * DAY), withSpend: true, ...change });
  const numbers = async (change: Parameters<typeof list>[0]) => (await list(change)).rows.map(({ unitNumber }) => unitNumber);
  return { world, shop, customer, truck, trailer, staff, mine, named, list, numbers };
}

test("a customer's units are found by number, VIN, make or model, and never another's", async () => {
  const { numbers } = await setUp();
  expect(await numbers({})).toEqual(["NL-101", "NL-900"]);
  expect(await numbers({ query: "812345" })).toEqual(["NL-101"]);
  expect(await numbers({ query: "kenw t680" })).toEqual(["NL-101"]);
  expect(await numbers({ query: "X-1" })).toEqual([]);
  expect(await numbers({ filter: "trailer" })).toEqual(["NL-900"]);
});

test("each unit shows where it is at the shop, its visits and what was billed for it in a year", async () => {
  const { shop, customer, truck, trailer, staff, named, list, numbers } = await setUp();
  const order = await completedOrder(staff, truck, [partLine("Drums", 100_00, { quantity: toQuantity(2_000) })]);
  const invoice = newId("invoice");
  await draftInvoice(staff, { id: invoice, customerId: customer.id, orders: [order] });
  expect((await issueInvoice(staff, invoice, { terms: "net-30", why: "Agreed at drop-off" })).ok).toBe(true);
  await shop.workOrder({ asset: truck, customer, state: "open" });
  await shop.db.batch([named(trailer, { outOfServiceAt: 1 })]);
  const { rows } = await list();
  expect(rows).toMatchObject([
    { unitNumber: "NL-101", visits: 1, spend: 200_00, status: { label: "Work order open" } },
    { unitNumber: "NL-900", visits: 0, spend: 0, status: { label: "Out of service" } },
  ]);
  expect((await list({ withSpend: false })).rows.map(({ spend }) => spend)).toEqual([null, null]);
  expect(await numbers({ filter: "out-of-service" })).toEqual(["NL-900"]);
});

test("the fleet list shows that a unit is out of service before how it moves", async () => {
  const { shop, trailer, mine, named } = await setUp();
  await shop.db.batch([named(trailer, { outOfServiceAt: 1 })]);
  const { units } = await readFleet(mine);
  const states = units.map((unit) => stateOf({ critical: false, motion: "moving", unit }).label);
  expect(states).toEqual(["Moving", "Out of service"]);
});
