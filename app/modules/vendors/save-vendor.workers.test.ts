import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { createWorld } from "../../../tests/world/world";
import { saveVendor } from "./save-vendor.server";
import { noTerms } from "./vendor";
import { readVendors } from "./vendors.read.server";

test("a new vendor's form submitted twice is one vendor; another form with the same id is refused", async () => {
  const world = await createWorld();
  const staff = await (await world.shop()).asStaff();
  const id = newId("vendor");
  const form = { ...noTerms, name: "Axle Works", phone: "", email: "desk@axle.test", portalEnabled: false };
  const send = (change: Partial<typeof form> = {}) => saveVendor(staff, { id, form: { ...form, ...change }, version: null, plan: "pro-plus" });
  expect(await Promise.all([send(), send()])).toEqual([
    { ok: true, value: { invited: false } },
    { ok: true, value: { invited: false } },
  ]);
  expect(await send({ name: "Another" })).toEqual({ ok: false, error: { kind: "stale" } });
  expect(await readVendors(staff.db)).toHaveLength(1);
});
