import fc from "fast-check";
import { expect, test } from "vitest";

import { DAY, dayOf, formatAge, HOUR, later, localInstant, localText, MINUTE, SECOND, startOfDay, startOfNamedDay, systemClock, toUtcMs } from "./time";

const zones = ["America/Chicago", "Asia/Kolkata", "Pacific/Chatham", "America/Havana", "Australia/Lord_Howe", "Pacific/Kiritimati", "UTC"];
const iso = (text: string) => toUtcMs(Date.parse(text));
const dayIn = (zone: string) => {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
  return (at: number) => format.format(at);
};

test.each([
  ["America/Chicago", "2026-03-08T07:59:00Z", "2026-03-08T06:00:00Z", "before the spring change"],
  ["America/Chicago", "2026-03-08T20:00:00Z", "2026-03-08T06:00:00Z", "after the spring change"],
  ["America/Chicago", "2026-11-01T06:30:00Z", "2026-11-01T05:00:00Z", "first 01:30 of the autumn change"],
  ["America/Chicago", "2026-11-01T07:30:00Z", "2026-11-01T05:00:00Z", "second 01:30 of the autumn change"],
  ["America/Chicago", "2026-11-02T05:59:59.999Z", "2026-11-01T05:00:00Z", "last instant of a day of 25 hours"],
  ["America/Chicago", "2026-11-02T06:00:00Z", "2026-11-02T06:00:00Z", "midnight itself"],
  ["Asia/Kolkata", "2026-06-01T18:29:59.999Z", "2026-05-31T18:30:00Z", "half an hour off"],
  ["Asia/Kolkata", "2026-06-01T18:30:00Z", "2026-06-01T18:30:00Z", "half an hour off, midnight"],
  ["Pacific/Chatham", "2026-04-05T11:00:00Z", "2026-04-04T10:15:00Z", "three quarters off, autumn change"],
  ["Pacific/Chatham", "2026-09-27T03:00:00Z", "2026-09-26T11:15:00Z", "three quarters off, spring change"],
  ["America/Havana", "2026-03-08T12:00:00Z", "2026-03-08T05:00:00Z", "a day whose midnight does not exist"],
])("in %s the day of %s begins at %s: %s", (zone, at, expected) => {
  expect(new Date(startOfDay(iso(at), zone)).toISOString()).toBe(new Date(expected).toISOString());
});

test("the first instant of the day is on that day, and the one before is not", () => {
  const instants = fc.integer({ min: iso("1990-01-01T00:00:00Z"), max: iso("2036-01-01T00:00:00Z") }).map(toUtcMs);
  for (const zone of zones) {
    const day = dayIn(zone);
    fc.assert(
      fc.property(instants, (at) => {
        const start = startOfDay(at, zone);
        expect(start).toBeLessThanOrEqual(at);
        expect(day(start)).toBe(day(at));
        expect(day(start - 1)).not.toBe(day(at));
        expect(startOfDay(start, zone)).toBe(start);
      }),
    );
  }
});

test("every hour of the days on which clocks change", () => {
  for (const [zone, from] of [
    ["America/Chicago", "2026-03-07T00:00:00Z"],
    ["America/Chicago", "2026-10-31T00:00:00Z"],
    ["Pacific/Chatham", "2026-04-03T00:00:00Z"],
    ["Pacific/Chatham", "2026-09-25T00:00:00Z"],
    ["America/Havana", "2026-03-07T00:00:00Z"],
    ["America/Havana", "2026-10-31T00:00:00Z"],
  ] as const) {
    const day = dayIn(zone);
    for (let at = iso(from); at < iso(from) + 4 * DAY; at = later(at, 15 * MINUTE)) {
      const start = startOfDay(at, zone);
      expect([zone, at, start <= at, day(start) === day(at), day(start - 1) === day(at)]).toEqual([zone, at, true, true, false]);
    }
  }
});

test.each([
  [-HOUR, "now"],
  [4_999, "now"],
  [5 * SECOND, "5 s"],
  [MINUTE - 1, "59 s"],
  [HOUR - 1, "59 min"],
  [DAY - 1, "23 h"],
  [6 * DAY, "6 d"],
])("%i ms ago is %s", (ms, label) => expect(formatAge(ms)).toBe(label));

test("instants are whole milliseconds", () => {
  expect(toUtcMs(1.9)).toBe(1);
  expect(Number.isInteger(systemClock.now())).toBe(true);
});

test.each([
  ["2026-11-22T17:00", "America/Chicago", "2026-11-22T23:00:00Z"],
  ["2026-07-01T08:30", "America/Chicago", "2026-07-01T13:30:00Z"],
  ["2026-11-22T17:00", "Pacific/Chatham", "2026-11-22T03:15:00Z"],
  // Clocks go from 2:00 to 3:00: half past two is the half hour after.
  ["2026-03-08T02:30", "America/Chicago", "2026-03-08T08:30:00Z"],
])("a field that holds %s in %s means %s", (text, zone, instant) => {
  expect(localInstant(text, zone)).toBe(Date.parse(instant));
});

test("an instant is shown in a field as it will be read back", () => {
  for (const zone of ["America/Chicago", "Pacific/Chatham", "Asia/Kolkata", "UTC"]) {
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 7 * 3_600_000 + 60_000) {
      const back = localInstant(localText(toUtcMs(at), zone), zone);
      // The hour that comes twice reads as one of the two.
      expect([0, 3_600_000, -3_600_000, 45 * 60_000]).toContain((back ?? 0) - at);
    }
  }
  expect(localInstant("tomorrow", "UTC")).toBeNull();
  expect(localInstant("2026-02-31T99:00", "UTC")).toBeNull();
});

test.each([
  ["2030-03-10", "America/Chicago", "2030-03-10T06:00:00.000Z"],
  ["2030-11-04", "America/Chicago", "2030-11-04T06:00:00.000Z"],
  ["2030-01-01", "Pacific/Kiritimati", "2029-12-31T10:00:00.000Z"],
  ["2030-01-01", "Pacific/Pago_Pago", "2030-01-01T11:00:00.000Z"],
])("%s begins in %s at %s", (day, zone, start) => {
  const begins = startOfNamedDay(day, zone);
  expect(begins && new Date(begins).toISOString()).toBe(start);
  expect(begins && dayOf(begins, zone)).toBe(day);
  expect(begins && dayOf(toUtcMs(begins - 1), zone)).not.toBe(day);
});

test.each(["", "2030-2-1", "2030-02-29", "2030-13-01", "tomorrow", "2030-01-01T00:00"])("%j is no day", (text) =>
  expect(startOfNamedDay(text, "Europe/Paris")).toBeNull(),
);
