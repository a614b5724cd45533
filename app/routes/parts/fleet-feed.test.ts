import { expect, test } from "vitest";
import type { LiveUnit } from "~/modules/telematics/live-unit";
import { encodePositions } from "~/modules/telematics/position-frame";
import { FleetFeed } from "./fleet-feed";

const at = 1_772_366_400_000;
const unit = (assetId: string): LiveUnit => ({
  assetId,
  recordedAt: at,
  latitude: 41.6,
  longitude: -87.3,
  speedMps: 20,
  headingDegrees: 90,
  odometerMeters: 1_000,
  engineSeconds: 60,
  ignition: null,
  lastMovedAt: at - 500,
  faults: [{ fault: { dtc: "P0217" }, since: at }],
});
const records = (seq: number, ...positions: [number: number, ms: number, moved: boolean][]) =>
  encodePositions(
    seq,
    positions.map(([number, ms, moved]) => ({
      number,
      recordedAt: at + ms,
      latitude: 41.7,
      longitude: -87.4,
      speedMps: null,
      headingDegrees: null,
      odometerMeters: 1_010,
      engineSeconds: null,
      ignition: true,
      moved,
    })),
  );
const sync = JSON.stringify({ type: "sync", seq: 10, units: [unit("a")], visible: ["b", "a"], numbers: [4, 7] });
function synced() {
  const feed = new FleetFeed(new Map([["b", unit("b")]]), 9);
  feed.receiveText(sync);
  return feed;
}

test("a record replaces what it holds and leaves the rest", () => {
  const feed = synced();
  expect(feed.receiveRecords(records(11, [7, 1_000, true], [4, 2_000, false]))).toBe(true);
  const position = { latitude: 41.7, longitude: -87.4, speedMps: null, headingDegrees: null, odometerMeters: 1_010, engineSeconds: null, ignition: true };
  expect([feed.fleet.get("a"), feed.fleet.get("b"), feed.seq]).toEqual([
    { ...unit("a"), ...position, recordedAt: at + 1_000, lastMovedAt: at + 1_000 },
    { ...unit("b"), ...position, recordedAt: at + 2_000 },
    11,
  ]);
});

test("an older record never replaces a newer position", () => {
  const feed = synced();
  feed.receiveRecords(records(11, [7, -1, true]));
  expect([feed.fleet.get("a"), feed.seq]).toEqual([unit("a"), 11]);
});

test.each([
  ["of a number that was never named", () => records(11, [7, 1_000, true], [5, 1_000, true])],
  ["that are of another version", () => new Uint8Array(records(11, [7, 1_000, true])).fill(9, 0, 1).buffer],
  ["that are cut short", () => records(11, [7, 1_000, true]).slice(0, 30)],
])("records %s change nothing: the page connects again from where it was", (_, bytes) => {
  const feed = synced();
  const before = feed.fleet;
  expect(feed.receiveRecords(bytes())).toBe(false);
  expect([feed.fleet === before, feed.seq]).toEqual([true, 10]);
  // The room then names the number, and all is well.
  feed.receiveText(JSON.stringify({ type: "sync", seq: 11, units: [unit("c")], visible: ["a", "b", "c"], numbers: [7, 4, 5] }));
  expect(feed.receiveRecords(records(12, [5, 1_000, true]))).toBe(true);
});

test("a unit that came as text is known by the number that came with it, and one that is gone is not", () => {
  const feed = synced();
  feed.receiveText(JSON.stringify({ type: "moved", seq: 11, units: [unit("c")], numbers: [8] }));
  expect(feed.receiveRecords(records(12, [8, 1_000, true]))).toBe(true);
  feed.receiveText(JSON.stringify({ type: "gone", seq: 12, assetIds: ["c"] }));
  expect(feed.receiveRecords(records(13, [8, 2_000, true]))).toBe(false);
});

test("a page that fails again and again asks for text", () => {
  const feed = synced();
  const wrong = records(11, [5, 0, true]);
  feed.receiveRecords(wrong);
  feed.receiveRecords(wrong);
  feed.receiveRecords(records(12, [7, 1_000, true]));
  feed.receiveRecords(wrong);
  feed.receiveRecords(wrong);
  expect(feed.format).toBe("binary");
  feed.receiveRecords(wrong);
  expect(feed.format).toBe("json");
});

test("a room that names no numbers is one that sends text", () => {
  const feed = new FleetFeed(new Map(), 0);
  expect(feed.receiveText(JSON.stringify({ type: "sync", seq: 1, units: [unit("a")], visible: ["a"] }))).toBe(true);
  expect(feed.receiveText(JSON.stringify({ type: "moved", seq: 2, units: [{ ...unit("a"), recordedAt: at + 1 }] }))).toBe(true);
  expect([feed.fleet.get("a")?.recordedAt, feed.seq]).toEqual([at + 1, 2]);
});
