import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { MINUTE } from "~/kernel/time";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { runOrderCommand } from "~/modules/work-orders/order-command.step.server";
import { cancelRequest } from "~/modules/work-orders/service-requests/cancel-request.server";
import { requestService } from "~/modules/work-orders/service-requests/request-service.server";
import { readPortalOrder } from "~/queries/customer/work-orders.server";
import { readBoard } from "~/queries/staff/board.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { createWorld } from "./world/world";

const fault = "SPN 110 FMI 0";
const form = { complaint: "Coolant is hot", urgency: "can-drive", preferredDay: "", reading: "", fault };

async function setUp() {
  const world = await createWorld();
  const shop = await world.shop();
  const customer = await shop.customer();
  const asset = await shop.asset({ customer });
  const [staff, mine] = [await shop.asStaff(), await shop.as(customer)];
  const ask = (change: Partial<typeof form> = {}, id = newId("workOrder")) => requestService(mine, { id, assetId: asset, form: { ...form, ...change } });
  const asked = async (change: Partial<typeof form> = {}) => {
    const made = await ask(change);
    if (!made.ok) throw new Error(made.error.kind);
    await world.drainOutbox(shop);
    world.clock.pass(MINUTE);
    return made.value.orderId;
  };
  const notices = async () => {
    await world.drainOutbox(shop);
    const { results } = await world.env.TENANTS.prepare("select event from staff_notices where organization_id = ? order by at, event")
      .bind(shop.id)
      .all<{ event: string }>();
    return results.map(({ event }) => event);
  };
  const board = () => readBoard(staff.db, world.clock.now());
  return { world, shop, customer, asset, staff, mine, ask, asked, notices, board };
}

test("a second request on a fault joins the order of the first, which both sides show", async () => {
  const { staff, mine, ask, asked, notices, board } = await setUp();
  const first = await asked();
  const again = { complaint: "It steams now", urgency: "do-not-drive" };
  const id = newId("workOrder");
  for (let n = 0; n < 2; n++) expect(await ask(again, id)).toEqual({ ok: true, value: { orderId: first } });
  expect(await board()).toMatchObject([{ id: first, request: { urgency: "do-not-drive" } }]);
  const joined = [{ complaint: "It steams now", urgency: "do-not-drive" }];
  expect((await readOrderRecord(staff, first))?.facts.request).toMatchObject({ fault, joined });
  expect((await readPortalOrder(mine.db, first))?.request).toMatchObject({ fault, joined });
  expect((await readOrderRecord(staff, first))?.activity.map(({ title }) => title)).toContain("Requested again in the portal");
  expect(await notices()).toEqual(["service.requested", "service.requested"]);
});

test("a request on another fault, on none, or after the work was done is an order of its own", async () => {
  const { staff, asked, board } = await setUp();
  const first = await asked();
  await asked({ fault: "SPN 100 FMI 1" });
  await asked({ fault: "" });
  await asked({ fault: "" });
  expect(await board()).toHaveLength(4);
  expect((await runOrderCommand(staff, first, { intent: "cancel", why: "Mistake" })).ok).toBe(true);
  expect(await asked()).not.toBe(first);
});

test("the customer cancels a request once, and the shop is notified of it", async () => {
  const { staff, mine, asked, notices, board } = await setUp();
  const id = await asked();
  expect(await cancelRequest(mine, id, "Fixed on the road")).toMatchObject({ ok: true });
  expect(await cancelRequest(mine, id, "")).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
  expect(await board()).toEqual([]);
  const record = await readOrderRecord(staff, id);
  expect(record?.order.state).toBe("canceled");
  expect(record?.activity).toContainEqual(expect.objectContaining({ title: "Canceled", detail: "Canceled in the portal: Fixed on the road" }));
  expect(await notices()).toEqual(["service.requested", "service.canceled"]);
});

test("a request that the shop has taken up is not canceled in the portal", async () => {
  const { staff, mine, asked, board } = await setUp();
  const [opened, arrived] = [await asked(), await asked({ fault: "" })];
  await changeWorkOrder(staff, opened, { intent: "move", to: "open", holdReason: null, seen: 9 });
  await changeWorkOrder(staff, arrived, { intent: "arrive" });
  for (const id of [opened, arrived]) expect(await cancelRequest(mine, id, "")).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
  expect(await board()).toHaveLength(2);
});

test("another customer can't cancel it", async () => {
  const { shop, asked } = await setUp();
  const id = await asked();
  const theirs = await shop.as(await shop.customer());
  expect(await cancelRequest(theirs, id, "")).toEqual({ ok: false, error: { kind: "not-found" } });
});
