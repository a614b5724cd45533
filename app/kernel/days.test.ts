import { expect, test } from "vitest";
import { addDays, addMonths, daysBetween, isDay, startOfWeek } from "./days";

test("months are clamped to the end of the month and counted from the same day", () => {
  expect([1, 2, 3, 13].map((count) => addMonths("2027-01-31", count))).toEqual(["2027-02-28", "2027-03-31", "2027-04-30", "2028-02-29"]);
  expect(addMonths("2028-02-29", 12)).toBe("2029-02-28");
  expect(addMonths("2026-11-15", 3)).toBe("2027-02-15");
});

test("days cross months, years and leap days", () => {
  expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
  expect(addDays("2027-01-01", -1)).toBe("2026-12-31");
  expect(daysBetween("2028-02-28", "2028-03-01")).toBe(2);
  expect(daysBetween("2026-12-02", "2026-12-01")).toBe(-1);
});

test("a week begins on Monday", () => {
  expect(["2026-12-06", "2026-12-07", "2026-12-08"].map(startOfWeek)).toEqual(["2026-11-30", "2026-12-07", "2026-12-07"]);
});

test.each([
  ["2026-02-28", true],
  ["2026-02-29", false],
  ["2026-2-1", false],
  ["", false],
])("%s is a day: %s", (text, is) => expect(isDay(text)).toBe(is));
