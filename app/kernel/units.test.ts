import fc from "fast-check";
import { expect, test } from "vitest";
import { compassPoint, formatDistance, formatEngineHours, formatSpeed, knotsToMps, kphToMps, toMeters } from "./units";

test("definitions: the international knot, mile and kilometre", () => {
  expect(knotsToMps(3_600)).toBeCloseTo(1_852, 9);
  expect(kphToMps(90)).toBe(25);
  expect(toMeters(1, "mi")).toBe(1_609.344);
  expect(toMeters(2.5, "km")).toBe(2_500);
});

test("as an organization reads them", () => {
  expect(formatDistance(toMeters(184_329, "mi"), "mi")).toBe("184,329 mi");
  expect(formatDistance(184_329_400, "km")).toBe("184,329 km");
  expect(formatSpeed(knotsToMps(40), "mi")).toBe("46 mph");
  expect(formatSpeed(25, "km")).toBe("90 km/h");
  expect(formatEngineHours(9_000)).toBe("2.5 h");
  expect(formatEngineHours(36_000_000)).toBe("10,000.0 h");
});

test("a meter typed in whole units is shown as typed", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5_000_000 }), fc.constantFrom("mi" as const, "km" as const), (value, unit) => {
      expect(formatDistance(toMeters(value, unit), unit)).toBe(`${value.toLocaleString("en-US")} ${unit}`);
    }),
  );
});

test("compass points, also of degrees outside the circle", () => {
  expect([0, 22.4, 22.5, 45, 90, 180, 270, 337.4, 337.5, 360, -90, 720].map(compassPoint)).toEqual([..."N N NE NE E S W NW N N W N".split(" ")]);
});
