import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { ok } from "~/kernel/result";
import { DAY } from "~/kernel/time";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { shopWithTemplate } from "./maintenance.fixtures";
import { makeServiceOrders } from "./orders/make-orders.server";
import { applyTemplate } from "./templates/apply-template.server";

const byDays = { distance: "", distanceSoon: "", calendar: "90", calendarUnit: "day", soonDays: "2" };

/** A truck whose service was done on an order. */
async function servicedTruck() {
  const it = await shopWithTemplate(byDays);
  const truck = await it.unit();
  expect(await applyTemplate(it.staff, { templateId: it.templateId, assetIds: [truck], start: { kind: "due" } })).toEqual(ok({ added: 1 }));
  const [due] = await it.schedules(truck);
  const made = await makeServiceOrders(it.staff, due ? [due.id] : []);
  const order = (made.ok && made.value[0]?.id) || newId("workOrder");
  await it.complete(order);
  expect((await it.schedules(truck))[0]).toMatchObject({ first: { due: "2030-05-30" }, lastDay: "2030-03-01" });
  const reopen = (anew: boolean) => changeWorkOrder(it.staff, order, { intent: "reopen", why: "The plate was missing", ...(anew ? { anew } : {}) });
  return { ...it, truck, order, reopen };
}

test("a service whose order is reopened and completed again counts from the day that it was done first", async () => {
  const { world, truck, order, reopen, complete, schedules } = await servicedTruck();
  world.clock.pass(20 * DAY);
  expect((await reopen(false)).ok).toBe(true);
  expect((await schedules(truck))[0]).toMatchObject({ openOrder: { id: order }, done: 0 });
  await complete(order);
  expect((await schedules(truck))[0]).toMatchObject({ first: { due: "2030-05-30" }, lastDay: "2030-03-01", done: 1 });
});

test("where the work is done again, it counts from the day that it was done again", async () => {
  const { world, truck, order, reopen, complete, schedules } = await servicedTruck();
  world.clock.pass(20 * DAY);
  expect((await reopen(true)).ok).toBe(true);
  await complete(order);
  expect((await schedules(truck))[0]).toMatchObject({ first: { due: "2030-06-19" }, lastDay: "2030-03-21", done: 1 });
});
