import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { ok } from "~/kernel/result";
import { DAY } from "~/kernel/time";
import { recordSchedule } from "./change-schedule.server";
import { form, shopWithTemplate } from "./maintenance.fixtures";
import { addOwnSchedule } from "./own-schedule.server";
import { applyTemplate } from "./templates/apply-template.server";

const doubtful = (...doubts: [string, string][]) => ({
  ok: false,
  error: { kind: "doubtful", doubts: doubts.map(([meter, reason]) => ({ meter, reason })) },
});

test("a meter typed for what was done elsewhere must fit the readings around its day, or be confirmed", async () => {
  const { world, staff, templateId, unit, read, schedules } = await shopWithTemplate();
  const truck = await unit();
  await applyTemplate(staff, { templateId, assetIds: [truck], start: { kind: "due" } });
  world.clock.pass(20 * DAY);
  await read(truck, 104_000);
  await read(truck, 104_500);
  const of = { assetId: truck, scheduleId: (await schedules(truck))[0]?.id ?? newId("schedule") };
  const done = (day: string, odometer: number) =>
    ({ id: newId("scheduleRecord"), kind: "done", day, meters: { odometer: odometer * 1_000 }, until: null, note: "Dealer" }) as const;
  expect(await recordSchedule(staff, of, done("2030-03-10", 1_020_000))).toMatchObject(doubtful(["odometer", "jump"]));
  expect(await recordSchedule(staff, of, done("2030-03-10", 10_200))).toMatchObject(doubtful(["odometer", "rollback"]));
  expect(await recordSchedule(staff, of, done("2030-03-10", 104_900))).toMatchObject(doubtful(["odometer", "rollback"]));
  expect(await recordSchedule(staff, of, { ...done("2030-03-10", 0), kind: "skipped" })).toMatchObject(doubtful(["odometer", "zero"]));
  expect((await schedules(truck))[0]?.records).toEqual([]);
  expect(await recordSchedule(staff, of, done("2030-03-10", 102_000))).toEqual(ok(null));
  // On the day of a reading, before or after it.
  expect(await recordSchedule(staff, of, done("2030-03-21", 104_200))).toEqual(ok(null));
  expect(await recordSchedule(staff, of, done("2030-03-10", 104_900), "odometer-jump")).toMatchObject(doubtful(["odometer", "rollback"]));
  expect(await recordSchedule(staff, of, done("2030-03-10", 104_900), "odometer-rollback")).toEqual(ok(null));
});

test("a unit's only reading is of the same day: a digit too many is asked about", async () => {
  const { shop, customer, staff, templateId, read, schedules } = await shopWithTemplate();
  const truck = await shop.asset({ customer });
  await read(truck, 100_000);
  await applyTemplate(staff, { templateId, assetIds: [truck], start: { kind: "now" } });
  const of = { assetId: truck, scheduleId: (await schedules(truck))[0]?.id ?? newId("schedule") };
  const done = { id: newId("scheduleRecord"), kind: "done", day: "2030-03-01", until: null, note: "" } as const;
  expect(await recordSchedule(staff, of, { ...done, meters: { odometer: 1_000_000_000 } })).toMatchObject(doubtful(["odometer", "jump"]));
  expect(await recordSchedule(staff, of, { ...done, meters: { odometer: 99_900_000 } })).toEqual(ok(null));
});

test("where a schedule starts must fit too: not ahead of the meter, and not due first beyond its interval", async () => {
  const { staff, templateId, unit, schedules } = await shopWithTemplate();
  const [one, other] = [await unit(), await unit()];
  const known = (means: "last-done" | "first-due", day: string | null, odometer: number) =>
    ({ kind: "known", baseline: { means, day, meters: { odometer: odometer * 1_000 } } }) as const;
  const apply = (start: ReturnType<typeof known>, confirmed: string | null = null) => applyTemplate(staff, { templateId, assetIds: [one], start, confirmed });
  expect(await apply(known("last-done", "2030-03-02", 99_000))).toEqual({ ok: false, error: { kind: "in-future" } });
  expect(await apply(known("last-done", "2030-02-20", 990_000))).toMatchObject(doubtful(["odometer", "rollback"]));
  expect(await apply(known("last-done", null, 990_000))).toMatchObject(doubtful(["odometer", "ahead"]));
  expect(await apply(known("first-due", null, 105_001))).toMatchObject(doubtful(["odometer", "beyond"]));
  expect(await schedules(one)).toEqual([]);
  expect(await apply(known("first-due", null, 104_000))).toEqual(ok({ added: 1 }));

  const add = (start: ReturnType<typeof known>, confirmed: string | null = null) =>
    addOwnSchedule(staff, { assetId: other, scheduleId: newId("schedule") }, { templateId: newId("maintenanceTemplate"), form: form(), start, confirmed });
  expect(await add(known("last-done", "2030-02-20", 990_000))).toMatchObject(doubtful(["odometer", "rollback"]));
  expect(await add(known("last-done", "2030-02-20", 99_000))).toEqual(ok(null));
  expect(await add(known("first-due", null, 300_000), "odometer-beyond")).toEqual(ok(null));
});
