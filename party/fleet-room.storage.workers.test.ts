import { abortAllDurableObjects, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { MINUTE, SECOND, toUtcMs } from "~/kernel/time";
import type { FleetPicture } from "~/modules/telematics/fleet";
import { liveShop, reading, roomOf } from "../tests/world/fleet";

const times = (points: readonly { at: number }[]) => points.map(({ at }) => at);
const staff = { audience: "staff" } as const;
const where = ({ units }: FleetPicture, asset: string) => units.find(({ assetId }) => assetId === asset);

test.each([
  ["evicted", async (stub: DurableObjectStub) => evictDurableObject(stub)],
  ["killed", async () => abortAllDurableObjects()],
])("after a room was %s its picture is the same and its trail complete", async (_how, end) => {
  const { room, stub, ingest, northTruck, southTruck, northTracker, southTracker, now, trail } = await liveShop();
  for (let n = 0; n < 20; n++) {
    const at = now - (20 - n) * 10 * SECOND;
    const moving = {
      latitude: 41.6 + n / 1_000,
      speedMps: n % 7,
      odometerMeters: n === 3 ? 1_000 : null,
      faults: n === 5 ? [{ spn: 100, fmi: 1, occurrenceCount: 1 }] : null,
    };
    await ingest(reading(northTracker, at, moving), reading(southTracker, at, { longitude: -87 - n / 1_000, ignition: n % 2 === 0 }));
  }
  const before = await room().picture(staff);
  expect(before.units).toHaveLength(2);
  await end(stub());
  expect(await room().picture(staff)).toEqual(before);
  const expected = Array.from({ length: 20 }, (_, n) => now - (20 - n) * 10 * SECOND);
  for (const truck of [northTruck, southTruck]) expect(times(await trail(truck, now - 60 * MINUTE, now))).toEqual(expected);
});

test("each batch that was answered is in the log, whichever moment the room dies after it", async () => {
  const { ingest, northTruck, northTracker, now, trail } = await liveShop();
  for (let n = 0; n < 5; n++) {
    expect(await ingest(reading(northTracker, now - MINUTE + n * SECOND))).toEqual(["current"]);
    await abortAllDurableObjects();
  }
  expect(await trail(northTruck, now - MINUTE, now)).toHaveLength(5);
});

test("one arrival batch is one row, however many positions it holds", async () => {
  const { stub, ingest, northTracker, southTracker, now } = await liveShop();
  await ingest(...Array.from({ length: 200 }, (_, n) => reading(n % 2 ? northTracker : southTracker, now - 300 * SECOND + n * SECOND)));
  const rows = await runInDurableObject(stub(), (_room, { storage }) => storage.sql.exec<{ n: number }>("select count(*) as n from batches").one().n);
  expect(rows).toBe(1);
});

test("recognizes duplicates: of current and late points, after a restart, and within one batch", async () => {
  const { stub, ingest, northTruck, northTracker, now, trail } = await liveShop();
  const at = (seconds: number) => reading(northTracker, now - MINUTE + seconds * SECOND);
  expect(await ingest(at(10))).toEqual(["current"]);
  expect(await ingest(at(10))).toEqual(["duplicate"]);
  expect(await ingest(at(5))).toEqual(["late"]);
  expect(await ingest(at(5), at(5))).toEqual(["duplicate", "duplicate"]);
  expect(await ingest(at(20), at(15), at(15), at(20), at(10))).toEqual(["current", "late", "duplicate", "duplicate", "duplicate"]);
  expect(await ingest(at(30), at(31), at(30))).toEqual(["current", "current", "duplicate"]);
  await evictDurableObject(stub());
  expect(await ingest(at(5), at(10), at(15), at(20), at(30), at(31))).toEqual(Array(6).fill("duplicate"));
  expect(times(await trail(northTruck, now - MINUTE, now))).toEqual([5, 10, 15, 20, 30, 31].map((seconds) => now - MINUTE + seconds * SECOND));
});

test("late points of more devices than one question can name are told apart all the same", async () => {
  const { shop, ingest, northTruck, now, trail } = await liveShop();
  const codes: string[] = [];
  for (let n = 0; n < 120; n++) codes.push(await shop.device({ asset: northTruck }));
  await shop.applyRoster();
  await ingest(...codes.map((code) => reading(code, now - 10 * SECOND)));
  const late = codes.map((code) => reading(code, now - 20 * SECOND));
  expect(new Set(await ingest(...late))).toEqual(new Set(["late"]));
  expect(new Set(await ingest(...late))).toEqual(new Set(["duplicate"]));
  expect(await trail(northTruck, now - MINUTE, now)).toHaveLength(240);
});

test("a late point joins history and does not turn the truck back", async () => {
  const { room, ingest, northTruck, northTracker, now, trail } = await liveShop();
  await ingest(reading(northTracker, now - 10 * SECOND, { latitude: 41.7, odometerMeters: 5_000 }));
  expect(await ingest(reading(northTracker, now - 30 * SECOND, { latitude: 41.5, odometerMeters: 4_000 }))).toEqual(["late"]);
  expect(where(await room().picture(staff), northTruck)).toMatchObject({ latitude: 41.7, odometerMeters: 5_000, recordedAt: now - 10 * SECOND });
  expect((await trail(northTruck, now - MINUTE, now)).map(({ latitude }) => latitude)).toEqual([41.5, 41.7]);
});

test("when a batch cannot be written nothing of it counts as kept: sent again, it is", async () => {
  const { room, stub, ingest, northTruck, northTracker, now, trail } = await liveShop();
  await ingest(reading(northTracker, now - MINUTE));
  await runInDurableObject(
    stub(),
    (_room, { storage }) => void storage.sql.exec("create trigger full before insert on batches begin select raise(abort, 'disk full'); end"),
  );
  await expect(ingest(reading(northTracker, now - 10 * SECOND, { latitude: 41.61 }))).rejects.toThrow("disk full");
  expect(where(await room().picture(staff), northTruck)?.recordedAt).toBe(now - MINUTE);
  await runInDurableObject(stub(), (_room, { storage }) => void storage.sql.exec("drop trigger full"));
  expect(await ingest(reading(northTracker, now - 10 * SECOND, { latitude: 41.61 }))).toEqual(["current"]);
  expect(await trail(northTruck, now - 2 * MINUTE, now)).toHaveLength(2);
});

test("a jump that waits for a second one to confirm it survives a restart", async () => {
  const { room, stub, ingest, northTruck, northTracker, now } = await liveShop();
  const far = { latitude: 36, longitude: -95 };
  await ingest(reading(northTracker, now - MINUTE));
  expect(await ingest(reading(northTracker, now - 50 * SECOND, far))).toEqual(["set-aside"]);
  await evictDurableObject(stub());
  expect(await ingest(reading(northTracker, now - 50 * SECOND, far))).toEqual(["duplicate"]);
  expect(await ingest(reading(northTracker, now - 40 * SECOND, far))).toEqual(["current"]);
  expect(where(await room().picture(staff), northTruck)).toMatchObject(far);
});

test("what is absurd is set aside in full and counted, and moves nothing", async () => {
  const { room, stub, ingest, northTracker, now } = await liveShop();
  await ingest(reading(northTracker, now - MINUTE));
  const before = await room().picture(staff);
  const kinds = await ingest(
    reading(northTracker, now - 30 * SECOND, { latitude: 91 }),
    reading(northTracker, Date.UTC(2097, 0, 1)),
    reading(northTracker, now - 20 * SECOND, { speedMps: 2_000 / 3.6 }),
    reading(northTracker, now - 10 * SECOND, { latitude: 0, longitude: 0 }),
  );
  expect(kinds).toEqual(Array(4).fill("set-aside"));
  expect(await room().picture(staff)).toEqual(before);
  expect((await room().devices()).tallies).toMatchObject([{ code: northTracker, rejected: 4, lastRejection: expect.stringContaining("both 0") }]);
  const kept = await runInDurableObject(stub(), (_room, { storage }) => storage.sql.exec<{ why: string }>("select why from set_aside order by id").toArray());
  expect(kept.map(({ why }) => why)).toEqual(["off-earth", "future", "too-fast", "null-island"]);
});

test("an unknown device is noted and kept out; one with its own key refuses the common one", async () => {
  const { shop, room, ingest, northTruck, now } = await liveShop();
  const own = await shop.device({ asset: northTruck, ownKey: true });
  await shop.applyRoster();
  expect(await ingest(reading("stranger", now), reading(own, now))).toEqual(["unknown-device", "own-key"]);
  expect((await room().ingest([reading(own, now)], own))?.map(({ kind }) => kind)).toEqual(["current"]);
  expect((await room().ingest([reading(own, now + SECOND)], "another"))?.map(({ kind }) => kind)).toEqual(["own-key"]);
  expect((await room().devices()).unknown).toMatchObject([{ code: "stranger", requests: 1 }]);
});

test("a reading belongs to the asset that carried the device when it was recorded", async () => {
  const { shop, ingest, southTruck, northTruck, northTracker, now, trail } = await liveShop();
  await shop.moveDevice({ device: northTracker, to: southTruck, at: toUtcMs(now - MINUTE) });
  await shop.applyRoster();
  await ingest(reading(northTracker, now - 90 * SECOND), reading(northTracker, now - 30 * SECOND));
  expect(times(await trail(northTruck, now - 10 * MINUTE, now))).toEqual([now - 90 * SECOND]);
  expect(times(await trail(southTruck, now - 10 * MINUTE, now))).toEqual([now - 30 * SECOND]);
});

test("a room without its roster stores nothing and answers so", async () => {
  const { world, now } = await liveShop();
  const fresh = await world.shop();
  const { room } = roomOf(fresh);
  expect(await room().ingest([reading("T-1", now)], null)).toBeNull();
  expect(await room().picture(staff)).toEqual({ seq: 0, units: [] });
});
