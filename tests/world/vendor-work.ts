import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { pdf, png } from "~/modules/attachments/attachments.fixtures";
import { customers } from "~/modules/customers/customer.tables";
import { saveVendor } from "~/modules/vendors/save-vendor.server";
import { noTerms } from "~/modules/vendors/vendor";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { action as assign } from "~/routes/staff/assign-vendor";
import { action as decideOn } from "~/routes/staff/vendor-job/route";
import { action as answerOn } from "~/routes/vendor/job/route";
import { browserIn } from "./browser";
import { createWorld } from "./world";

/* A shop that sends work out, and two vendors. */

export const SECRET_CUSTOMER = "Zephyr Haulage";
export const CUSTOMER_PRICE = 987_65;

/** A Pro+ shop with an order whose customer and price a vendor must never see, two vendors, and a browser for each. */
export async function vendorShop() {
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
export type Setup = Awaited<ReturnType<typeof vendorShop>>;
export type Vendor = Setup["gear"];

export const assignedJob = (vendor: Vendor, id: Id<"vendorJob">, more: Record<string, string> = {}) => ({
  id,
  vendor: vendor.id,
  title: "Rebuild the box",
  instructions: "Shudder in 8th",
  dueDay: "",
  notToExceed: "",
  ...more,
});
export const at = (id: string) => ({ params: { jobId: id } });
export const lines = (each: string, tax = "") => ({
  "line-0-kind": "labor",
  "line-0-text": "Rebuild",
  "line-0-quantity": "1",
  "line-0-each": each,
  tax,
  note: "",
});

export async function assigned({ desk, order }: Setup, vendor: Vendor, more: Record<string, string> = {}): Promise<Id<"vendorJob">> {
  const id = newId("vendorJob");
  const sent = await desk.post(assign, "/", assignedJob(vendor, id, more), { params: { orderId: order } });
  expect(sent.location).toMatch(/work-orders|vendor-work/);
  return id;
}
export const post = (vendor: Vendor, id: string, command: string, more: Record<string, string> = {}) =>
  vendor.browser.post(answerOn, "/", { intent: command, ...more }, at(id));
export const decides = ({ desk }: Setup, id: string, command: string, more: Record<string, string> = {}) =>
  desk.post(decideOn, "/", { intent: command, ...more }, at(id));
export const text = (body: unknown) => JSON.stringify(body);

export async function* oneFile() {
  yield new Uint8Array(pdf);
}
export async function* onePhoto() {
  yield new Uint8Array(png);
}

export async function invoiced(it: Setup, each = "500.00", charges = each, tax = "") {
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
