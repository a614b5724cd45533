import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { archiveAsset } from "~/modules/assets/change-asset.server";
import { saveAsset } from "~/modules/assets/save-asset.server";
import { archiveCustomer, saveCustomer } from "~/modules/customers/save-customer.server";
import { closeInvoice } from "~/modules/invoices/close-invoice.server";
import { draftInvoice } from "~/modules/invoices/draft-invoice.server";
import { outbox } from "~/platform/database/tenant.tables";
import { completedOrder } from "./world/orders";
import { createWorld } from "./world/world";

test("whatever a list of the shop shows is announced when it changes, to those who may see it", async () => {
  const shop = await (await createWorld({ now: "2030-03-01T09:00:00Z" })).shop();
  const staff = await shop.asStaff();
  const owner = await shop.customer();
  const [customer, asset, invoice] = [newId("customer"), newId("asset"), newId("invoice")];
  /** What is announced while something is done, as "kind of whom". */
  const during = async (work: () => Promise<{ ok: boolean }>) => {
    const read = () => shop.db.query({ from: outbox, columns: { key: outbox.key, body: outbox.body }, where: eq(outbox.kind, "board.changed"), limit: 100 });
    const before = new Set((await read()).map(({ key }) => key));
    expect((await work()).ok).toBe(true);
    return (await read()).filter(({ key }) => !before.has(key)).map(({ body: { kind, id, audiences } }) => [kind, id, audiences]);
  };
  const form = { name: "Northline", email: "", phone: "", laborRate: "", taxCertificate: "", shares: true };
  const unit = { unitNumber: "77", kind: "truck", vin: "", plate: "", year: "", make: "", model: "", shares: true } as const;

  expect(await during(() => saveCustomer(staff, { id: customer, form, seen: null }))).toEqual([["customer", customer, ["staff"]]]);
  expect(await during(() => saveCustomer(staff, { id: customer, form: { ...form, phone: "555 0100" }, seen: 1 }))).toEqual([["customer", customer, ["staff"]]]);
  expect(await during(() => archiveCustomer(staff, customer))).toEqual([["customer", customer, ["staff"]]]);

  const seen = [["asset", asset, ["staff", `customer:${owner.id}`]]];
  expect(await during(() => saveAsset(staff, { id: asset, form: unit, owner: owner.id }))).toEqual(seen);
  expect(await during(() => saveAsset(staff, { id: asset, form: { ...unit, plate: "TX 1" }, seen: 1 }))).toEqual(seen);

  const order = await completedOrder(staff, asset, []);
  const drafted = [["invoice", invoice, ["staff"]]];
  expect(await during(() => draftInvoice(staff, { id: invoice, customerId: owner.id, orders: [order] }))).toEqual(drafted);
  expect(await during(() => closeInvoice(staff, invoice, { intent: "discard" }))).toEqual(drafted);
  expect(await during(() => archiveAsset(staff, asset))).toEqual(seen);
});
