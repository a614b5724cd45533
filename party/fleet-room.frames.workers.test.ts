import { evictDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { SECOND, toUtcMs } from "~/kernel/time";
import { liveShop, reading, watch } from "../tests/world/fleet";
import type { FleetMessage } from "./protocol";

const summarize = (messages: readonly FleetMessage[]) =>
  messages.map((message) => [message.type, message.type === "gone" ? message.assetIds : message.units.map(({ assetId }) => assetId)]);

async function watched() {
  const live = await liveShop();
  const { shop, north, south } = live;
  const staff = await watch(shop, shop.ownerEmail, "staff");
  const [northSees, southSees] = [await watch(shop, north.email, "customer"), await watch(shop, south.email, "customer")];
  const soFar = async () => ({ staff: summarize(await staff.soFar()), north: summarize(await northSees.soFar()), south: summarize(await southSees.soFar()) });
  await soFar();
  return { ...live, staff, northSees, southSees, soFar };
}

test("one frame for each arrival batch and viewer, and a customer's holds its own units only", async () => {
  const { ingest, northTracker, southTracker, northTruck, southTruck, now, soFar } = await watched();
  await ingest(...[30, 20, 10].flatMap((ago) => [reading(northTracker, now - ago * SECOND), reading(southTracker, now - ago * SECOND)]));
  expect(await soFar()).toEqual({ staff: [["moved", [northTruck, southTruck]]], north: [["moved", [northTruck]]], south: [["moved", [southTruck]]] });
  await ingest(reading(northTracker, now));
  expect(await soFar()).toEqual({ staff: [["moved", [northTruck]]], north: [["moved", [northTruck]]], south: [] });
});

test("a late point, a duplicate, one set aside and a stranger's make no frame", async () => {
  const { ingest, northTracker, now, soFar } = await watched();
  await ingest(reading(northTracker, now));
  await soFar();
  await ingest(
    reading(northTracker, now),
    reading(northTracker, now - SECOND),
    reading(northTracker, now + SECOND, { latitude: 91 }),
    reading("stranger", now),
  );
  expect(await soFar()).toEqual({ staff: [], north: [], south: [] });
});

test("a frame tells no device, no account and nobody else's", async () => {
  const { ingest, northSees, northTracker, southTracker, southTruck, now } = await watched();
  await ingest(reading(northTracker, now, { received: { via: "osmand-query", speed: [40, "kn"] } }), reading(southTracker, now));
  const text = JSON.stringify(await northSees.soFar());
  expect(text).toContain('"moved"');
  for (const secret of [northTracker, southTracker, southTruck, "received"]) expect(text).not.toContain(secret);
});

test("another shop's sockets hear nothing", async () => {
  const { world, ingest, northTracker, now } = await watched();
  const other = await world.shop();
  await other.applyRoster();
  const stranger = await watch(other, other.ownerEmail, "staff");
  await ingest(reading(northTracker, now));
  expect(summarize(await stranger.soFar())).toEqual([["sync", []]]);
});

test("when a truck changes owners, one customer gets that it is gone and the other sees it from its next position", async () => {
  const { shop, ingest, south, northTruck, northTracker, now, soFar } = await watched();
  await ingest(reading(northTracker, now - 20 * SECOND));
  await soFar();
  await shop.sellAsset({ asset: northTruck, to: south, at: toUtcMs(now - 10 * SECOND) });
  await shop.applyRoster();
  expect(await soFar()).toEqual({ staff: [], north: [["gone", [northTruck]]], south: [] });
  await ingest(reading(northTracker, now - 5 * SECOND));
  expect(await soFar()).toEqual({ staff: [["moved", [northTruck]]], north: [], south: [["moved", [northTruck]]] });
});

test("sharing switched off hides a unit at once, and switched on shows where it is at once", async () => {
  const { shop, ingest, northTruck, northTracker, now, soFar } = await watched();
  await ingest(reading(northTracker, now));
  await soFar();
  await shop.share({ asset: northTruck, shares: false });
  await shop.applyRoster();
  expect(await soFar()).toEqual({ staff: [], north: [["gone", [northTruck]]], south: [] });
  await ingest(reading(northTracker, now + SECOND));
  expect((await soFar()).north).toEqual([]);
  await shop.share({ asset: northTruck, shares: true });
  await shop.applyRoster();
  expect((await soFar()).north).toEqual([["moved", [northTruck]]]);
});

test("a roster that is older than the room's changes nothing", async () => {
  const { room, north, northTruck, southTruck, northTracker, southTracker, ingest, now, soFar } = await watched();
  await ingest(reading(northTracker, now), reading(southTracker, now));
  await soFar();
  const all = [northTracker, southTracker].map((deviceId, n) => ({
    deviceId,
    assetId: [northTruck, southTruck][n] ?? "",
    customerId: north.id,
    from: toUtcMs(0),
    to: null,
    shared: true,
  }));
  await room().applyRoster({ version: 1, assignments: all, devicesWithOwnKey: [] });
  expect(await soFar()).toEqual({ staff: [], north: [], south: [] });
});

test("a reconnecting viewer names the last sequence seen and gets what moved since", async () => {
  const { shop, ingest, northTruck, southTruck, northTracker, southTracker, now, staff } = await watched();
  await ingest(reading(northTracker, now - 20 * SECOND), reading(southTracker, now - 20 * SECOND));
  const seen = (await staff.soFar()).at(-1)?.seq ?? 0;
  expect(summarize(await (await watch(shop, shop.ownerEmail, "staff", seen)).soFar())).toEqual([["sync", []]]);
  await ingest(reading(southTracker, now));
  const [sync] = await (await watch(shop, shop.ownerEmail, "staff", seen)).soFar();
  expect(sync).toMatchObject({ type: "sync", units: [{ assetId: southTruck, recordedAt: now }] });
  expect(sync?.type === "sync" && [...sync.visible].sort()).toEqual([northTruck, southTruck].sort());
  for (const since of [Number.MAX_SAFE_INTEGER, -1, 0.5, Number.NaN]) {
    const [all] = await (await watch(shop, shop.ownerEmail, "staff", since)).soFar();
    expect(all?.type === "sync" && all.units).toHaveLength(2);
  }
});

test("who was away while a unit came into view gets its position, though it moved long before", async () => {
  const { shop, ingest, north, northTruck, northTracker, now, northSees } = await watched();
  await shop.share({ asset: northTruck, shares: false });
  await shop.applyRoster();
  await ingest(reading(northTracker, now));
  await northSees.soFar();
  const [before] = await (await watch(shop, north.email, "customer")).soFar();
  expect(before).toMatchObject({ type: "sync", units: [], visible: [] });
  await shop.share({ asset: northTruck, shares: true });
  await shop.applyRoster();
  const [after] = await (await watch(shop, north.email, "customer", before?.seq)).soFar();
  expect(after).toMatchObject({ type: "sync", units: [{ assetId: northTruck }], visible: [northTruck] });
});

test("a room that slept with open sockets goes on speaking to them, each with its own", async () => {
  const { stub, ingest, northTracker, southTracker, northTruck, southTruck, now, soFar } = await watched();
  await evictDurableObject(stub());
  await ingest(reading(northTracker, now), reading(southTracker, now));
  expect(await soFar()).toEqual({ staff: [["moved", [northTruck, southTruck]]], north: [["moved", [northTruck]]], south: [["moved", [southTruck]]] });
});

test("closes a socket that sends anything: clients act through forms", async () => {
  const { staff, northSees } = await watched();
  staff.socket.send(JSON.stringify({ type: "moved", seq: 1, units: [] }));
  expect((await staff.untilClosed()).code).toBe(1008);
  expect(await northSees.soFar()).toEqual([]);
});

test("a viewer who left does not keep the others from their news", async () => {
  const { staff, southSees, ingest, northTracker, southTracker, now, northSees } = await watched();
  staff.socket.close(1000, "bye");
  southSees.socket.close(1001, "gone");
  expect(await ingest(reading(northTracker, now), reading(southTracker, now))).toEqual(["current", "current"]);
  expect(summarize(await northSees.soFar())).toHaveLength(1);
});
