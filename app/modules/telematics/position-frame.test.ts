import fc from "fast-check";
import { expect, test } from "vitest";
import { MOVING_ABOVE_MPS } from "./motion";
import { encodePositions, fitsRecord, isNearInTime, type Position, PositionFrame, UnreadableFrame } from "./position-frame";

const NEWEST = 1_772_366_400_123;
const numbered = (range: fc.DoubleConstraints) => fc.double({ noNaN: true, noDefaultInfinity: true, ...range });
const reported = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const position: fc.Arbitrary<Position> = fc.record({
  number: fc.integer({ min: 0, max: 0xffff }),
  recordedAt: fc.integer({ min: NEWEST - 0xffff, max: NEWEST }),
  latitude: numbered({ min: -90, max: 90 }),
  longitude: numbered({ min: -180, max: 180 }),
  speedMps: reported(numbered({ min: 0, max: 204.7 })),
  headingDegrees: reported(numbered({ min: 0, max: 360 })),
  odometerMeters: reported(numbered({ min: 0, max: 4_294_967_294 })),
  engineSeconds: reported(numbered({ min: 0, max: 4_294_967_294 })),
  ignition: reported(fc.boolean()),
  moved: fc.boolean(),
});
const seq = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const read = (frame: PositionFrame) => Array.from({ length: frame.count }, (_, index) => frame.position(index));
const one = (change: Partial<Position> = {}): Position => ({
  number: 7,
  recordedAt: NEWEST,
  latitude: 41.6512345,
  longitude: -87.4812345,
  speedMps: 13.4,
  headingDegrees: 90,
  odometerMeters: 804_672,
  engineSeconds: 3_600,
  ignition: true,
  moved: true,
  ...change,
});

test("what was encoded is read again, to the precision of its fields", () => {
  const near = (value: number | null, tolerance: number) => (value === null ? null : { from: value - tolerance, to: value + tolerance });
  const isWithin = (value: number | null, range: { from: number; to: number } | null) =>
    value === null || range === null ? value === range : value >= range.from && value <= range.to;
  fc.assert(
    fc.property(seq, fc.array(position, { maxLength: 40 }), (sent, positions) => {
      for (const it of positions) expect(fitsRecord(it)).toBe(true);
      const frame = new PositionFrame(encodePositions(sent, positions));
      expect(frame.seq).toBe(sent);
      expect(frame.count).toBe(positions.length);
      for (const [index, it] of positions.entries()) {
        const got = frame.position(index);
        expect(got).toMatchObject({ number: it.number, recordedAt: it.recordedAt, ignition: it.ignition, moved: it.moved });
        expect(isWithin(got.latitude, near(it.latitude, 0.6e-7))).toBe(true);
        expect(isWithin(got.longitude, near(it.longitude, 0.6e-7))).toBe(true);
        expect(isWithin(got.speedMps, it.speedMps === null ? null : { from: it.speedMps - 1e-9, to: it.speedMps + 0.05 })).toBe(true);
        expect(isWithin(got.odometerMeters, near(it.odometerMeters, 0.5))).toBe(true);
        expect(isWithin(got.engineSeconds, near(it.engineSeconds, 0.5))).toBe(true);
        const turned = it.headingDegrees !== null && it.headingDegrees >= 359.5 ? 360 - it.headingDegrees : it.headingDegrees;
        expect(isWithin(got.headingDegrees, near(turned, 0.5))).toBe(true);
      }
    }),
  );
});

test("what was read is encoded to the same bytes", () => {
  fc.assert(
    fc.property(seq, fc.array(position, { minLength: 1, maxLength: 40 }), (sent, positions) => {
      const bytes = encodePositions(sent, positions);
      const frame = new PositionFrame(bytes);
      expect(new Uint8Array(encodePositions(frame.seq, read(frame)))).toEqual(new Uint8Array(bytes));
    }),
  );
});

test("whether a unit moves is the same from a frame as from its reading", () => {
  fc.assert(
    fc.property(numbered({ min: MOVING_ABOVE_MPS - 0.1, max: MOVING_ABOVE_MPS + 0.1 }), (speedMps) => {
      const got = new PositionFrame(encodePositions(1, [one({ speedMps })])).speedMps(0) ?? 0;
      // Closer to the limit than a billionth, it is the limit.
      if (Math.abs(speedMps - MOVING_ABOVE_MPS) > 1e-9) expect(got > MOVING_ABOVE_MPS).toBe(speedMps > MOVING_ABOVE_MPS);
    }),
  );
});

