import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import fc from "fast-check";
import { expect, test } from "vitest";
import { MINUTE, SECOND, toUtcMs } from "~/kernel/time";
import type { Reading } from "~/modules/telematics/readings/reading";
import { liveShop, openPage, reading } from "../tests/world/fleet";

type Page = Awaited<ReturnType<typeof openPage>>;
const brief = async (page: Page) => (await page.soFar()).map(({ how, assets }) => [how, assets]);

/** Pages that take records, in a room that knows where both trucks were five minutes ago. */
async function watched() {
  const live = await liveShop();
  const { shop, north, south, ingest, northTracker, southTracker, now } = live;
  await ingest(reading(northTracker, now - 5 * MINUTE), reading(southTracker, now - 5 * MINUTE));
  const staff = await openPage(shop, shop.ownerEmail, "staff", "binary");
  const [northSees, southSees] = [await openPage(shop, north.email, "customer", "binary"), await openPage(shop, south.email, "customer", "binary")];
  const soFar = async () => ({ staff: await brief(staff), north: await brief(northSees), south: await brief(southSees) });
  await soFar();
  return { ...live, staff, northSees, southSees, soFar };
}

test("units that a page knows come as records, and a customer's frame holds its own only", async () => {
  const { ingest, northTracker, southTracker, northTruck, southTruck, now, soFar, northSees } = await watched();
  await ingest(...[20, 10].flatMap((ago) => [reading(northTracker, now - ago * SECOND), reading(southTracker, now - ago * SECOND)]));
  expect(await soFar()).toEqual({ staff: [["records", [northTruck, southTruck]]], north: [["records", [northTruck]]], south: [["records", [southTruck]]] });
  await ingest(reading(northTracker, now));
  expect(await soFar()).toEqual({ staff: [["records", [northTruck]]], north: [["records", [northTruck]]], south: [] });
  expect([...northSees.fleet().keys()]).toEqual([northTruck]);
  expect([...northSees.numbers().keys()]).toEqual([northTruck]);
});

test("who asks for no records gets the same as text: an older page, or a program of somebody else's", async () => {
  const { shop, north, ingest, northTracker, northTruck, now, staff } = await watched();
  const plain = await Promise.all(["", "json", "xml"].map((format) => openPage(shop, shop.ownerEmail, "staff", format)));
  const customer = await openPage(shop, north.email, "customer", "json");
  for (const page of [...plain, customer]) await page.soFar();
  await ingest(reading(northTracker, now));
  for (const page of [...plain, customer]) expect(await brief(page)).toEqual([["moved", [northTruck]]]);
  await staff.soFar();
  for (const page of [...plain, customer]) expect(page.fleet().get(northTruck)).toEqual(staff.fleet().get(northTruck));
});

test("a unit's first position, its faults and what a record cannot say come as text", async () => {
  const { shop, south, ingest, northTracker, southTracker, northTruck, southTruck, now, soFar } = await watched();
  const newTruck = await shop.asset({ customer: south });
  const newTracker = await shop.device({ asset: newTruck });
  await shop.applyRoster();
  await soFar();
  const both = (text: string, records: string) => [
    ["moved", [text]],
    ["records", [records]],
  ];
  await ingest(reading(northTracker, now - 60 * SECOND), reading(newTracker, now - 60 * SECOND));
  expect((await soFar()).staff).toEqual(both(newTruck, northTruck));
  await ingest(reading(newTracker, now - 55 * SECOND));
  expect((await soFar()).staff).toEqual([["records", [newTruck]]]);

  const faults = [{ spn: 110, fmi: 0, occurrenceCount: 1 }];
  await ingest(reading(northTracker, now - 50 * SECOND, { faults }), reading(southTracker, now - 50 * SECOND));
  expect(await soFar()).toEqual({ staff: both(northTruck, southTruck), north: [["moved", [northTruck]]], south: [["records", [southTruck]]] });
  await ingest(reading(northTracker, now - 40 * SECOND, { faults }), reading(southTracker, now - 40 * SECOND));
  expect((await soFar()).staff).toEqual([["records", [northTruck, southTruck]]]);
  await ingest(reading(northTracker, now - 30 * SECOND, { faults: [{ spn: 110, fmi: 0, occurrenceCount: 2 }] }));
  expect((await soFar()).staff).toEqual([["moved", [northTruck]]]);

  // Moving, and then not, within one batch: when it last moved is neither now nor what the page knows.
  await ingest(reading(northTracker, now - 20 * SECOND), reading(northTracker, now - 19 * SECOND, { speedMps: 0 }));
  expect((await soFar()).staff).toEqual([["moved", [northTruck]]]);
  await ingest(reading(northTracker, now, { odometerMeters: 2 ** 32 }), reading(southTracker, now));
  expect((await soFar()).staff).toEqual(both(northTruck, southTruck));
  await ingest(reading(northTracker, now + MINUTE), reading(southTracker, now + MINUTE + 66 * SECOND));
  expect((await soFar()).staff).toEqual(both(northTruck, southTruck));
});

