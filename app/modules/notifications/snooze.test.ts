import { expect, test } from "vitest";
import { localText, toUtcMs } from "~/kernel/time";
import { snoozedUntil, snoozes } from "./snooze";

test.each([
  // A Thursday.
  ["2030-02-28T10:20", "America/Chicago", ["2030-02-28T11:20", "2030-03-01T07:00", "2030-03-04T07:00"]],
  // A Monday, before and after seven.
  ["2030-03-04T03:00", "America/Chicago", ["2030-03-04T04:00", "2030-03-05T07:00", "2030-03-11T07:00"]],
  ["2030-03-04T23:30", "Pacific/Chatham", ["2030-03-05T00:30", "2030-03-05T07:00", "2030-03-11T07:00"]],
  // The Saturday before clocks go forward: seven is by the clock on the wall.
  ["2030-03-09T12:00", "America/Chicago", ["2030-03-09T13:00", "2030-03-10T07:00", "2030-03-11T07:00"]],
  ["2030-12-31T12:00", "UTC", ["2030-12-31T13:00", "2031-01-01T07:00", "2031-01-06T07:00"]],
])("snoozed at %s in %s", (at, zone, expected) => {
  const utc = Date.parse(`${at}Z`);
  const now = toUtcMs(utc - (Date.parse(`${localText(toUtcMs(utc), zone)}Z`) - utc));
  expect(localText(now, zone)).toBe(at);
  expect(snoozes.map((snooze) => localText(snoozedUntil(snooze, now, zone), zone))).toEqual(expected);
});
