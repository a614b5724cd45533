import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { toCents, toQuantity } from "~/kernel/money";
import { parseSearch } from "~/kernel/search-term";
import { toUtcMs } from "~/kernel/time";
import { saveAsset } from "~/modules/assets/save-asset.server";
import { saveCustomer } from "~/modules/customers/save-customer.server";
import { draftInvoice } from "~/modules/invoices/draft-invoice.server";
import { issueInvoice } from "~/modules/invoices/issue-invoice.server";
import { completedOrder } from "../../../tests/world/orders";
import type { Shop } from "../../../tests/world/shop";
import { createWorld } from "../../../tests/world/world";
import { readSearch } from "./search.server";

const VIN = "1XKAD49XX9J104233";
type Staff = Awaited<ReturnType<Shop["asStaff"]>>;

async function find(staff: Staff, text: string, withInvoices = true) {
  const term = parseSearch(text);
  if (!term) throw new Error("nothing to search for");
  const found = await readSearch(staff.db, { term, now: toUtcMs(staff.clock.now()), withInvoices });
  return {
    orders: found.orders.map(({ title }) => title),
    units: found.units.map(({ unitNumber }) => unitNumber),
    customers: found.customers.map(({ name }) => name),
    invoices: found.invoices.map(({ number }) => number),
  };
}

/** A shop with one customer, unit, billed order and its invoice, and an order of somebody else's. */
async function aShop(world: Awaited<ReturnType<typeof createWorld>>) {
  const shop = await world.shop();
  const staff = await shop.asStaff();
  const [customer, asset, invoice] = [newId("customer"), newId("asset"), newId("invoice")];
  const form = { name: "Northline Freight", email: "", phone: "(555) 010-2000 ext. 4", laborRate: "", taxCertificate: "", shares: true };
  await saveCustomer(staff, { id: customer, form, seen: null });
  const unit = { unitNumber: "Tr-77", kind: "truck", vin: VIN, plate: "ab 123-c", year: "", make: "", model: "", shares: true } as const;
  expect((await saveAsset(staff, { id: asset, form: unit, owner: customer })).ok).toBe(true);
  const part = {
    id: newId("line"),
    kind: "part",
    text: "Hose",
    partNumber: "P55-1315 b",
    quantity: toQuantity(1_000),
    each: toCents(4_000),
    cost: null,
  } as const;
  const order = await completedOrder(staff, asset, [{ ...part, supplies: true }], { complaint: "Air leak", purchaseOrder: "PO-4711" });
  await draftInvoice(staff, { id: invoice, customerId: customer, orders: [order] });
  expect((await issueInvoice(staff, invoice, { terms: "net-30" })).ok).toBe(true);
  await completedOrder(staff, await shop.asset({ customer: await shop.customer() }), [], { complaint: "Horn sticks" });
  return staff;
}

test("one box finds orders by number, PO, VIN, plate, part and customer, invoices by number, unit and PO, customers by phone, and units", async () => {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const [staff, other] = [await aShop(world), await (await world.shop()).asStaff()];
  const [number] = (await find(staff, "PO-4711")).invoices;
  const all = { orders: ["Air leak"], units: ["Tr-77"], customers: [], invoices: [number] };
  const unit = { ...all };
  for (const text of ["104233", "9J104233", "X9J104233", VIN, VIN.toLowerCase(), "AB123C", "ab-123", "tr-77", "TR-7"])
    expect([text, await find(staff, text)]).toEqual([text, unit]);
  for (const text of ["PO-4711", "po-47"]) expect([text, await find(staff, text)]).toEqual([text, { ...all, units: [] }]);
  for (const text of ["P551315B", "p55-1315"]) expect([text, await find(staff, text)]).toEqual([text, { ...all, units: [], invoices: [] }]);
  const customer = { orders: ["Air leak"], units: [], customers: ["Northline Freight"], invoices: [] };
  for (const text of ["freight", "(555) 010-2000", "555.010.2000", "+1 555 010 2000", "010-2000", "5550102000"])
    expect([text, await find(staff, text)]).toEqual([text, customer]);
  expect((await find(staff, `INV-${number}`)).invoices).toEqual([number]);
  // What isn't so, and what belongs to another shop, is not found.
  for (const text of ["204233", "3104233", "555-010-2001", "PO-4712", "P551316", "99999"])
    expect([text, Object.values(await find(staff, text)).flat()]).toEqual([text, []]);
  for (const text of [VIN, "PO-4711", "AB123C", "P551315B", "freight", "010-2000"]) expect(Object.values(await find(other, text)).flat()).toEqual([]);
  // Who may not see invoices finds none.
  expect((await find(staff, "PO-4711", false)).invoices).toEqual([]);
});
