import { expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { ok } from "~/kernel/result";
import { DAY, later } from "~/kernel/time";
import { recordMeterReading } from "~/modules/assets/meters/record-meter-reading.server";
import { recordSchedule } from "./change-schedule.server";
import { form, shopWithTemplate } from "./maintenance.fixtures";
import { makeServiceOrders } from "./orders/make-orders.server";
import { addOwnSchedule } from "./own-schedule.server";
import { applyTemplate } from "./templates/apply-template.server";
import { previewTemplate, saveTemplate } from "./templates/save-template.server";

test("a schedule that starts before the unit's first reading counts from that reading", async () => {
  const { world, shop, customer, staff, templateId, read, schedules } = await shopWithTemplate();
  const truck = await shop.asset({ customer });
  await applyTemplate(staff, { templateId, assetIds: [truck], start: { kind: "now" } });
  expect((await schedules(truck))[0]).toMatchObject({ state: "unknown", first: { by: "odometer", due: null } });
  world.clock.pass(3 * DAY);
  await read(truck, 100_000);
  expect((await schedules(truck))[0]).toMatchObject({ state: "current", first: { due: 105_000_000, remaining: 5_000_000 } });
  await read(truck, 99_000, 2);
  expect((await schedules(truck))[0]).toMatchObject({ state: "current", first: { due: 104_000_000 } });
  world.clock.pass(10 * DAY);
  await read(truck, 104_000);
  expect((await schedules(truck))[0]).toMatchObject({ state: "due" });
});

test("what is due now is due on a unit without a reading too, and by its first reading from then on", async () => {
  const { world, shop, customer, staff, templateId, read, schedules, cached } = await shopWithTemplate();
  const truck = await shop.asset({ customer });
  await applyTemplate(staff, { templateId, assetIds: [truck], start: { kind: "due" } });
  expect((await schedules(truck))[0]).toMatchObject({ state: "due", first: { due: "2030-03-01" } });
  expect((await cached()).map(({ state, dueDay }) => [state, dueDay])).toEqual([["due", "2030-03-01"]]);
  world.clock.pass(40 * DAY);
  expect((await schedules(truck))[0]).toMatchObject({ state: "due" });
  await read(truck, 100_000);
  expect((await schedules(truck))[0]).toMatchObject({ state: "due", first: { by: "odometer", due: 100_000_000 } });
  world.clock.pass(DAY);
  await read(truck, 100_501);
  expect((await schedules(truck))[0]).toMatchObject({ state: "overdue" });
});

test("what is due first on a later day is not due by its meter before that day", async () => {
  const { world, staff, unit, schedules, read } = await shopWithTemplate();
  const truck = await unit();
  const of = { assetId: truck, scheduleId: newId("schedule") };
  const start = { kind: "known", baseline: { means: "first-due", day: "2030-03-20", meters: {} } } as const;
  expect(await addOwnSchedule(staff, of, { templateId: newId("maintenanceTemplate"), form: form(), start })).toEqual(ok(null));
  expect((await schedules(truck))[0]).toMatchObject({ state: "current", day: "2030-03-20" });
  world.clock.pass(22 * DAY);
  expect((await schedules(truck))[0]).toMatchObject({ state: "due", first: { due: "2030-03-20" } });
  await read(truck, 101_000);
  expect((await schedules(truck))[0]).toMatchObject({ state: "due", first: { by: "odometer", due: 101_000_000 } });
});

test("a plan that gains a meter counts by it from the day that the schedule counts from, as the preview shows", async () => {
  const { world, staff, templateId, unit, schedules } = await shopWithTemplate();
  const truck = await unit();
  const hours = (displayValue: number) => recordMeterReading(staff, { assetId: truck, meter: "engine", displayValue, source: "read by Owner" });
  await hours(3_000);
  await applyTemplate(staff, {
    templateId,
    assetIds: [truck],
    start: { kind: "known", baseline: { means: "last-done", day: null, meters: { odometer: 100_000_000 } } },
  });
  world.clock.pass(20 * DAY);
  await hours(3_150);
  const withHours = form({ hours: "100", hoursSoon: "10" });
  expect(await previewTemplate(staff, { id: templateId, form: withHours })).toMatchObject({ value: { moved: [{ from: "current", to: "overdue" }] } });
  expect(await saveTemplate(staff, { id: templateId, form: withHours, seen: 1 })).toEqual(ok(null));
  expect((await schedules(truck))[0]).toMatchObject({ state: "overdue", first: { by: "engine", due: 3_100 * 3_600 } });
});

test("what was done elsewhere or skipped without a reading counts from the last reading by that day, else from the first after it", async () => {
  const { world, staff, templateId, unit, schedules, read } = await shopWithTemplate();
  const truck = await unit();
  await applyTemplate(staff, { templateId, assetIds: [truck], start: { kind: "due" } });
  await read(truck, 100_200);
  world.clock.pass(9 * DAY);
  await read(truck, 102_000);
  const of = { assetId: truck, scheduleId: (await schedules(truck))[0]?.id ?? newId("schedule") };
  const record = (day: string) => ({ id: newId("scheduleRecord"), kind: "done", day, meters: {}, until: null, note: "Dealer" }) as const;
  expect(await recordSchedule(staff, of, record("2030-02-10"))).toEqual(ok(null));
  expect((await schedules(truck))[0]).toMatchObject({ first: { due: 105_000_000 } });
  // Late on that day in the shop's zone, which is thirteen hours ahead.
  expect(await recordSchedule(staff, of, record("2030-03-01"))).toEqual(ok(null));
  expect((await schedules(truck))[0]).toMatchObject({ state: "current", first: { due: 105_200_000 } });
  expect(await recordSchedule(staff, of, { ...record("2030-03-10"), kind: "skipped" })).toEqual(ok(null));
  expect((await schedules(truck))[0]).toMatchObject({ state: "current", first: { due: 107_000_000 }, onTime: 1 });
});

test("an order that was completed without a reading counts from the next one", async () => {
  const { world, shop, customer, staff, templateId, schedules, complete } = await shopWithTemplate();
  const truck: Id<"asset"> = await shop.asset({ customer });
  await applyTemplate(staff, { templateId, assetIds: [truck], start: { kind: "due" } });
  const made = await makeServiceOrders(staff, [(await schedules(truck))[0]?.id ?? newId("schedule")]);
  const order = made.ok ? made.value[0]?.id : undefined;
  if (!order) throw new Error("no order was made");
  await complete(order);
  expect((await schedules(truck))[0]).toMatchObject({ state: "unknown", done: 0 });
  world.clock.pass(DAY);
  expect(
    await recordMeterReading(staff, { assetId: truck, meter: "odometer", displayValue: 100_000, source: "read by Owner", at: later(world.clock.now(), 0) }),
  ).toMatchObject({ ok: true });
  expect((await schedules(truck))[0]).toMatchObject({ state: "current", first: { due: 105_000_000 } });
});
