import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { ok } from "~/kernel/result";
import { readRemovedSchedules } from "~/queries/maintenance.server";
import { putBackSchedule, recordSchedule, removeSchedule } from "./change-schedule.server";
import { shopWithTemplate } from "./maintenance.fixtures";
import { makeServiceOrders } from "./orders/make-orders.server";
import { applyTemplate } from "./templates/apply-template.server";

async function removed() {
  const it = await shopWithTemplate();
  const truck = await it.unit();
  await applyTemplate(it.staff, { templateId: it.templateId, assetIds: [truck], start: { kind: "due" } });
  const [due] = await it.schedules(truck);
  if (!due) throw new Error("no schedule");
  const of = { assetId: truck, scheduleId: due.id };
  const record = { id: newId("scheduleRecord"), kind: "done", day: "2030-02-28", meters: { odometer: 99_000_000 }, until: null, note: "Invoice 7" } as const;
  expect((await recordSchedule(it.staff, of, record)).ok).toBe(true);
  const made = await makeServiceOrders(it.staff, [due.id]);
  const order = made.ok ? made.value[0]?.id : undefined;
  const before = await it.schedules(truck);
  expect(before).toMatchObject([{ state: "current", done: 1, openOrder: { id: order } }]);
  expect(await removeSchedule(it.staff, of)).toEqual(ok(null));
  expect(await it.schedules(truck)).toEqual([]);
  return { ...it, truck, of, before };
}

test("maintenance that was removed by mistake is put back with what was done and with its open order", async () => {
  const { staff, truck, of, before, schedules, cached } = await removed();
  expect(await readRemovedSchedules(staff.db, truck)).toMatchObject([{ id: of.scheduleId, name: "Oil service" }]);
  expect(await putBackSchedule(staff, { ...of, assetId: newId("asset") })).toEqual({ ok: false, error: { kind: "not-found" } });
  expect(await putBackSchedule(staff, of)).toEqual(ok(null));
  expect(await putBackSchedule(staff, of)).toEqual(ok(null));
  expect(await schedules(truck)).toMatchObject(before.map(({ version: _, ...one }) => one));
  expect((await cached())[0]?.state).toBe("current");
  expect(await readRemovedSchedules(staff.db, truck)).toEqual([]);
});

test("a unit that got the same template again keeps that one", async () => {
  const { staff, truck, of, templateId, schedules } = await removed();
  await applyTemplate(staff, { templateId, assetIds: [truck], start: { kind: "now" } });
  expect(await readRemovedSchedules(staff.db, truck)).toEqual([]);
  expect(await putBackSchedule(staff, of)).toEqual({ ok: false, error: { kind: "has-it" } });
  expect(await schedules(truck)).toHaveLength(1);
});
