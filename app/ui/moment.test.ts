import { expect, test } from "vitest";
import { toUtcMs } from "~/kernel/time";
import { exactMoment, formatHeadingDay, formatMoment } from "./moment";

const zone = "Pacific/Auckland";
const at = (iso: string) => toUtcMs(Date.parse(iso));
const now = at("2026-03-12T19:05:00Z"); // Friday 13 March, 8:05 in Auckland

test.each([
  ["2026-03-12T18:00:00Z", "today 7:00 AM"],
  ["2026-03-12T10:30:00Z", "yesterday 11:30 PM"],
  ["2026-03-13T11:30:00Z", "tomorrow 12:30 AM"],
  ["2026-03-09T22:15:00Z", "Tue 11:15 AM"],
  ["2026-01-04T22:15:00Z", "Jan 5"],
  ["2025-12-04T22:15:00Z", "Dec 5, 2025"],
])("formats %s as %s", (iso, expected) => {
  expect(formatMoment(at(iso), { zone, now })).toBe(expected);
});

test("without a current time, the full date is shown", () => {
  expect(formatMoment(now, { zone })).toBe("Mar 13, 2026, 8:05 AM");
});

test("the exact moment has seconds and zone, and only plain spaces", () => {
  expect(exactMoment(now, { zone })).toMatch(/^Fri, Mar 13, 2026, 8:05:00 AM \S+$/);
});

test.each([
  ["2026-03-12T11:00:00Z", "Today"],
  ["2026-03-12T10:59:59Z", "Yesterday"],
  ["2026-03-04T22:15:00Z", "Thu, Mar 5"],
  ["2025-12-04T22:15:00Z", "Fri, Dec 5, 2025"],
])("the day of %s is headed %s", (iso, expected) => {
  expect(formatHeadingDay(at(iso), { zone, now })).toBe(expected);
});
