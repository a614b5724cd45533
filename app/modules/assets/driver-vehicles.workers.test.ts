import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Id } from "~/kernel/ids";
import { DAY, dayOf, HOUR, later } from "~/kernel/time";
import { archiveDriver } from "~/modules/drivers/save-driver.server";
import { readDriverRecord, readDriverVehicles } from "~/queries/staff/driver-record.server";
import { readUnitRecord } from "~/queries/staff/unit-record.server";
import type { Shop } from "../../../tests/world/shop";
import { createWorld } from "../../../tests/world/world";
import { assetDrivers } from "./asset.tables";
import { handOverAsset } from "./change-asset.server";
import { assignVehicle, giveBackVehicle } from "./driver-vehicles.server";

const zone = "Pacific/Chatham";

async function setUp() {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const customer = await shop.customer();
  const email = `driver-${shop.id.slice(-8)}@people.test`;
  const driver = await shop.driver({ customer, email });
  const asset = await shop.asset({ customer });
  const staff = await shop.asStaff();
  const today = () => dayOf(world.clock.now(), zone);
  return {
    ...{ world, shop, customer, driver, asset, staff, today },
    assign: (assetId: Id<"asset">, first = today(), last: string | null = null, driverId = driver.id) =>
      assignVehicle(staff, { driverId, assetId, first, last }),
    record: async () => (await readDriverRecord(staff.db, driver.id))?.vehicles.map(({ assetId, from, to }) => ({ assetId, from, to })),
    sees: () => unitsOf(shop, email),
  };
}

async function unitsOf(shop: Shop, email: string): Promise<string[]> {
  const db = await shop.driverDatabase(email);
  return (await readDriverVehicles(db, shop.now())).map(({ assetId }) => assetId);
}

test("an assigned unit is on the driver's page until it is unassigned", async () => {
  const { world, driver, asset, staff, assign, sees, record } = await setUp();
  expect(await sees()).toEqual([]);
  expect(await assign(asset)).toEqual({ ok: true, value: null });
  expect(await sees()).toEqual([asset]);
  expect(await assign(asset)).toEqual({ ok: false, error: { kind: "overlaps" } });
  const from = world.clock.now();
  world.clock.pass(HOUR);
  const back = () => giveBackVehicle(staff, { driverId: driver.id, assetId: asset, from });
  expect(await back()).toEqual({ ok: true, value: null });
  expect(await sees()).toEqual([]);
  expect(await back()).toEqual({ ok: true, value: null });
  expect(await record()).toEqual([{ assetId: asset, from, to: later(from, HOUR) }]);
  expect((await assign(asset)).ok).toBe(true);
  expect(await sees()).toEqual([asset]);
});

test("a future assignment begins and ends with days in the shop's time zone", async () => {
  const { world, driver, asset, staff, assign, sees, record } = await setUp();
  const tomorrow = dayOf(later(world.clock.now(), DAY), zone);
  expect((await assign(asset, tomorrow, tomorrow)).ok).toBe(true);
  const from = (await record())?.[0]?.from ?? world.clock.now();
  expect(await sees()).toEqual([]);
  world.clock.set(from);
  expect(await sees()).toEqual([asset]);
  world.clock.pass(DAY - 1);
  expect(await sees()).toEqual([asset]);
  world.clock.pass(1);
  expect(await sees()).toEqual([]);

  // Ended before it began, it doesn't count.
  const next = dayOf(later(world.clock.now(), 3 * DAY), zone);
  await assign(asset, next);
  const planned = (await record())?.[0]?.from ?? from;
  await giveBackVehicle(staff, { driverId: driver.id, assetId: asset, from: planned });
  expect(await record()).toHaveLength(1);
  expect((await assign(asset, next, next)).ok).toBe(true);
  expect(await assign(asset, next)).toEqual({ ok: false, error: { kind: "overlaps" } });
  await giveBackVehicle(staff, { driverId: driver.id, assetId: asset, from: planned });
  world.clock.set(later(planned, HOUR));
  expect(await sees()).toEqual([]);
});

test("of two conflicting assignments at the same moment one fails", async () => {
  const { asset, assign, record } = await setUp();
  const results = await Promise.all(Array.from({ length: 6 }, () => assign(asset)));
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await record()).toHaveLength(1);
});

