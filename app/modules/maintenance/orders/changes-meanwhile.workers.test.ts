import { expect, test } from "vitest";
import { ok } from "~/kernel/result";
import { DAY, later } from "~/kernel/time";
import { handOverAsset } from "~/modules/assets/change-asset.server";
import { replaceMeter } from "~/modules/assets/meters/replace-meter.server";
import { readMaintenanceList } from "~/queries/maintenance-list.server";
import { shopWithTemplate } from "../maintenance.fixtures";
import { applyTemplate } from "../templates/apply-template.server";
import { makeServiceOrders } from "./make-orders.server";

/** A truck whose due service is on an open order. */
async function orderedTruck() {
  const it = await shopWithTemplate();
  const truck = await it.unit();
  await applyTemplate(it.staff, { templateId: it.templateId, assetIds: [truck], start: { kind: "due" } });
  const [due] = await it.schedules(truck);
  const made = await makeServiceOrders(it.staff, due ? [due.id] : []);
  const order = made.ok ? made.value[0] : undefined;
  if (!order) throw new Error("no order");
  return { ...it, truck, order: order.id };
}

test("a meter that is replaced while the service is on an order doesn't change when it is due next", async () => {
  const { world, staff, truck, order, read, complete, schedules } = await orderedTruck();
  world.clock.pass(DAY);
  const at = later(world.clock.now(), -60_000);
  expect(await replaceMeter(staff, { assetId: truck, meter: "odometer", at, oldShows: 100_500, newShows: 0, name: "New cluster" })).toMatchObject({ ok: true });
  world.clock.pass(DAY);
  await read(truck, 300);
  await complete(order);
  // What the new meter shows, with what the old one counted.
  expect((await schedules(truck))[0]).toMatchObject({ state: "current", first: { due: 105_800_000, remaining: 5_000_000 }, done: 1 });
  world.clock.pass(10 * DAY);
  await read(truck, 5_400);
  expect((await schedules(truck))[0]).toMatchObject({ state: "due", first: { remaining: -100_000 } });
});

test("a unit takes its maintenance along to its new owner, with the order that is open; the former one doesn't see it anymore", async () => {
  const { world, shop, customer, staff, truck, order, schedules } = await orderedTruck();
  const next = await shop.customer();
  world.clock.pass(DAY);
  expect(await handOverAsset(staff, { id: truck, to: next.id, from: world.clock.now() })).toEqual(ok(null));
  const seenBy = async (who: typeof customer) => (await readMaintenanceList((await shop.as(who)).db, { states: ["due"] })).rows.map(({ assetId }) => assetId);
  expect([await seenBy(customer), await seenBy(next)]).toEqual([[], [truck]]);
  expect((await schedules(truck))[0]).toMatchObject({ state: "due", openOrder: { id: order } });
});
