import { expect, test } from "vitest";
import { SECOND, toUtcMs } from "~/kernel/time";
import { readRoster } from "~/modules/telematics/roster.store.server";
import { expectConsoleError } from "../../tests/setup/console";
import { liveShop, reading } from "../../tests/world/fleet";
import { readFleet } from "./fleet.server";
import { readTrail } from "./staff/trail.server";

const ids = (units: readonly { id: string }[]) => units.map(({ id }) => id).sort();

/** Two shops with similar records. */
async function twoShops() {
  const mine = await liveShop();
  const other = await mine.world.shop();
  const theirCustomer = await other.customer();
  const theirTruck = await other.asset({ customer: theirCustomer });
  await other.device({ asset: theirTruck, code: mine.northTracker });
  await other.applyRoster();
  return { ...mine, other, theirTruck };
}

test("staff see their organization's units, a customer its own, each with its position", async () => {
  const { shop, other, north, northTruck, southTruck, theirTruck, ingest, northTracker, southTracker, now } = await twoShops();
  await ingest(reading(northTracker, now), reading(southTracker, now));
  const [staff, customer, stranger] = [await readFleet(await shop.asStaff()), await readFleet(await shop.as(north)), await readFleet(await other.asStaff())];
  expect(ids(staff.units)).toEqual([northTruck, southTruck].sort());
  expect(staff.picture?.units).toHaveLength(2);
  expect(ids(customer.units)).toEqual([northTruck]);
  expect(customer.picture?.units.map(({ assetId }) => assetId)).toEqual([northTruck]);
  expect(ids(stranger.units)).toEqual([theirTruck]);
  expect(stranger.picture?.units).toEqual([]);
  expect(stranger.units[0]?.tracked).toBe(true);
});

test("a customer sees neither a truck they sold nor its positions before they owned it", async () => {
  const { shop, north, south, northTruck, southTruck, ingest, northTracker, now } = await twoShops();
  await ingest(reading(northTracker, now - 20 * SECOND));
  await shop.sellAsset({ asset: northTruck, to: south, at: toUtcMs(now - 10 * SECOND) });
  await shop.applyRoster();
  const [seller, buyer] = [await readFleet(await shop.as(north)), await readFleet(await shop.as(south))];
  expect([seller.units, seller.picture?.units]).toEqual([[], []]);
  expect(ids(buyer.units)).toEqual([northTruck, southTruck].sort());
  expect(buyer.picture?.units).toEqual([]);
});

test("another organization's unit has no trail here, and looks like a missing one", async () => {
  const { shop, other, northTruck, ingest, northTracker, now } = await twoShops();
  await ingest(reading(northTracker, now - SECOND));
  const [from, to] = [toUtcMs(now - 10 * SECOND), toUtcMs(now)];
  expect(await readTrail(await shop.asStaff(), northTruck, from, to)).toHaveLength(1);
  expect(await readTrail(await other.asStaff(), northTruck, from, to)).toBeNull();
});

test("lists units when the fleet room doesn't respond", async () => {
  const { shop, northTruck, southTruck } = await twoShops();
  const services = await shop.asStaff();
  expectConsoleError(/fleet\.no-picture/);
  const read = await readFleet({ db: services.db, fleet: { ...services.fleet, picture: async () => Promise.reject(new Error("overloaded")) } });
  expect([ids(read.units), read.picture]).toEqual([[northTruck, southTruck].sort(), null]);
});

test("a roster holds one organization's devices, split by ownership periods", async () => {
  const { shop, other, north, south, northTruck, northTracker, theirTruck, now } = await twoShops();
  const at = toUtcMs(now - 10 * SECOND);
  await shop.sellAsset({ asset: northTruck, to: south, at });
  const roster = await readRoster(shop.db);
  const ofNorthTracker = roster.assignments.filter(({ deviceId }) => deviceId === northTracker);
  expect(ofNorthTracker).toMatchObject([
    { assetId: northTruck, customerId: north.id, to: at },
    { assetId: northTruck, customerId: south.id, from: at, to: null },
  ]);
  expect((await readRoster(other.db)).assignments.map(({ assetId }) => assetId)).toEqual([theirTruck]);
  expect(roster.version).toBe(3);
});
