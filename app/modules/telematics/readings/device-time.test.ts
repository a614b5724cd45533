import fc from "fast-check";
import { expect, test } from "vitest";
import { deviceTime, exactTime } from "./device-time";

const instants = fc.integer({ min: 1_000, max: 4_102_444_800_000 });

test("reads numbers below 2^31 as seconds, others as milliseconds", () => {
  expect(deviceTime("2147483647")).toBe(2_147_483_647_000);
  expect(deviceTime("2147483648")).toBe(2_147_483_648);
  expect(deviceTime("1377177267.579")).toBe(1_377_177_267_579);
});

test.each(["", "0", "-1", "now", "1e12", "99999999999999999999", "2026-13-01T00:00:00Z", "0001-01-01T00:00:00Z", "2026-01-01T24:00:00Z", null, {}, Number.NaN])(
  "refuses %s as a time",
  (value) => expect(deviceTime(value)).toBeNull(),
);

test("reads every ISO instant with any offset", () => {
  fc.assert(
    fc.property(instants, fc.integer({ min: -14 * 60, max: 14 * 60 }), (at, offset) => {
      const local = new Date(at + offset * 60_000).toISOString().slice(0, -1);
      const zone = `${offset < 0 ? "-" : "+"}${String(Math.trunc(Math.abs(offset) / 60)).padStart(2, "0")}:${String(Math.abs(offset) % 60).padStart(2, "0")}`;
      if (at + offset * 60_000 < 0) return;
      expect(deviceTime(local + zone)).toBe(at);
      expect(exactTime(local + zone)).toBe(at);
      if (offset >= 0) expect(deviceTime(`${local} ${zone.slice(1)}`)).toBe(at);
    }),
  );
});

test("the readings API requires an offset or milliseconds", () => {
  expect(exactTime("2026-03-01T12:00:00Z")).toBe(Date.UTC(2026, 2, 1, 12));
  expect(exactTime(1_772_366_400_000)).toBe(1_772_366_400_000);
  for (const value of ["2026-03-01T12:00:00", "2026-03-01 12:00", "1772366400000", Number.POSITIVE_INFINITY, -5]) expect(exactTime(value)).toBeNull();
});
