import { expect, test } from "vitest";
import { BoardMessage, FleetMessage, readMessage } from "./protocol";

const unit = {
  assetId: "ast_1",
  recordedAt: 1,
  latitude: 41.6,
  longitude: -87.3,
  speedMps: null,
  headingDegrees: 90,
  odometerMeters: null,
  engineSeconds: null,
  ignition: false,
  lastMovedAt: null,
  faults: [
    { fault: { spn: 110, fmi: 0, occurrenceCount: null }, since: 1 },
    { fault: { dtc: "P0217" }, since: 2 },
  ],
};
const read = (validator: typeof FleetMessage | typeof BoardMessage, message: unknown) => readMessage<unknown>(validator, JSON.stringify(message));

test.each([
  { type: "sync", seq: 1, units: [unit], visible: ["ast_1"] },
  { type: "moved", seq: 2, units: [] },
  { type: "moved", seq: 2, units: [unit], numbers: [7] },
  { type: "gone", seq: 3, assetIds: ["ast_1"] },
])("a fleet's message is taken as it is: $type", (message) => expect(read(FleetMessage, message)).toEqual(message));

test.each([
  { type: "hello", seq: 1 },
  { type: "changed", seq: 2, kind: "work-order", id: "wo_1", version: 3 },
  { type: "reload", seq: 3 },
  { type: "looking", at: "wo_1", people: ["Dee"] },
])("a board's message is taken as it is: $type", (message) => expect(read(BoardMessage, message)).toEqual(message));

test.each([
  null,
  [],
  "hello",
  { type: "sync", seq: 1, units: [unit] },
  { type: "moved", seq: "2", units: [] },
  { type: "moved", seq: 2, units: [unit], numbers: ["7"] },
  { type: "moved", seq: 2, units: [{ ...unit, latitude: null }] },
  { type: "moved", seq: 2, units: [{ ...unit, faults: [{ fault: { spn: 1 }, since: 1 }] }] },
  { type: "stolen", seq: 2 },
  { type: "looking", at: "wo_1", people: [1] },
])("anything else is nothing: %o", (message) => expect([read(FleetMessage, message), read(BoardMessage, message)]).toEqual([null, null]));
