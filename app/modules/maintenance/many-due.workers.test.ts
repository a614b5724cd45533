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
