import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays } from "~/kernel/days";
import { daysLate, dueText, reminderDue } from "./reminder";

const due = "2030-03-31";
const on = (days: number, rules: Parameters<typeof reminderDue>[2]) => reminderDue(due, addDays(due, days), rules);

test("before the due day there is one reminder, as many days ahead as the shop sets", () => {
  expect([-8, -7, -4, -3, -1, 0].map((days) => on(days, { remindBefore: 7 }))).toEqual([null, 0, 0, 0, 0, null]);
  expect([-4, -3].map((days) => on(days, { remindBefore: 3 }))).toEqual([null, 0]);
});

test("after it there is one for each full week, as often as the shop sets, else six times", () => {
  expect([1, 6, 7, 13, 14, 48, 49, 70].map((days) => on(days, { remindLate: "weekly" }))).toEqual([null, null, 1, 1, 2, 6, null, null]);
  expect([27, 28].map((days) => on(days, { remindLate: "weekly", remindMost: 3 }))).toEqual([3, null]);
});

test("a shop that sets nothing sends nothing, and a later day never goes back a step", () => {
  fc.assert(
    fc.property(fc.integer({ min: -40, max: 80 }), fc.nat(60), (days, more) => {
      expect(on(days, {})).toBeNull();
      const rules = { remindBefore: 7, remindLate: "weekly", remindMost: 12 } as const;
      expect(on(days + more, rules) ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(on(days, rules) ?? 0);
      expect(daysLate(due, addDays(due, days))).toBe(days);
    }),
  );
});

test("a day is counted in words", () => {
  expect([-3, -1, 0, 1, 7].map(dueText)).toEqual(["due in 3 days", "due in 1 day", "due today", "1 day late", "7 days late"]);
});
