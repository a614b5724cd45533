import { expect, test } from "vitest";
import { MINUTE } from "~/kernel/time";
import { toMeters } from "~/kernel/units";
import { correctReading } from "~/modules/assets/meters/decide-reading.server";
import { replaceMeter } from "~/modules/assets/meters/replace-meter.server";
import { undoReplacement } from "~/modules/assets/meters/undo-replacement.server";
import { readUnitMeters } from "~/queries/staff/unit-meters.server";
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
