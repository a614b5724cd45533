import { expect, test } from "vitest";
import { readPortalUnits } from "~/queries/customer/unit-list.server";
import { readFleet } from "~/queries/fleet.server";
import { readWaitingMaintenance } from "~/queries/maintenance-list.server";
import { readUnitList } from "~/queries/staff/unit-list.server";
import { shopWithTemplate } from "./maintenance.fixtures";
import { makeServiceOrders } from "./orders/make-orders.server";
import { applyTemplate } from "./templates/apply-template.server";

test("due maintenance is seen on Today until it is ordered, and on the map and in the list of units until it is done", async () => {
  const { world, shop, customer, staff, templateId, unit, unitOf, schedules } = await shopWithTemplate();
  const [due, current] = [await unit(), await unit()];
  await applyTemplate(staff, { templateId, assetIds: [due], start: { kind: "due" } });
  await applyTemplate(staff, { templateId, assetIds: [current], start: { kind: "now" } });
  const { unitNumber } = await unitOf(due);
  const waiting = async () => (await readWaitingMaintenance(staff.db, 6)).rows;
  const listed = async () => (await readUnitList(staff.db, { filter: "maintenance-due", query: "", after: null, customer: null })).rows;
  const marks = async (services: Parameters<typeof readFleet>[0]) => (await readFleet(services)).units.map(({ id, due: mark }) => [id, mark]);
  const seen = [
    [due, "due"],
    [current, null],
  ];
  expect(await waiting()).toMatchObject([{ assetId: due, unitNumber, state: "due", name: "Oil service" }]);
  expect(await listed()).toMatchObject([{ id: due, due: "due" }]);
  const { db: mine } = await shop.as(customer);
  const { rows } = await readPortalUnits(mine, { filter: "all", query: "", after: null, since: world.clock.now(), withSpend: false });
  expect(rows.map((row) => [row.id, row.due])).toEqual(expect.arrayContaining(seen));
  expect(await marks(staff)).toEqual(expect.arrayContaining(seen));
  expect(await marks(await shop.as(customer))).toEqual(expect.arrayContaining(seen));
  expect(await marks(await shop.as(await shop.customer()))).toEqual([]);
  expect((await readWaitingMaintenance((await (await world.shop()).asStaff()).db, 6)).rows).toEqual([]);

  const [schedule] = await schedules(due);
  expect((await makeServiceOrders(staff, schedule ? [schedule.id] : [])).ok).toBe(true);
  expect([await waiting(), (await listed()).length]).toEqual([[], 1]);
});
