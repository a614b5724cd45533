import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { sessionOf } from "~/platform/sessions/sessions.server";
import { readCustomerList } from "~/queries/staff/customer-list.server";
import { readCustomerOrders } from "~/queries/staff/customer-orders.server";
import { readCustomerRecord } from "~/queries/staff/customer-record.server";
import { createWorld } from "../../../tests/world/world";
import type { CustomerForm } from "./customer-form";
import { archiveCustomer, saveCustomer } from "./save-customer.server";

const form = (change: Partial<CustomerForm> = {}): CustomerForm => ({
  name: "Northline",
  email: "",
  phone: "",
  laborRate: "",
  taxCertificate: "",
  shares: true,
  ...change,
});

async function shop() {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const one = await world.shop();
  return { world, one, staff: await one.asStaff() };
}

test("a customer is added once when the form is submitted twice; the second of two concurrent changes gets stale", async () => {
  const { staff } = await shop();
  const id = newId("customer");
  for (let sent = 0; sent < 2; sent++) expect((await saveCustomer(staff, { id, form: form(), seen: null })).ok).toBe(true);
  expect((await saveCustomer(staff, { id, form: form({ laborRate: "135" }), seen: 1 })).ok).toBe(true);
  expect(await saveCustomer(staff, { id, form: form({ laborRate: "120" }), seen: 1 })).toEqual({ ok: false, error: { kind: "stale" } });
  const record = await readCustomerRecord(staff.db, id);
  expect(record?.customer).toMatchObject({ laborRate: 135_00, portalEnabled: false, version: 2 });
  const list = await readCustomerList(staff.db, { filter: "all", query: "north", after: null });
  expect(list.rows.map(({ name }) => name)).toEqual(["Northline"]);
});

test("finds names with non-ASCII letters and with characters special to SQL LIKE", async () => {
  const { staff } = await shop();
  for (const name of ["École Transport", "Żółw & Söhne", "100% Haul_age"])
    await saveCustomer(staff, { id: newId("customer"), form: form({ name }), seen: null });
  const found = async (query: string) => (await readCustomerList(staff.db, { filter: "all", query, after: null })).rows.map(({ name }) => name);
  for (const query of ["École", "école transport".slice(1), "TRANSPORT"]) expect(await found(query)).toEqual(["École Transport"]);
  expect(await found("Żółw")).toEqual(["Żółw & Söhne"]);
  expect(await found("%")).toEqual(["100% Haul_age"]);
  expect(await found("l_a")).toEqual(["100% Haul_age"]);
});

test("archiving signs out a customer's contacts at once, and keeps all records", async () => {
  const { world, one, staff } = await shop();
  const customer = await one.customer();
  const asset = await one.asset({ customer });
  const order = await one.workOrder({ asset, customer });
  const { cookie } = await one.session(customer.email, "customer");
  const opened = async () =>
    (await sessionOf(world.context.platform, new Request("http://test/", { headers: { Cookie: cookie } }), "customer"))?.membership.partyId ?? null;
  expect(await opened()).toBe(customer.id);
  expect((await archiveCustomer(staff, customer.id)).ok).toBe(true);
  await world.settle();
  expect(await opened()).toBeNull();
  await expect(one.session(customer.email, "customer")).rejects.toThrow("no customer membership");
  const record = await readCustomerRecord(staff.db, customer.id);
  expect(record?.customer.archivedAt).not.toBeNull();
  expect(record?.units.map(({ id }) => id)).toEqual([asset]);
  expect((await readCustomerOrders(staff.db, customer.id)).map(({ id }) => id)).toEqual([order]);
  const listed = async (filter: "all" | "archived") => (await readCustomerList(staff.db, { filter, query: "", after: null })).rows.map(({ id }) => id);
  expect(await listed("all")).not.toContain(customer.id);
  expect(await listed("archived")).toEqual([customer.id]);
});

test("the shop's own fleet can't be archived, and another shop's customers can't be found", async () => {
  const { world, one, staff } = await shop();
  const own = (await readCustomerList(staff.db, { filter: "all", query: "", after: null })).rows.find(({ isSelf }) => isSelf);
  if (!own) throw new Error("a shop has its own fleet");
  expect(await archiveCustomer(staff, own.id)).toEqual({ ok: false, error: { kind: "own-fleet" } });
  await world.settle();
  const theirs = await one.customer();
  const stranger = await (await world.shop()).asStaff();
  expect(await archiveCustomer(stranger, theirs.id)).toEqual({ ok: false, error: { kind: "not-found" } });
  await world.settle();
  expect(await saveCustomer(stranger, { id: theirs.id, form: form(), seen: 1 })).toEqual({ ok: false, error: { kind: "not-found" } });
});