test("a page that is cut off between a batch's text and its records gets the records' units again", async () => {
  const { shop, room, ingest, northTracker, southTracker, northTruck, southTruck, now, staff } = await watched();
  const picture = await room().picture({ audience: "staff" });
  await ingest(reading(northTracker, now, { faults: [{ dtc: "P0217" }] }), reading(southTracker, now));
  const [text, records] = await staff.soFar();
  expect([text?.how, records?.how, text?.seq === picture.seq]).toEqual(["moved", "records", true]);
  const cutOff = await openPage(shop, shop.ownerEmail, "staff", "binary", { ...picture, seq: text?.seq ?? 0 });
  expect((await cutOff.soFar())[0]?.assets.sort()).toEqual([northTruck, southTruck].sort());
});

test("when a truck changes owners its old owner gets no record of it, and its new one a text before the first", async () => {
  const { shop, ingest, south, northTruck, northTracker, now, soFar, southSees } = await watched();
  await shop.sellAsset({ asset: northTruck, to: south, at: toUtcMs(now - 10 * SECOND) });
  await shop.applyRoster();
  expect(await soFar()).toEqual({ staff: [], north: [["gone", [northTruck]]], south: [] });
  await ingest(reading(northTracker, now - 5 * SECOND));
  expect(await soFar()).toEqual({ staff: [["records", [northTruck]]], north: [], south: [["moved", [northTruck]]] });
  await ingest(reading(northTracker, now));
  expect(await soFar()).toEqual({ staff: [["records", [northTruck]]], north: [], south: [["records", [northTruck]]] });
  expect(southSees.fleet().get(northTruck)?.recordedAt).toBe(now);
});

test("numbers are for good: a room that slept goes on with them, and with records", async () => {
  const { stub, ingest, northTracker, southTracker, northTruck, southTruck, now, soFar, staff } = await watched();
  const before = staff.numbers();
  await evictDurableObject(stub());
  await ingest(reading(northTracker, now), reading(southTracker, now));
  expect((await soFar()).staff).toEqual([["records", [northTruck, southTruck]]]);
  const [sync] = await staff.reopen();
  expect([sync?.how, staff.numbers()]).toEqual(["sync", before]);
  const kept = await runInDurableObject(stub(), (_room, { storage }) =>
    storage.sql.exec<{ asset: string; number: number }>("select * from asset_numbers").toArray(),
  );
  expect(new Map(kept.map(({ asset, number }) => [asset, number]))).toEqual(before);
});

/** Values that a record holds exactly, so that pages can be compared as they are. */
const change = fc.record({
  latitude: fc.integer({ min: 415_900_000, max: 416_100_000 }).map((steps) => steps / 1e7),
  longitude: fc.integer({ min: -873_100_000, max: -872_900_000 }).map((steps) => steps / 1e7),
  speedMps: fc.option(fc.integer({ min: 0, max: 600 }).map((steps) => steps / 20)),
  headingDegrees: fc.option(fc.integer({ min: 0, max: 359 })),
  odometerMeters: fc.option(fc.nat(1e9)),
  engineSeconds: fc.option(fc.nat(1e8)),
  ignition: fc.option(fc.boolean()),
  faults: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.subarray([{ dtc: "P0217" }, { dtc: "P0300" }]) }),
});
type Step = { kind: "batch"; of: { north: boolean; change: Partial<Reading> }[] } | { kind: "share"; north: boolean } | { kind: "away" } | { kind: "sleep" };
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant("batch" as const), of: fc.array(fc.record({ north: fc.boolean(), change }), { minLength: 1, maxLength: 6 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("share" as const), north: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("away" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("sleep" as const) }) },
);

test("whatever happens, a page that takes records shows what one shows that takes text", async () => {
  const { shop, stub, ingest, north, south, northTracker, southTracker, northTruck, southTruck, now } = await liveShop();
  const viewers = [
    [shop.ownerEmail, "staff"],
    [north.email, "customer"],
    [south.email, "customer"],
  ] as const;
  const pairs = [];
  for (const [email, as] of viewers) pairs.push({ records: await openPage(shop, email, as, "binary"), text: await openPage(shop, email, as, "json") });
  const shares = { north: true, south: true };
  let at = now - 3 * MINUTE;
  let recordsSeen = 0;
  for (const it of fc.sample(step, { numRuns: 60, seed: 21 })) {
    if (it.kind === "batch") {
      await ingest(...it.of.map((one, n) => reading(one.north ? northTracker : southTracker, at + n * 500, one.change)));
      at += it.of.length * 500;
    } else if (it.kind === "share") {
      const name = it.north ? "north" : "south";
      shares[name] = !shares[name];
      await shop.share({ asset: it.north ? northTruck : southTruck, shares: shares[name] });
      await shop.applyRoster();
    } else if (it.kind === "away") for (const { records, text } of pairs) await Promise.all([records.reopen(), text.reopen()]);
    else await evictDurableObject(stub());
    await Promise.all(
      pairs.map(async ({ records, text }) => {
        const [came] = await Promise.all([records.soFar(), text.soFar()]);
        recordsSeen += came.filter(({ how }) => how === "records").length;
        expect(records.fleet()).toEqual(text.fleet());
      }),
    );
    expect([...(pairs[1]?.records.fleet().keys() ?? [])].filter((asset) => asset !== northTruck || !shares.north)).toEqual([]);
    expect([...(pairs[2]?.records.fleet().keys() ?? [])].filter((asset) => asset !== southTruck || !shares.south)).toEqual([]);
  }
  expect(recordsSeen).toBeGreaterThan(30);
});
