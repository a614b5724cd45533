import { expect, test } from "vitest";
import { formatDueRow, formatExpected, formatPlan, formatRange } from "./format-due";
import type { ScheduleState } from "./schedule-state";

const TODAY = "2026-12-01";
const expected = (state: ScheduleState, projectedDay: string | null, dueDay: string | null = null) =>
  formatExpected({ state, dueDay, projectedDay }, TODAY, "en-US");

test("a day that passed isn't expected anymore", () => {
  expect(expected("current", "2026-12-15")).toBe("expected Dec 15, 2026");
  expect(expected("due-soon", TODAY)).toBe("expected Dec 1, 2026");
  expect(expected("unknown", "2026-11-20")).toBe("was expected Nov 20, 2026, no reading since");
  expect([expected("overdue", "2026-11-30", "2026-11-30"), expected("unknown", null)]).toEqual([null, null]);
});

test("what a meter has reached isn't expected, so no day is written", () => {
  expect([expected("due", "2026-11-20"), expected("overdue", "2026-11-30")]).toEqual([null, null]);
});

test("a forecast is as exact as it can be: of the next two weeks by the day, then by the week, then by the month", () => {
  const days = ["2026-12-16", "2026-12-20", "2027-02-28", "2027-03-01", "2027-03-02", "2027-03-31"];
  expect(days.map((day) => expected("current", day))).toEqual([
    ...["expected the week of Dec 14, 2026", "expected the week of Dec 14, 2026", "expected the week of Feb 22, 2027"],
    ...["expected the week of Mar 1, 2027", "expected March 2027", "expected March 2027"],
  ]);
});

test("of a range of days, those that passed are left out", () => {
  const range = (state: ScheduleState, earliest: string, latest: string) => formatRange({ state, earliest, latest }, TODAY, "en-US");
  expect(range("current", "2026-12-05", "2026-12-15")).toBe("expected between Dec 5, 2026 and Dec 15, 2026");
  expect(range("current", "2026-11-25", "2026-12-15")).toBe("expected by Dec 15, 2026");
  expect(range("current", "2027-03-05", "2027-03-29")).toBe("expected March 2027");
  expect(range("current", "2026-12-30", "2027-06-29")).toBe("expected between the week of Dec 28, 2026 and June 2027");
  expect(range("unknown", "2026-11-05", "2026-11-21")).toBe("was expected by Nov 21, 2026");
  expect([range("due", "2026-11-05", "2026-11-21"), range("current", "2026-12-05", "2026-12-05")]).toEqual([null, null]);
});

test("an interval has no tenths of an hour that it doesn't need", () => {
  const plan = (hours: number) =>
    formatPlan({ meters: [{ meter: "engine", every: hours * 3_600, soon: 0 }], calendar: null, grace: 10 }, { distanceUnit: "mi", locale: "en-US" });
  expect([plan(500), plan(1_500), plan(12.5)]).toEqual(["Every 500 h", "Every 1,500 h", "Every 12.5 h"]);
});

test("lists write when it is due and what is left, as far as both are known", () => {
  const row = { state: "current", firstBy: "odometer", dueDay: null, dueMeter: null, reads: null } as const;
  const due = (change: Partial<Parameters<typeof formatDueRow>[0]>) => formatDueRow({ ...row, ...change }, TODAY, { distanceUnit: "mi", locale: "en-US" });
  const mile = 1_609.344;
  expect(due({ dueMeter: 5_000 * mile, reads: 4_000 * mile })).toBe("at 5,000 mi: 1,000 mi left");
  expect(due({ dueMeter: 5_000 * mile, reads: 5_250 * mile, state: "overdue" })).toBe("at 5,000 mi: 250 mi over");
  expect(due({ firstBy: "engine", dueMeter: 10_275 * 3_600, reads: 10_280.5 * 3_600, state: "due" })).toBe("at 10,275 h: 5.5 h over");
  expect(due({ dueMeter: 5_000 * mile, reads: 4_000 * mile, state: "unknown" })).toBe("at 5,000 mi: 1,000 mi left at the last reading, over 30 days ago");
  expect(due({ firstBy: "calendar", dueDay: "2026-12-13" })).toBe("on Dec 13, 2026: 12 days left");
  expect(due({ firstBy: "calendar", dueDay: TODAY, state: "due" })).toBe("on Dec 1, 2026: today");
  expect([due({ dueMeter: 5_000 * mile }), due({}), due({ firstBy: null })]).toEqual(["at 5,000 mi", null, null]);
});
