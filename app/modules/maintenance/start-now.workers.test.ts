import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { ok } from "~/kernel/result";
import { MINUTE } from "~/kernel/time";
import { toMeters } from "~/kernel/units";
import { correctReading } from "~/modules/assets/meters/decide-reading.server";
import { replaceMeter } from "~/modules/assets/meters/replace-meter.server";
import { undoReplacement } from "~/modules/assets/meters/undo-replacement.server";
import { readUnitMeters } from "~/queries/staff/unit-meters.server";
import { readStart } from "~/routes/staff/schedule-entry.server";
import { recordSchedule } from "./change-schedule.server";
import { shopWithTemplate } from "./maintenance.fixtures";
import { applyTemplate } from "./templates/apply-template.server";

/** A shop whose template starts on a unit now, and what it is due at in the shop's own unit. */
async function startedNow(start: "now" | "due") {
  const its = await shopWithTemplate();
  const { distanceUnit } = its.staff.db.scope.organization;
  const dueAt = async (id: Parameters<typeof its.schedules>[0]) =>
    Math.round(Number((await its.schedules(id))[0]?.triggers[0]?.due) / toMeters(1, distanceUnit));
  const apply = async (id: Parameters<typeof its.schedules>[0]) =>
    expect(await applyTemplate(its.staff, { templateId: its.templateId, assetIds: [id], start: { kind: start } })).toMatchObject({ ok: true });
  return { ...its, dueAt, apply };
}

test("a schedule that starts now counts from the right reading after a mistyped one is corrected", async () => {
  const { world, staff, unit, read, apply, dueAt } = await startedNow("now");
  const truck = await unit();
  const at = world.clock.now();
  await read(truck, 100_900);
  world.clock.pass(MINUTE);
  await apply(truck);
  expect(await dueAt(truck)).toBe(105_900);
  expect(await correctReading(staff, { assetId: truck, meter: "odometer", at, source: "read by Owner" }, 100_090)).toMatchObject({ ok: true });
  expect(await dueAt(truck)).toBe(105_090);
  // What is read later, on the same day too, moves nothing.
  world.clock.pass(MINUTE);
  await read(truck, 100_400);
  expect(await dueAt(truck)).toBe(105_090);
});

test.each(["now", "due"] as const)("a schedule that starts as %s counts by the old meter after a replacement is undone", async (start) => {
  const { world, staff, unit, apply, dueAt } = await startedNow(start);
  const truck = await unit();
  const every = start === "now" ? 5_000 : 0;
  const replaced = { assetId: truck, meter: "odometer", at: world.clock.now(), oldShows: 101_500, newShows: 0, name: "" } as const;
  expect(await replaceMeter(staff, replaced)).toMatchObject({ ok: true });
  world.clock.pass(MINUTE);
  await apply(truck);
  expect(await dueAt(truck)).toBe(101_500 + every);
  const instrument = (await readUnitMeters(staff.db, truck, { now: world.clock.now() }))?.replaced[0];
  if (!instrument) throw new Error("it wasn't replaced");
  expect(await undoReplacement(staff, { assetId: truck, meterId: instrument.id })).toMatchObject({ ok: true });
  expect(await dueAt(truck)).toBe(100_000 + every);
});

test("nothing that somebody typed is dropped where a schedule starts now", () => {
  for (const means of ["now", "due"] as const) {
    expect(readStart({ means, day: "" }, "mi")).toEqual(ok({ kind: means }));
    expect(readStart({ means, day: "", "meter-odometer": " " }, "mi")).toEqual(ok({ kind: means }));
    for (const typed of [{ day: "2030-02-01" }, { day: "", "meter-odometer": "98,000" }])
      expect(readStart({ means, ...typed }, "mi")).toMatchObject({ ok: false, error: { fields: { means: expect.any(String) } } });
  }
});

test("when it was last done is not when it began to count or was skipped", async () => {
  const { staff, unit, apply, schedules } = await startedNow("now");
  const truck = await unit();
  await apply(truck);
  const [found] = await schedules(truck);
  const of = { assetId: truck, scheduleId: found?.id ?? newId("schedule") };
  expect(found).toMatchObject({ lastDay: null, countsFrom: "2030-03-01" });
  const entry = { kind: "done", meters: {}, until: null, note: "Dealer in Gary" } as const;
  expect(await recordSchedule(staff, of, { ...entry, id: newId("scheduleRecord"), day: "2030-02-10" })).toEqual(ok(null));
  expect(await recordSchedule(staff, of, { ...entry, id: newId("scheduleRecord"), day: "2030-02-20", kind: "skipped" })).toEqual(ok(null));
  expect(await schedules(truck)).toMatchObject([{ lastDay: "2030-02-10", countsFrom: null }]);
});