test("a driver only gets units of their own customer and shop", async () => {
  const { world, shop, driver, customer, asset, assign, sees } = await setUp();
  const other = await world.shop();
  const foreign = await other.asset({ customer: await other.customer() });
  expect(await assign(await shop.asset({ customer: await shop.customer() }))).toEqual({ ok: false, error: { kind: "not-found" } });
  expect(await assign(foreign)).toEqual({ ok: false, error: { kind: "not-found" } });
  const stranger = await other.asStaff();
  expect(await assignVehicle(stranger, { driverId: driver.id, assetId: asset, first: dayOf(world.clock.now(), zone), last: null })).toMatchObject({
    error: { kind: "not-found" },
  });
  expect(await readDriverRecord(stranger.db, driver.id)).toBeNull();

  await assign(asset);
  const colleagueEmail = `colleague-${shop.id.slice(-8)}@people.test`;
  await shop.driver({ customer, email: colleagueEmail });
  expect(await sees()).toEqual([asset]);
  expect(await unitsOf(shop, colleagueEmail)).toEqual([]);
});

test("a sale ends the assignments of the former owner's drivers, so that the unit's page names them as former", async () => {
  const { world, shop, driver, staff, asset, assign, sees, record } = await setUp();
  await assign(asset);
  const from = world.clock.now();
  world.clock.pass(HOUR);
  const sale = world.clock.now();
  const buyer = await shop.customer();
  expect(await handOverAsset(staff, { id: asset, to: buyer.id, from: sale })).toEqual({ ok: true, value: null });
  expect(await sees()).toEqual([]);
  expect(await record()).toEqual([{ assetId: asset, from, to: sale }]);
  const unit = async () => (await readUnitRecord(staff.db, asset))?.drivers.map(({ driverId, to }) => ({ driverId, to }));
  expect(await unit()).toEqual([{ driverId: driver.id, to: sale }]);

  // Sold back at a time that was entered later: the new owner's driver keeps it until then, and not after it.
  const second = await shop.driver({ customer: buyer, email: `second-${shop.id.slice(-8)}@people.test` });
  expect((await assign(asset, undefined, null, second.id)).ok).toBe(true);
  world.clock.pass(HOUR);
  const back = world.clock.now();
  world.clock.pass(HOUR);
  expect((await handOverAsset(staff, { id: asset, to: (await shop.customer()).id, from: back })).ok).toBe(true);
  expect((await unit())?.find(({ driverId }) => driverId === second.id)).toEqual({ driverId: second.id, to: back });
});

test("an assignment that a sale left open ends when the unit comes back, or when it is assigned again", async () => {
  const { world, shop, customer, driver, staff, asset, assign, sees, record } = await setUp();
  const buyer = await shop.customer();
  const second = await shop.driver({ customer: buyer, email: `second-${shop.id.slice(-8)}@people.test` });
  await assign(asset);
  const from = world.clock.now();
  world.clock.pass(HOUR);
  const sale = world.clock.now();
  const sell = async (to: Id<"customer">) => expect((await handOverAsset(staff, { id: asset, to, from: world.clock.now() })).ok).toBe(true);
  await sell(buyer.id);
  const leftOpen = () => shop.db.batch([shop.db.update(assetDrivers, { to: null }, eq(assetDrivers.driverId, driver.id))]);
  await leftOpen();
  expect((await assign(asset, undefined, null, second.id)).ok).toBe(true);
  expect(await record()).toEqual([{ assetId: asset, from, to: sale }]);
  await leftOpen();
  world.clock.pass(HOUR);
  await sell(customer.id);
  expect(await record()).toEqual([{ assetId: asset, from, to: sale }]);
  expect(await sees()).toEqual([]);
  expect((await assign(asset)).ok).toBe(true);
  expect(await sees()).toEqual([asset]);
});

test("a unit that is assigned and sold at the same moment is no longer with the former owner's driver", async () => {
  const { shop, driver, staff, asset, today, sees } = await setUp();
  const buyer = await shop.customer();
  await Promise.all([
    ...Array.from({ length: 4 }, () => assignVehicle(staff, { driverId: driver.id, assetId: asset, first: today(), last: null })),
    handOverAsset(staff, { id: asset, to: buyer.id, from: shop.now() }),
  ]);
  expect(await sees()).toEqual([]);
  const rows = await shop.db.query({
    from: assetDrivers,
    columns: { from: assetDrivers.from, to: assetDrivers.to },
    where: eq(assetDrivers.assetId, asset),
    limit: 9,
  });
  expect(rows.filter(({ from, to }) => to === null || to > from)).toEqual([]);
});

test("archiving a driver ends all assignments", async () => {
  const { world, driver, asset, staff, assign, record } = await setUp();
  await assign(asset);
  const from = world.clock.now();
  world.clock.pass(HOUR);
  await archiveDriver(staff, driver.id);
  await world.settle();
  expect(await record()).toEqual([{ assetId: asset, from, to: world.clock.now() }]);
  expect(await assign(asset)).toEqual({ ok: false, error: { kind: "not-found" } });
});
