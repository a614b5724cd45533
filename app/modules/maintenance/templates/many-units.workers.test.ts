import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { ok } from "~/kernel/result";
import { localInstant } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { readMaintenanceTemplates, readUnitsWithout } from "~/queries/staff/maintenance-templates.server";
import { sweepMaintenance } from "../../../../workers/background";
import { form, shopWithTemplate } from "../maintenance.fixtures";
import { maintenanceChecks, maintenanceSchedules } from "../maintenance.tables";
import { applyTemplate } from "./apply-template.server";
import { saveTemplate } from "./save-template.server";

const byDays = { distance: "", distanceSoon: "", calendar: "90", calendarUnit: "day", soonDays: "2" };

/** A shop with so many units, of which each has the template where `has`. */
async function shopWithUnits(count: number, has: boolean) {
  const it = await shopWithTemplate(byDays);
  const { db } = it.shop;
  const createdAt = it.world.clock.now();
  const rows = Array.from({ length: count }, (_, n) => {
    const assetId: Id<"asset"> = newId("asset");
    const schedule = { id: newId("schedule"), assetId, templateId: it.templateId, baseline: { means: "last-done" as const, day: "2030-02-01", meters: {} } };
    return [
      db.insert(assets, { id: assetId, customerId: it.customer.id, unitNumber: `N${1_000 + n}`, kind: "truck", sharesPosition: true, createdAt }),
      ...(has ? [db.insert(maintenanceSchedules, { ...schedule, state: "current", projectedDay: "2030-05-02", version: 1, createdAt })] : []),
    ];
  }).flat();
  for (let from = 0; from < rows.length; from += 100) await db.batch(rows.slice(from, from + 100));
  const s = maintenanceSchedules;
  const states = async () => {
    const found = await db.query({ from: s, columns: { state: s.state }, where: eq(s.templateId, it.templateId), limit: 1_000 });
    return Object.fromEntries([...new Set(found.map(({ state }) => state))].map((state) => [state, found.filter((one) => one.state === state).length]));
  };
  return { ...it, states };
}

test("a template on many units is saved at once, and its units follow in the background, which the list of templates shows", async () => {
  const { world, shop, staff, templateId, states } = await shopWithUnits(230, true);
  const shorter = form({ ...byDays, calendar: "10" });
  expect(await saveTemplate(staff, { id: templateId, form: shorter, seen: 1 })).toEqual(ok(null));
  expect(await states()).toEqual({ current: 230 });
  expect(await readMaintenanceTemplates(staff.db)).toMatchObject([{ units: 230, refreshed: 0 }]);
  await world.drainOutbox(shop);
  expect(await states()).toEqual({ overdue: 230 });
  expect(await readMaintenanceTemplates(staff.db)).toMatchObject([{ units: 230, refreshed: null }]);
});

test("the day's check of many units goes on in the background, part by part", async () => {
  const { world, shop, states } = await shopWithUnits(430, true);
  world.clock.set(localInstant("2030-05-01T00:30", "Pacific/Chatham") ?? world.clock.now());
  await sweepMaintenance(world.env, world.context.platform);
  expect(await states()).toEqual({ current: 230, "due-soon": 200 });
  // An hour later it isn't begun anew while it goes on.
  await sweepMaintenance(world.env, world.context.platform);
  await world.drainOutbox(shop);
  expect(await states()).toEqual({ "due-soon": 430 });
  const checks = await shop.db.query({ from: maintenanceChecks, columns: { through: maintenanceChecks.through }, limit: 9 });
  expect(checks).toEqual([{ through: "2030-05-01" }]);
});

test("two people who put a template on the same units at once put it on each once, and both get an answer", async () => {
  const { staff, templateId, unit, schedules } = await shopWithTemplate();
  const units = [await unit(), await unit(), await unit()];
  const apply = (assetIds: readonly string[]) => applyTemplate(staff, { templateId, assetIds, start: { kind: "now" } });
  const both = await Promise.all([apply(units), apply(units.slice(0, 2))]);
  expect(both.map(({ ok: isOk }) => isOk)).toEqual([true, true]);
  expect(both.reduce((sum, one) => sum + (one.ok ? one.value.added : 0), 0)).toBe(3);
  for (const id of units) expect(await schedules(id)).toHaveLength(1);
});

test("of more units than fit on the page it is known how many, and a search finds the others", async () => {
  const { staff, templateId } = await shopWithUnits(320, false);
  const wanted = { id: templateId, kind: null, customerId: null };
  const all = await readUnitsWithout(staff.db, { ...wanted, query: "" });
  expect([all.units.length, all.count]).toEqual([300, 320]);
  const found = await readUnitsWithout(staff.db, { ...wanted, query: "n1319" });
  expect([found.units.map(({ unitNumber }) => unitNumber), found.count]).toEqual([["N1319"], 1]);
});
