import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { ok } from "~/kernel/result";
import { removeSchedule } from "../change-schedule.server";
import { shopWithTemplate } from "../maintenance.fixtures";
import { makeServiceOrders } from "../orders/make-orders.server";
import { applyTemplate } from "./apply-template.server";

test("a template that is removed from a unit and added again keeps the unit's open order, and what was done before stays out", async () => {
  const { staff, templateId, unit, schedules, complete } = await shopWithTemplate();
  const truck = await unit();
  const again = async () => {
    const [before] = await schedules(truck);
    if (before) expect(await removeSchedule(staff, { assetId: truck, scheduleId: before.id })).toEqual(ok(null));
    expect(await applyTemplate(staff, { templateId, assetIds: [truck], start: { kind: "due" } })).toEqual(ok({ added: 1 }));
    const [schedule] = await schedules(truck);
    if (!schedule) throw new Error("no schedule");
    return schedule;
  };
  const first = await again();
  const made = await makeServiceOrders(staff, [first.id]);
  const order = (made.ok && made.value[0]?.id) || newId("workOrder");
  const second = await again();
  expect([second.id === first.id, second.openOrder?.id]).toEqual([false, order]);
  expect(await makeServiceOrders(staff, [second.id])).toEqual({ ok: false, error: { kind: "nothing-due" } });
  await complete(order);
  expect((await schedules(truck))[0]).toMatchObject({ state: "current", openOrder: null, done: 1 });
  expect(await again()).toMatchObject({ state: "due", openOrder: null, done: 0 });
});
