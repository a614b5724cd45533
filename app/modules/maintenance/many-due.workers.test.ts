import { expect, test } from "vitest";
import { addDays } from "~/kernel/days";
import { type Id, newId } from "~/kernel/ids";
import { assets } from "~/modules/assets/asset.tables";
import { readMaintenanceDays } from "~/queries/maintenance-list.server";
import { pagesOf } from "../../../tests/world/pages";
import { addCalendarFeed } from "./feeds/calendar-feed.server";
import { shopWithTemplate } from "./maintenance.fixtures";
import { maintenanceSchedules } from "./maintenance.tables";

const TODAY = "2030-03-01";

/** A shop with units of which each has one service, expected on a day. */
async function shopWithDays(days: readonly string[]) {
  const it = await shopWithTemplate();
  const { db } = it.shop;
  const createdAt = it.world.clock.now();
  const rows = days.flatMap((projectedDay, n) => {
    const assetId: Id<"asset"> = newId("asset");
    const state = projectedDay < TODAY ? ("overdue" as const) : ("current" as const);
    return [
      db.insert(assets, { id: assetId, customerId: it.customer.id, unitNumber: `N${n}`, kind: "truck", sharesPosition: true, createdAt }),
      db.insert(maintenanceSchedules, {
        ...{ id: newId("schedule"), assetId, templateId: it.templateId, baseline: { means: "last-done", day: TODAY, meters: {} } },
        ...{ state, firstBy: "calendar", dueDay: projectedDay, projectedDay, version: 1, createdAt },
      }),
    ];
  });
  for (let from = 0; from < rows.length; from += 100) await db.batch(rows.slice(from, from + 100));
  return it;
}

test("all of a fleet's maintenance is in the calendar, however much is late", async () => {
  const late = Array.from({ length: 600 }, (_, n) => addDays("2029-03-01", n % 300));
  const { world, shop, staff } = await shopWithDays([...late, "2030-03-05"]);
  const made = await addCalendarFeed(staff);
  if (!made.ok) throw new Error("no address was made");
  const answer = await (await pagesOf(world.context))(new Request(`http://${shop.host}/calendar/${made.value.token}.ics`));
  const file = await answer.text();
  expect(file.match(/BEGIN:VEVENT/g)).toHaveLength(601);
  expect(file).toContain("DTSTART;VALUE=DATE:20300305");
});

test("where there is more than the page by week holds, it has what is nearest to today, and shows that there is more", async () => {
  const late = Array.from({ length: 520 }, (_, n) => addDays("2029-03-01", n % 300));
  const { shop, staff, world } = await shopWithDays([...late, "2030-02-27", "2030-03-05"]);
  const span = { from: "2000-01-01", to: "2030-04-12", today: TODAY };
  const { rows, more } = await readMaintenanceDays(staff.db, span);
  expect([rows.length, rows.at(-2)?.projectedDay, rows.at(-1)?.projectedDay, more]).toEqual([501, "2030-02-27", "2030-03-05", { past: true, coming: false }]);
  expect(rows.map(({ projectedDay }) => projectedDay)).toEqual(rows.map(({ projectedDay }) => projectedDay).sort());
  const page = await pagesOf(world.context);
  const { cookie } = await shop.session(shop.ownerEmail, "staff");
  const text = await (await page(new Request(`http://${shop.host}/maintenance?view=weeks`, { headers: { Cookie: cookie } }))).text();
  expect(text).toContain("There is more than fits here");
});

test("a calendar that can't hold all of it has what is nearest to today, and an entry that points to the rest", async () => {
  const { world, shop, staff, customer, templateId } = await shopWithDays(["2030-03-05"]);
  const numbers = "with recursive n(n) as (select 1 union all select n + 1 from n where n < 2001)";
  const row = (sql: string) => world.env.TENANTS.prepare(`${numbers} ${sql}`);
  await world.env.TENANTS.batch([
    row(
      "insert into assets (organization_id, id, customer_id, unit_number, kind, shares_position, created_at) select ?1, 'ast_' || n, ?2, 'L' || n, 'truck', 1, 0 from n",
    ).bind(shop.id, customer.id),
    row(
      "insert into maintenance_schedules (organization_id, id, asset_id, template_id, baseline, state, first_by, due_day, projected_day, version, created_at) select ?1, 'sch_' || n, 'ast_' || n, ?2, '{}', 'overdue', 'calendar', '2029-01-02', date('2029-01-01', '+' || min(n, 2) || ' days'), 1, 0 from n",
    ).bind(shop.id, templateId),
  ]);
  const made = await addCalendarFeed(staff);
  if (!made.ok) throw new Error("no address was made");
  const file = await (await (await pagesOf(world.context))(new Request(`http://${shop.host}/calendar/${made.value.token}.ics`))).text();
  expect(file.match(/BEGIN:VEVENT/g)).toHaveLength(2_000 + 1 + 1);
  expect([file.includes("Unit L1:"), file.includes("Unit L2001:"), file.includes("DTSTART;VALUE=DATE:20300305")]).toEqual([false, true, true]);
  expect(file).toContain("SUMMARY:More maintenance than this calendar shows");
});
