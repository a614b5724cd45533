import { describe, expect, it } from "vitest";
import { newId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { browserIn } from "../../../tests/world/browser";
import { createWorld } from "../../../tests/world/world";
import { action } from "./new-work-order";

async function setUp() {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const staff = await shop.asStaff();
  const browser = browserIn(world);
  browser.jar.set("__Host-staff", (await shop.session(shop.ownerEmail, "staff")).cookie.split("=")[1] ?? "");
  const form = {
    intent: "open-new",
    id: newId("workOrder"),
    customer: newId("customer"),
    unit: newId("asset"),
    customerName: "Lakeside Hauling",
    phone: "219 555 0100",
    email: "",
    unitNumber: "7",
    kind: "truck",
    vin: "",
    complaint: "Won't start",
  };
  return { staff, form, post: (more: Record<string, string> = {}) => browser.post(action, paths.staff.newOrder, { ...form, ...more }) };
}

describe("an order for somebody who is not known yet", () => {
  it("is opened with customer and unit from one form, once also when it is sent twice", async () => {
    const { staff, form, post } = await setUp();
    for (const _ of [1, 2]) expect(await post()).toMatchObject({ status: 303, location: paths.staff.order(form.id) });
    const record = await readOrderRecord(staff, form.id);
    expect(record?.facts).toMatchObject({ customer: "Lakeside Hauling", unitNumber: "7" });
    expect(record?.order.jobs).toMatchObject([{ complaint: "Won't start" }]);
  });

  it("names all that is missing at once, and saves nothing", async () => {
    const { staff, form, post } = await setUp();
    expect(await post({ customerName: "", unitNumber: "", email: "nobody" })).toMatchObject({
      status: 422,
      body: {
        problem: {
          fields: { customerName: expect.any(String), unitNumber: expect.any(String), email: expect.any(String) },
          values: { complaint: "Won't start" },
        },
      },
    });
    expect(await readOrderRecord(staff, form.id)).toBeNull();
    expect(await post()).toMatchObject({ status: 303 });
  });
});
