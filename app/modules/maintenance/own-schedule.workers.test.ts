import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { ok } from "~/kernel/result";
import { readMaintenanceTemplates } from "~/queries/staff/maintenance-templates.server";
import { recordSchedule, removeSchedule } from "./change-schedule.server";
import { form, shopWithTemplate } from "./maintenance.fixtures";
import { addOwnSchedule, changeOwnSchedule } from "./own-schedule.server";
import { applyTemplate } from "./templates/apply-template.server";

test("a schedule of a unit's own is due by its own plan, which can be changed and ended, and is no template for others", async () => {
  const { world, staff, templateId, unit, schedules, read } = await shopWithTemplate();
  const [truck, other] = [await unit(), await unit()];
  const of = { assetId: truck, scheduleId: newId("schedule") };
  const own = { templateId: newId("maintenanceTemplate"), start: { kind: "now" } as const };
  const pump = form({ name: "Wet kit pump", distance: "2,000", distanceSoon: "" });
  expect(await addOwnSchedule(staff, of, { ...own, form: form({ name: "" }) })).toMatchObject({ ok: false, error: { kind: "invalid" } });
  expect(await addOwnSchedule(staff, of, { ...own, form: pump })).toEqual(ok(null));
  expect(await addOwnSchedule(staff, of, { ...own, form: pump })).toEqual(ok(null));
  expect(await schedules(truck)).toMatchObject([{ id: of.scheduleId, name: "Wet kit pump", isOwn: true, state: "current", first: { due: 102_000_000 } }]);
  await read(truck, 101_000);
  expect(await changeOwnSchedule(staff, of, { form: { ...pump, distance: "900" }, seen: 1 })).toEqual(ok(null));
  expect(await changeOwnSchedule(staff, of, { form: pump, seen: 1 })).toEqual({ ok: false, error: { kind: "stale" } });
  expect((await schedules(truck))[0]).toMatchObject({ state: "overdue", first: { due: 100_900_000 } });

  expect((await readMaintenanceTemplates(staff.db)).map(({ id }) => id)).toEqual([templateId]);
  expect(await applyTemplate(staff, { templateId: own.templateId, assetIds: [other], start: own.start })).toEqual({ ok: false, error: { kind: "not-found" } });
  await applyTemplate(staff, { templateId, assetIds: [other], start: own.start });
  const [shared] = await schedules(other);
  const notOwn = { assetId: other, scheduleId: shared?.id ?? newId("schedule") };
  expect(await changeOwnSchedule(staff, notOwn, { form: pump, seen: 1 })).toEqual({ ok: false, error: { kind: "not-found" } });
  const stranger = await (await world.shop()).asStaff();
  expect(await addOwnSchedule(stranger, { ...of, scheduleId: newId("schedule") }, { ...own, form: pump })).toMatchObject({
    ok: false,
    error: { kind: "not-found" },
  });
  expect(await changeOwnSchedule(stranger, of, { form: pump, seen: 2 })).toEqual({ ok: false, error: { kind: "not-found" } });

  expect(await removeSchedule(staff, of)).toEqual(ok(null));
  expect(await schedules(truck)).toEqual([]);
});

test("a renewed document counts to the day that the new one names", async () => {
  const { staff, unit, schedules } = await shopWithTemplate();
  const truck = await unit();
  const of = { assetId: truck, scheduleId: newId("schedule") };
  const permit = form({ name: "Oversize permit", category: "permit", distance: "", distanceSoon: "", calendar: "12", soonDays: "30", fixed: true });
  const start = { kind: "known", baseline: { means: "first-due", day: "2030-03-10", meters: {} } } as const;
  expect(await addOwnSchedule(staff, of, { templateId: newId("maintenanceTemplate"), form: permit, start })).toEqual(ok(null));
  expect((await schedules(truck))[0]).toMatchObject({ state: "due-soon", first: { due: "2030-03-10" } });
  const renewal = { id: newId("scheduleRecord"), kind: "done", day: "2030-02-28", meters: {}, until: "2030-09-30", note: "No. 4411" } as const;
  for (const until of ["2030-02-28", "soon"])
    expect(await recordSchedule(staff, of, { ...renewal, until })).toEqual({ ok: false, error: { kind: "no-later-day" } });
  expect(await recordSchedule(staff, of, renewal)).toEqual(ok(null));
  expect((await schedules(truck))[0]).toMatchObject({ state: "current", first: { due: "2030-09-30" }, records: [{ until: "2030-09-30" }] });
});
