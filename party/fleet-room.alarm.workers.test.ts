import { abortAllDurableObjects, evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { asc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { MINUTE, SECOND } from "~/kernel/time";
import { meterReadings } from "~/modules/assets/asset.tables";
import type { FleetSink } from "~/modules/telematics/fleet";
import type { FleetState } from "~/modules/telematics/fleet-state";
import { assetFaults, lastSeen } from "~/modules/telematics/telematics.tables";
import { expectConsoleError } from "../tests/setup/console";
import { liveShop, reading } from "../tests/world/fleet";
import type { Shop } from "../tests/world/shop";

type Room = { sink(): FleetSink; state: FleetState };
type Live = Awaited<ReturnType<typeof liveShop>>;

const inRoom = <T>({ stub }: Live, inspect: (sql: SqlStorage, state: DurableObjectState, room: Room) => T | Promise<T>): Promise<T> =>
  runInDurableObject(stub(), (room, state) => inspect(state.storage.sql, state, room as unknown as Room)); // its sink is what a fault is put into, its state what a late flush would carry

/** Has everything that is planned come due, and rings. */
async function ring(live: Live): Promise<boolean> {
  await inRoom(live, (sql, state) => {
    sql.exec("update due set at = 1");
    return state.storage.setAlarm(Date.now() + 60_000);
  });
  return runDurableObjectAlarm(live.stub());
}
const planned = (live: Live) =>
  inRoom(live, async (sql, state) => ({
    due: sql.exec<{ kind: string; at: number }>("select kind, at from due order by kind").toArray(),
    alarm: await state.storage.getAlarm(),
  }));

const seenIn = (shop: Shop) =>
  shop.db.query({
    from: lastSeen,
    columns: { assetId: lastSeen.assetId, recordedAt: lastSeen.recordedAt, latitude: lastSeen.latitude },
    orderBy: [asc(lastSeen.recordedAt)],
    limit: 50,
  });
const metersIn = (shop: Shop) =>
  shop.db.query({
    from: meterReadings,
    columns: { meter: meterReadings.meter, value: meterReadings.value, at: meterReadings.at },
    orderBy: [asc(meterReadings.meter), asc(meterReadings.at)],
    limit: 50,
  });
const faultsIn = (shop: Shop) =>
  shop.db.query({
    from: assetFaults,
    columns: { faultKey: assetFaults.faultKey, openedAt: assetFaults.openedAt, closedAt: assetFaults.closedAt },
    orderBy: [asc(assetFaults.faultKey)],
    limit: 1_000,
  });

test("a position costs no write; a quarter of an hour later the last one is written, with its meters, once", async () => {
  const live = await liveShop();
  const { shop, ingest, northTruck, northTracker, now } = live;
  for (let n = 10; n > 0; n--)
    await ingest(reading(northTracker, now - n * SECOND, { latitude: 41.6 + n / 1_000, odometerMeters: 50_000 - n, engineSeconds: 9_000 }));
  expect(await seenIn(shop)).toEqual([]);
  const { due, alarm } = await planned(live);
  expect(due.map(({ kind }) => kind)).toEqual(["flush"]);
  expect(alarm).toBeGreaterThan(now + 15 * MINUTE - SECOND);
  expect(alarm).toBeLessThan(now + 17 * MINUTE);

  expect(await ring(live)).toBe(true);
  const written = [{ assetId: northTruck, recordedAt: now - SECOND, latitude: 41.601 }];
  const meters = [
    { meter: "engine", value: 9_000, at: now - SECOND },
    { meter: "odometer", value: 49_999, at: now - SECOND },
  ];
  expect(await seenIn(shop)).toEqual(written);
  expect(await metersIn(shop)).toEqual(meters);
  expect((await planned(live)).due).toEqual([]);

  await evictDurableObject(live.stub());
  await ring(live);
  expect([await seenIn(shop), await metersIn(shop)]).toEqual([written, meters]);
});

test("a tracker's meter is judged like a typed one: what jumps, runs backward or is zero waits for review, once a week", async () => {
  const live = await liveShop();
  const { shop, ingest, northTracker, now } = live;
  const statuses = () =>
    shop.db.query({
      from: meterReadings,
      columns: { value: meterReadings.value, status: meterReadings.status, reason: meterReadings.reason },
      where: eq(meterReadings.meter, "odometer"),
      orderBy: [asc(meterReadings.at)],
      limit: 50,
    });
  const report = async (secondsAgo: number, odometerMeters: number) => {
    await ingest(reading(northTracker, now - secondsAgo * SECOND, { odometerMeters }));
    await ring(live);
  };
  await report(60, 123_000_000);
  await report(50, 1_595_000_000);
  await report(40, 123_000_100);
  await report(30, 1_609);
  await report(20, 0);
  expect(await statuses()).toEqual([
    { value: 123_000_000, status: "counted", reason: null },
    { value: 1_595_000_000, status: "review", reason: "jump" },
    { value: 123_000_100, status: "counted", reason: null },
  ]);
});

test("only assets that changed since the last flush are written again", async () => {
  const live = await liveShop();
  const { shop, ingest, northTracker, southTracker, southTruck, now } = live;
  await ingest(reading(northTracker, now - 20 * SECOND), reading(southTracker, now - 20 * SECOND));
  await ring(live);
  const sunk: string[][] = [];
  await inRoom(live, (_sql, _state, room) => {
    const real = room.sink();
    room.sink = () => ({ ...real, keepLastSeen: after((snapshots) => sunk.push(snapshots.map(({ assetId }) => assetId)), real.keepLastSeen) });
  });
  await ingest(reading(southTracker, now));
  await ring(live);
  expect(sunk).toEqual([[southTruck]]);
  expect((await seenIn(shop)).map(({ recordedAt }) => recordedAt)).toEqual([now - 20 * SECOND, now]);
});

test("what arrives while the database is being written is neither lost nor counted as written", async () => {
  const live = await liveShop();
  const { shop, ingest, northTracker, now } = live;
  await ingest(reading(northTracker, now - 20 * SECOND));
  await inRoom(live, (_sql, _state, room) => {
    const real = room.sink();
    room.sink = () => ({ ...real, keepLastSeen: after((_snapshots: unknown) => ingest(reading(northTracker, now)), real.keepLastSeen) });
  });
  await ring(live);
  expect((await planned(live)).due.map(({ kind }) => kind)).toEqual(["flush"]);
  await evictDurableObject(live.stub());
  await ring(live);
  expect((await seenIn(shop)).map(({ recordedAt }) => recordedAt)).toEqual([now]);
});

test("a sink that fails is asked again seconds later, until it takes it", async () => {
  const live = await liveShop();
  const { shop, ingest, northTracker, now } = live;
  await ingest(reading(northTracker, now));
  let failures = 2;
  await inRoom(live, (_sql, _state, room) => {
    const real = room.sink();
    room.sink = () => ({
      ...real,
      keepLastSeen: async (snapshots) => (failures-- > 0 ? Promise.reject(new Error("D1 is away")) : real.keepLastSeen(snapshots)),
    });
  });
  expectConsoleError(/room\.due/);
  for (let n = 0; n < 2; n++) {
    await ring(live);
    const { due, alarm } = await planned(live);
    expect(due.map(({ kind }) => kind)).toEqual(["flush"]);
    expect(alarm).toBeLessThan(Date.now() + 6 * SECOND);
    expect(await seenIn(shop)).toEqual([]);
  }
  await ring(live);
  expect((await seenIn(shop)).map(({ recordedAt }) => recordedAt)).toEqual([now]);
});

test("an alarm that was cut off by a crash is taken up by the next life of the room", async () => {
  const live = await liveShop();
  const { shop, ingest, northTracker, now } = live;
  await ingest(reading(northTracker, now, { faults: [{ dtc: "P0301" }] }));
  const begun = { seen: 0 };
  await inRoom(live, (sql, _state, room) => {
    sql.exec("update due set at = 1");
    room.sink = () => ({
      keepFaults: () => Promise.resolve(),
      keepLastSeen: after(
        () => begun.seen++,
        () => new Promise<never>(() => {}),
      ),
    });
  });
  const cut = runDurableObjectAlarm(live.stub()).catch(() => false);
  await expect.poll(() => begun.seen).toBe(1);
  await abortAllDurableObjects();
  await cut;
  const { due, alarm } = await planned(live);
  expect(due.map(({ kind }) => kind)).toContain("flush");
  expect(alarm).not.toBeNull();
  await ring(live);
  expect((await seenIn(shop)).map(({ recordedAt }) => recordedAt)).toEqual([now]);
});

test("faults are opened and closed in the database at once, and one that comes back is a new one", async () => {
  const live = await liveShop();
  const { shop, ingest, northTracker, now } = live;
  const oil = { spn: 100, fmi: 1, occurrenceCount: 3 };
  await ingest(reading(northTracker, now - 50 * SECOND, { faults: [oil, { dtc: "P0301" }] }));
  expect((await planned(live)).due.map(({ kind }) => kind)).toEqual(["faults", "flush"]);
  expect((await planned(live)).alarm).toBeLessThan(now + 30 * SECOND);
  await ring(live);
  expect(await faultsIn(shop)).toEqual([
    { faultKey: "dtc:P0301", openedAt: now - 50 * SECOND, closedAt: null },
    { faultKey: "spn:100/fmi:1", openedAt: now - 50 * SECOND, closedAt: null },
  ]);
  await ingest(
    reading(northTracker, now - 40 * SECOND, { faults: [{ dtc: "P0301" }] }),
    reading(northTracker, now - 30 * SECOND),
    reading(northTracker, now - 20 * SECOND, { faults: [oil] }),
  );
  await ring(live);
  expect(await faultsIn(shop)).toEqual([
    { faultKey: "dtc:P0301", openedAt: now - 50 * SECOND, closedAt: now - 20 * SECOND },
    { faultKey: "spn:100/fmi:1", openedAt: now - 50 * SECOND, closedAt: now - 40 * SECOND },
    { faultKey: "spn:100/fmi:1", openedAt: now - 20 * SECOND, closedAt: null },
  ]);
});

test("more faults than one write takes are all written", async () => {
  const live = await liveShop();
  const { shop, ingest, northTracker, now } = live;
  const codes = (from: number) => Array.from({ length: 100 }, (_, n) => ({ spn: from + n, fmi: 1, occurrenceCount: null }));
  await ingest(...[0, 1, 2, 3].map((n) => reading(northTracker, now - (10 - n) * SECOND, { faults: codes(1_000 + n * 100) })));
  for (let n = 0; n < 3; n++) await ring(live);
  const rows = await faultsIn(shop);
  expect(rows).toHaveLength(400);
  expect(rows.filter(({ closedAt }) => closedAt === null)).toHaveLength(100);
  expect(await inRoom(live, (sql) => sql.exec("select 1 from fault_changes").toArray().length)).toBe(0);
});

test("a flush of fifteen minutes ago that comes late does not turn the copy back", async () => {
  const live = await liveShop();
  const { shop, ingest, northTracker, now } = live;
  await ingest(reading(northTracker, now - 20 * SECOND));
  const old = await inRoom(live, (_sql, _state, other) => [...other.state.snapshots.values()]);
  await ingest(reading(northTracker, now));
  await ring(live);
  await inRoom(live, (_sql, _state, other) => other.sink().keepLastSeen(old));
  expect((await seenIn(shop)).map(({ recordedAt }) => recordedAt)).toEqual([now]);
});

/** Something that happens before a sink's own work. */
function after<Arguments extends unknown[], Result>(first: (...given: Arguments) => unknown, then: (...given: Arguments) => Promise<Result>) {
  return async (...given: Arguments): Promise<Result> => {
    await first(...given);
    return then(...given);
  };
}
