import fc from "fast-check";
import { expect, test } from "vitest";
import { bearingDegrees, isOnEarth, metersBetween, type Position } from "./geo";

const position: fc.Arbitrary<Position> = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});
const newYork = { latitude: 40.6413, longitude: -73.7781 };
const london = { latitude: 51.47, longitude: -0.4543 };
const HALF_ROUND = Math.PI * 6_371_008.8;

test("New York to London is 5,540 km, first to the north-east", () => {
  expect(metersBetween(newYork, london) / 1_000).toBeCloseTo(5_540, -1);
  expect(bearingDegrees(newYork, london)).toBeCloseTo(51.4, 0);
});

test("across the date line the short way counts", () => {
  const [east, west] = [
    { latitude: 0, longitude: 179.5 },
    { latitude: 0, longitude: -179.5 },
  ];
  expect(metersBetween(east, west)).toBeCloseTo(HALF_ROUND / 180, 0);
  expect(bearingDegrees(east, west)).toBeCloseTo(90, 6);
});

test("distance is a metric, bearing lies in the circle", () => {
  fc.assert(
    fc.property(position, position, position, (a, b, c) => {
      expect(metersBetween(a, a)).toBe(0);
      expect(metersBetween(a, b)).toBeCloseTo(metersBetween(b, a), 3);
      expect(metersBetween(a, b)).toBeLessThanOrEqual(HALF_ROUND + 1);
      expect(metersBetween(a, c)).toBeLessThanOrEqual(metersBetween(a, b) + metersBetween(b, c) + 1);
      const bearing = bearingDegrees(a, b);
      expect(bearing >= 0 && bearing < 360).toBe(true);
    }),
  );
});

test("the earth ends at its poles and at the date line", () => {
  expect([newYork, { latitude: 90, longitude: -180 }].every(isOnEarth)).toBe(true);
  for (const off of [
    { latitude: 91, longitude: 0 },
    { latitude: 0, longitude: 180.1 },
    { latitude: Number.NaN, longitude: 0 },
  ])
    expect(isOnEarth(off)).toBe(false);
});