test("the bytes of a frame, as docs/api.md describes them", () => {
  const bytes = [...new Uint8Array(encodePositions(5_000, [one(), one({ recordedAt: NEWEST - 2_000, ...nothing })]))];
  expect(bytes.slice(0, 17)).toEqual([1, ...littleEndian(5_000), ...littleEndian(NEWEST)]);
  expect(bytes.slice(17, 40)).toEqual([
    ...[7, 0],
    ...[0, 0],
    ...[...new Uint8Array(Int32Array.of(416_512_345).buffer)],
    ...[...new Uint8Array(Int32Array.of(-874_812_345).buffer)],
    ...[0x40, 0x47, 0x0c, 0],
    ...[0x10, 0x0e, 0, 0],
    ...[90, (0b10 << 1) | (1 << 3) | (((13.4 * 20) & 0xf) << 4)],
    (13.4 * 20) >> 4,
  ]);
  expect(bytes.slice(40 + 2, 40 + 4)).toEqual([0xd0, 0x07]);
  expect(bytes.slice(40 + 12)).toEqual([...Array(8).fill(0xff), 0xff, 0xf1, 0xff]);
});
const nothing = { speedMps: null, headingDegrees: null, odometerMeters: null, engineSeconds: null, ignition: null, moved: false };
const littleEndian = (number: number) => [...new Uint8Array(Float64Array.of(number).buffer)];

test("a frame inside a larger buffer is read in place", () => {
  const frame = new Uint8Array(encodePositions(9, [one()]));
  const around = new Uint8Array(frame.length + 11).fill(0xee);
  around.set(frame, 5);
  expect(new PositionFrame(around.subarray(5, 5 + frame.length)).position(0)).toEqual(new PositionFrame(frame).position(0));
});

test.each<[string, Partial<Position>]>([
  ["a number beyond the records", { number: 0x10000 }],
  ["a latitude off the earth", { latitude: 90.1 }],
  ["a longitude off the earth", { longitude: -180.1 }],
  ["a speed beyond any", { speedMps: 204.71 }],
  ["a speed below none", { speedMps: -1 }],
  ["a heading that is none", { headingDegrees: 361 }],
  ["an odometer that would read as unknown", { odometerMeters: 4_294_967_294.5 }],
  ["engine seconds below none", { engineSeconds: -1 }],
  ["no number", { latitude: Number.NaN }],
  ["part of a millisecond", { recordedAt: NEWEST + 0.5 }],
])("does not fit a record: %s", (_, change) => {
  expect(fitsRecord(one())).toBe(true);
  expect(fitsRecord(one(change))).toBe(false);
});

test("a position may be 65,535 ms older than the newest of its frame", () =>
  expect([0xffff, 0x10000].map((ms) => isNearInTime(NEWEST - ms, NEWEST))).toEqual([true, false]));

const whole = new Uint8Array(encodePositions(42, [one(), one({ number: 8 })]));
const changed = (place: number, ...bytes: number[]) => {
  const copy = Uint8Array.from(whole);
  copy.set(bytes, place);
  return copy;
};
test.each<[string, Uint8Array]>([
  ["no bytes", new Uint8Array()],
  ["a frame cut short", whole.subarray(0, whole.length - 1)],
  ["a byte too many", Uint8Array.of(...whole, 0)],
  ["another version", changed(0, 2)],
  ["a sequence that is no number", changed(1, ...littleEndian(Number.NaN))],
  ["a sequence below zero", changed(1, ...littleEndian(-1))],
  ["a time in fractions", changed(9, ...littleEndian(0.5))],
  ["a time before 1970", changed(9, ...littleEndian(0)).fill(1, 17 + 2, 17 + 4)],
  ["a latitude off the earth", changed(17 + 4, 0xff, 0xff, 0xff, 0x7f)],
  ["a heading of 360", changed(17 + 20, 360 & 0xff, 1)],
  ["an ignition of no meaning", changed(17 + 20, 0, 0b110)],
])("is no frame: %s", (_, bytes) => expect(() => new PositionFrame(bytes)).toThrow(UnreadableFrame));

test("whatever comes is read whole or refused, with the one error", () => {
  const damaged = fc.tuple(fc.array(position, { maxLength: 5 }), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 })).map(([positions, changes]) => {
    const bytes = new Uint8Array(encodePositions(1, positions));
    for (const [place, byte] of changes) bytes[place % bytes.length] = byte;
    return bytes;
  });
  let [readWhole, refused] = [0, 0];
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged), (bytes) => {
      try {
        const frame = new PositionFrame(bytes);
        for (const it of read(frame)) expect(fitsRecord(it)).toBe(true);
        readWhole += 1;
      } catch (cause) {
        if (!(cause instanceof UnreadableFrame)) throw cause;
        refused += 1;
      }
    }),
    { numRuns: 2_000 },
  );
  expect(Math.min(readWhole, refused)).toBeGreaterThan(100);
});
