import { expect, test } from "vitest";
import { formatExpected, formatPlan, formatRange } from "./format-due";
import type { ScheduleState } from "./schedule-state";

const TODAY = "2026-12-01";
const expected = (state: ScheduleState, projectedDay: string | null, dueDay: string | null = null) =>
  formatExpected({ state, dueDay, projectedDay }, TODAY, "en-US");

test("a day that passed isn't expected anymore", () => {
  expect(expected("current", "2026-12-21")).toBe("expected Dec 21, 2026");
  expect(expected("due-soon", TODAY)).toBe("expected Dec 1, 2026");
  expect(expected("unknown", "2026-11-20")).toBe("was expected Nov 20, 2026");
  expect(expected("due", "2026-11-20")).toBe("reached by Nov 20, 2026");
  expect(expected("overdue", "2026-11-30")).toBe("reached by Nov 30, 2026");
  expect([expected("overdue", "2026-11-30", "2026-11-30"), expected("unknown", null)]).toEqual([null, null]);
});

test("of a range of days, those that passed are left out", () => {
  const range = (state: ScheduleState, earliest: string, latest: string) => formatRange({ state, earliest, latest }, TODAY, "en-US");
  expect(range("current", "2026-12-05", "2026-12-21")).toBe("expected between Dec 5, 2026 and Dec 21, 2026");
  expect(range("current", "2026-11-25", "2026-12-21")).toBe("expected by Dec 21, 2026");
  expect(range("unknown", "2026-11-05", "2026-11-21")).toBe("was expected by Nov 21, 2026");
  expect([range("due", "2026-11-05", "2026-11-21"), range("current", "2026-12-05", "2026-12-05")]).toEqual([null, null]);
});

test("an interval has no tenths of an hour that it doesn't need", () => {
  const plan = (hours: number) =>
    formatPlan({ meters: [{ meter: "engine", every: hours * 3_600, soon: 0 }], calendar: null, grace: 10 }, { distanceUnit: "mi", locale: "en-US" });
  expect([plan(500), plan(1_500), plan(12.5)]).toEqual(["Every 500 h", "Every 1,500 h", "Every 12.5 h"]);
});
