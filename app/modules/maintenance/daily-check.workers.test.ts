import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { ok } from "~/kernel/result";
import { localInstant } from "~/kernel/time";
import { readStart } from "~/routes/staff/schedule-entry.server";
import { expectConsoleError } from "../../../tests/setup/console";
import { sweepMaintenance } from "../../../workers/background";
import { recordSchedule } from "./change-schedule.server";
import { shopWithTemplate } from "./maintenance.fixtures";
import { maintenanceSchedules } from "./maintenance.tables";
import { applyTemplate } from "./templates/apply-template.server";

test("the days that a schedule counts from are real ones, in years of four digits", async () => {
  const { staff, templateId, unit, schedules } = await shopWithTemplate({ distance: "", distanceSoon: "", calendar: "12", fixed: true });
  const truck = await unit();
  for (const day of ["20300-01-01", "2030-02-30", "9999-12-31", "0001-01-01"])
    expect(readStart({ means: "first-due", day }, "km")).toMatchObject({ ok: false, error: { fields: { day: expect.stringContaining("four digits") } } });
  const start = readStart({ means: "first-due", day: "2199-12-31" }, "km");
  expect(await applyTemplate(staff, { templateId, assetIds: [truck], start: start.ok ? start.value : { kind: "now" } })).toMatchObject({ ok: true });
  const [schedule] = await schedules(truck);
  const of = { assetId: truck, scheduleId: schedule?.id ?? newId("schedule") };
  const renewal = { id: newId("scheduleRecord"), kind: "done", day: "2030-02-28", meters: {}, until: "9999-12-31", note: "" } as const;
  expect(await recordSchedule(staff, of, renewal)).toEqual({ ok: false, error: { kind: "no-later-day" } });
  expect(await recordSchedule(staff, of, { ...renewal, until: "2199-12-31" })).toEqual(ok(null));
  expect((await schedules(truck))[0]).toMatchObject({ state: "current", first: { due: "2199-12-31" } });
});

test("a night that was missed is caught up with on the same day, and a day is checked once", async () => {
  const { world, staff, templateId, unit, cached } = await shopWithTemplate({
    distance: "",
    distanceSoon: "",
    calendar: "10",
    calendarUnit: "day",
    soonDays: "2",
  });
  await applyTemplate(staff, { templateId, assetIds: [await unit()], start: { kind: "now" } });
  const sweepAt = async (local: string) => {
    world.clock.set(localInstant(local, "Pacific/Chatham") ?? world.clock.now());
    await sweepMaintenance(world.env, world.context.platform);
    return (await cached())[0]?.state;
  };
  expect(await sweepAt("2030-03-10T23:45")).toBe("due-soon");
  expect(await sweepAt("2030-03-11T05:45")).toBe("due");
  // What changes later on that day is found by what changes it.
  await staff.db.batch([staff.db.update(maintenanceSchedules, { state: "current" }, eq(maintenanceSchedules.templateId, templateId))]);
  expect(await sweepAt("2030-03-11T06:45")).toBe("current");
  expect(await sweepAt("2030-03-13T14:45")).toBe("overdue");
});

// The last one: the bad schedule stays for whatever checks all shops.
test("a schedule that can't be worked out doesn't stop the nightly check of the others", async () => {
  const { world, shop, staff, templateId, unit } = await shopWithTemplate({
    distance: "",
    distanceSoon: "",
    calendar: "10",
    calendarUnit: "day",
    soonDays: "2",
  });
  const trucks = [await unit(), await unit(), await unit()];
  await applyTemplate(staff, { templateId, assetIds: trucks, start: { kind: "now" } });
  const s = maintenanceSchedules;
  const bad = [...trucks].sort()[0] ?? newId("asset");
  await shop.db.batch([shop.db.update(s, { baseline: { means: "first-due", day: "20300-01-01", meters: {} } }, eq(s.assetId, bad))]);
  world.clock.set(localInstant("2030-03-11T00:30", "Pacific/Chatham") ?? world.clock.now());
  expectConsoleError(/maintenance\.unit-not-checked.*Invalid time value/);
  await sweepMaintenance(world.env, world.context.platform);
  const rows = await shop.db.query({ from: s, columns: { assetId: s.assetId, state: s.state }, limit: 9 });
  expect(rows.filter(({ assetId }) => assetId !== bad).map(({ state }) => state)).toEqual(["due", "due"]);
});
