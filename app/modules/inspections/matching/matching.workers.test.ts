import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { DAY, later } from "~/kernel/time";
import { meterReadings } from "~/modules/assets/asset.tables";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import type { Customer, Shop } from "../../../../tests/world/shop";
import { createWorld, type World } from "../../../../tests/world/world";
import { addDefectsToOrders } from "../defects/add-defects-to-order.server";
import { certifyDefects } from "../defects/certify-defects.server";
import { unitCondition } from "../defects/defect";
import { loadDefects, ofCustomer, ofUnits } from "../defects/defects.store.server";
import { fileReport } from "../inspections.fixtures";
import { matchUnit } from "./match-unit.server";
import { unmatchUnit } from "./unmatch-unit.server";

let world: World;
let shop: Shop;
let staff: Awaited<ReturnType<Shop["asStaff"]>>;
let customer: Customer;
let driver: Awaited<ReturnType<Shop["driver"]>>;

beforeAll(async () => {
  world = await createWorld();
  shop = await world.shop();
  staff = await shop.asStaff();
  customer = await shop.customer();
  driver = await shop.driver({ customer });
});

const unlisted = (more: Partial<Parameters<typeof fileReport>[1]> = {}) =>
  fileReport(shop, { customer, driver, typed: "Old 9", defects: [{ severity: "safety" }], ...more });
const conditionOf = async (unit: Id<"asset">) => unitCondition(await loadDefects(shop.db, ofUnits([unit])));
const readingsOf = (unit: Id<"asset">) =>
  shop.db.query({
    from: meterReadings,
    columns: { value: meterReadings.value, status: meterReadings.status },
    where: eq(meterReadings.assetId, unit),
    limit: 5,
  });

test("a report of a unit that nobody knows is matched to one of its customer, and its defects follow", async () => {
  const [unit, other] = [await shop.asset({ customer }), await shop.asset({ customer })];
  const { id, defects } = await unlisted();
  expect(await addDefectsToOrders(staff, [{ defectIds: defects, workOrderId: newId("workOrder") }])).toMatchObject({ error: { kind: "not-allowed" } });
  const stranger = await shop.customer();
  expect(await matchUnit(staff, id, await shop.asset({ customer: stranger }))).toMatchObject({ error: { kind: "other-owner" } });
  expect(await matchUnit(staff, id, unit)).toEqual({ ok: true, value: null });
  expect(await matchUnit(staff, id, unit)).toEqual({ ok: true, value: null });
  expect(await matchUnit(staff, id, other)).toMatchObject({ error: { kind: "matched" } });
  expect(await conditionOf(unit)).toBe("do-not-operate");
  expect(await loadDefects(shop.db, ofCustomer(stranger.id))).toEqual([]);
});

test("matching enters the meter of the report for the unit", async () => {
  const unit = await shop.asset({ customer });
  const { id } = await unlisted();
  await matchUnit(staff, id, unit);
  expect(await readingsOf(unit)).toEqual([{ value: 100_000_000, status: "counted" }]);
  // A later report of another unit, matched by mistake, runs backward here.
  await shop.db.batch([shop.db.update(meterReadings, { value: 200_000_000 }, eq(meterReadings.assetId, unit))]);
  const later_ = await unlisted({ at: later(world.clock.now(), DAY) });
  await matchUnit(staff, later_.id, unit);
  expect((await readingsOf(unit)).map(({ status }) => status).sort()).toEqual(["counted", "review"]);
});

test("a wrong match is undone: defects and meters leave the unit, and the right one gets them", async () => {
  const [wrong, right] = [await shop.asset({ customer }), await shop.asset({ customer })];
  const { id } = await unlisted();
  await matchUnit(staff, id, wrong);
  expect(await unmatchUnit(staff, id, right)).toMatchObject({ error: { kind: "stale" } });
  expect(await unmatchUnit(staff, id, wrong)).toEqual({ ok: true, value: null });
  expect(await unmatchUnit(staff, id, wrong)).toEqual({ ok: true, value: null });
  expect(await conditionOf(wrong)).toBe("ready");
  expect(await readingsOf(wrong)).toEqual([{ value: 100_000_000, status: "dismissed" }]);
  expect(await matchUnit(staff, id, right)).toEqual({ ok: true, value: null });
  expect(await conditionOf(right)).toBe("do-not-operate");
  // To and fro: what counts once counts again.
  await unmatchUnit(staff, id, right);
  await matchUnit(staff, id, wrong);
  expect(await readingsOf(wrong)).toEqual([{ value: 100_000_000, status: "counted" }]);
});

test("a match stays while a defect is on an order or certified, and one that the driver made is none", async () => {
  const unit = await shop.asset({ customer });
  const { id, defects } = await unlisted();
  await matchUnit(staff, id, unit);
  const workOrderId = newId("workOrder");
  await addDefectsToOrders(staff, [{ defectIds: defects, workOrderId }]);
  expect(await unmatchUnit(staff, id, unit)).toMatchObject({ error: { kind: "not-allowed", message: expect.stringMatching(/is on WO-\d+/) } });
  await shop.db.batch([shop.db.update(workOrders, { state: "canceled" }, eq(workOrders.id, workOrderId))]);
  expect(await unmatchUnit(staff, id, unit)).toEqual({ ok: true, value: null });
  await matchUnit(staff, id, unit);
  await certifyDefects(
    staff,
    defects.map((it) => ({ id: it, round: 1 })),
    { outcome: "repaired", reason: "", signedName: "Sam Ode" },
  );
  expect(await unmatchUnit(staff, id, unit)).toMatchObject({ error: { kind: "not-allowed", message: expect.stringContaining("was certified") } });
  const chosen = await unlisted({ asset: unit });
  expect(await unmatchUnit(staff, chosen.id, unit)).toMatchObject({ error: { kind: "not-matched" } });
});
