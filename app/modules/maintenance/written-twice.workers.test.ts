import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { ok } from "~/kernel/result";
import { journal } from "~/platform/database/tenant.tables";
import { recordSchedule, removeScheduleRecord } from "./change-schedule.server";
import { shopWithTemplate } from "./maintenance.fixtures";
import { applyTemplate } from "./templates/apply-template.server";

test("a record that is sent twice is written down once, and what isn't there can't be taken back", async () => {
  const { shop, staff, templateId, unit, schedules } = await shopWithTemplate();
  const [truck, other] = [await unit(), await unit()];
  await applyTemplate(staff, { templateId, assetIds: [truck, other], start: { kind: "now" } });
  const of = { assetId: truck, scheduleId: (await schedules(truck))[0]?.id ?? newId("schedule") };
  const ofOther = { assetId: other, scheduleId: (await schedules(other))[0]?.id ?? newId("schedule") };
  const record = { id: newId("scheduleRecord"), kind: "skipped", day: "2030-02-20", meters: {}, until: null, note: "Parked" } as const;
  const written = async () =>
    (await shop.db.query({ from: journal, columns: { event: journal.event }, where: sql`${journal.event} like 'schedule.%'`, limit: 50 })).map(
      ({ event }) => event,
    );
  const before = await written();
  expect(await recordSchedule(staff, of, record)).toEqual(ok(null));
  expect(await recordSchedule(staff, of, record)).toEqual(ok(null));
  expect(await removeScheduleRecord(staff, ofOther, record.id)).toEqual({ ok: false, error: { kind: "not-found" } });
  expect((await schedules(truck))[0]?.records).toMatchObject([{ id: record.id }]);
  expect(await removeScheduleRecord(staff, of, record.id)).toEqual(ok(null));
  expect(await removeScheduleRecord(staff, of, record.id)).toEqual(ok(null));
  expect((await written()).slice(before.length).sort()).toEqual(["schedule.record-removed", "schedule.skipped"]);
});
