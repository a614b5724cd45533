import fc from "fast-check";
import { expect, test } from "vitest";
import { toUtcMs } from "~/kernel/time";
import { pack, unpack } from "./packed";
import type { FaultCode, Reading, Received } from "./reading";

const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary);
const fault: fc.Arbitrary<FaultCode> = fc.oneof(
  fc.record({
    spn: fc.integer({ min: 0, max: 524_287 }),
    fmi: fc.integer({ min: 0, max: 31 }),
    occurrenceCount: orNull(fc.integer({ min: 0, max: 127 })),
  }),
  fc.stringMatching(/^[PCBU][0-3][0-9A-F]{3}$/).map((dtc) => ({ dtc })),
);
const received: fc.Arbitrary<Received> = fc
  .tuple(
    fc.constantFrom("osmand-query", "osmand-json", "readings-api"),
    fc.record(
      {
        speed: fc.tuple(number, fc.constantFrom("kn" as const, "m/s" as const, "km/h" as const, "mph" as const)),
        odometer: fc.tuple(number, fc.constantFrom("m" as const, "km" as const, "mi" as const)),
        engine: fc.tuple(number, fc.constantFrom("ms" as const, "s" as const, "h" as const)),
        hdop: number,
        noFix: fc.constant(true as const),
        mock: fc.constant(true as const),
        untimed: fc.constant(true as const),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([via, sent]) => ({ via, ...sent }));
const reading: fc.Arbitrary<Reading> = fc.record({
  deviceId: fc.string({ unit: "grapheme" }),
  recordedAt: fc.integer({ min: 1, max: 8.64e15 }).map(toUtcMs),
  latitude: number,
  longitude: number,
  speedMps: orNull(number),
  headingDegrees: orNull(number),
  odometerMeters: orNull(number),
  engineSeconds: orNull(number),
  ignition: orNull(fc.boolean()),
  accuracyMeters: orNull(number),
  faults: orNull(fc.array(fault, { maxLength: 4 })),
  received,
});

test("unpacks what was packed", () => {
  fc.assert(
    fc.property(fc.array(reading, { maxLength: 60 }), (readings) => {
      expect(unpack(pack(readings))).toEqual(readings);
    }),
  );
});

test("stores each device id once per batch", () => {
  const [sample] = fc.sample(reading, 1) as [Reading]; // as: one was asked for
  const text = pack(Array(50).fill({ ...sample, deviceId: "tracker-0042" }));
  expect(text.split("tracker-0042")).toHaveLength(2);
});

test.each([
  "",
  "{}",
  "null",
  "[1,[]]",
  "[2,[],[]]",
  '[1,["a"],[[0]]]',
  "[1,[7],[]]",
  "[1,[],[[0,1,1,1,null,null,null,null,null,null,null,0]]]",
  '[1,["a"],[[0,1,"x",1,null,null,null,null,null,null,null,0]]]',
  '[1,["a"],[[0,1,1,1,null,null,null,null,null,null,["X"],0]]]',
  '[1,["a"],[[0,1,1,1,null,null,null,null,null,null,null,99]]]',
])("throws on a damaged row: %s", (text) => expect(() => unpack(text)).toThrow(/^packed readings are corrupt: /));

test("throws on a row cut anywhere, instead of losing readings", () => {
  const text = pack(fc.sample(reading, 3));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: text.length - 1 }), (end) => {
      expect(() => unpack(text.slice(0, end))).toThrow(/corrupt/);
    }),
  );
});
