import fc from "fast-check";
import { expect, test } from "vitest";
import { toCents } from "~/kernel/money";
import { DAY, HOUR, later, toUtcMs } from "~/kernel/time";
import { ageOf, ageRange, ages, canDo, canIssue, dueUnder, type InvoiceBalance, statusOf } from "./invoice";

const now = toUtcMs(Date.parse("2030-03-10T12:00:00Z"));
const balance = (more: Partial<InvoiceBalance> = {}): InvoiceBalance => ({
  state: "issued",
  total: toCents(100),
  applied: toCents(0),
  dueAt: later(now, HOUR),
  ...more,
});

test("status follows from applied money and the date", () => {
  expect(statusOf(balance(), now)).toBe("issued");
  expect(statusOf(balance({ applied: toCents(1) }), now)).toBe("partial");
  expect(statusOf(balance({ applied: toCents(100) }), now)).toBe("paid");
  expect(statusOf(balance({ dueAt: now }), now)).toBe("overdue");
  expect(statusOf(balance({ dueAt: now, applied: toCents(99) }), now)).toBe("overdue");
  expect(statusOf(balance({ dueAt: now, applied: toCents(100) }), now)).toBe("paid");
  expect(statusOf(balance({ total: toCents(0) }), now)).toBe("paid");
  expect(statusOf(balance({ state: "void", dueAt: now }), now)).toBe("void");
  expect(statusOf(balance({ state: "draft", dueAt: null }), now)).toBe("draft");
});

test("each status allows its actions and gives a reason for the others", () => {
  expect(canDo("void", balance(), now)).toBe(true);
  expect(canDo("void", balance({ applied: toCents(1) }), now)).toMatch(/Reverse or unapply them first/);
  expect(canDo("void", balance({ applied: toCents(100) }), now)).toMatch(/Reverse or unapply them first/);
  expect(canDo("void", balance({ state: "draft" }), now)).toMatch(/Discard/);
  expect(canDo("void", balance({ state: "void" }), now)).toBe("This invoice is void.");
  expect(canDo("issue", balance({ state: "draft" }), now)).toBe(true);
  expect(canDo("issue", balance(), now)).toMatch(/issued/);
  expect(canDo("discard", balance(), now)).toMatch(/Void it instead/);
  expect(canDo("pay", balance({ dueAt: now }), now)).toBe(true);
  expect(canDo("credit-note", balance({ applied: toCents(100) }), now)).toBe(true);
});

test("refuses to issue a negative total", () => {
  const draft = balance({ state: "draft" });
  expect([0, 1].map((total) => canIssue(draft, toCents(total), now))).toEqual([true, true]);
  expect(canIssue(draft, toCents(-1), now)).toMatch(/total is negative/);
  expect(canIssue(balance(), toCents(-1), now)).toMatch(/issued/);
});

test("a due day ends at the shop's midnight, across months and clock changes", () => {
  const evening = toUtcMs(Date.parse("2030-03-02T04:30:00Z")); // still the 1st in Chicago
  expect(dueUnder("receipt", evening, "America/Chicago")).toEqual({ dueDay: "2030-03-01", dueAt: Date.parse("2030-03-02T06:00:00Z") });
  // Clocks go forward on March 10: midnight comes an hour earlier.
  expect(dueUnder("net-15", evening, "America/Chicago")).toEqual({ dueDay: "2030-03-16", dueAt: Date.parse("2030-03-17T05:00:00Z") });
  expect(dueUnder("net-60", evening, "Pacific/Kiritimati").dueDay).toBe("2030-05-01");
});

test("aging columns split at 30, 60 and 90 days", () => {
  const after = (days: number) => ageOf(toUtcMs(now - days * 24 * HOUR), now);
  expect([-1, 0, 30, 31, 60, 61, 90, 91].map(after)).toEqual(["current", "1-30", "1-30", "31-60", "31-60", "61-90", "61-90", "90+"]);
});

test("every due instant lies in the range of its age and in no other", () => {
  fc.assert(
    fc.property(fc.integer({ min: -120 * DAY, max: 40 * DAY }), (offset) => {
      const dueAt = toUtcMs(now + offset);
      const within = ages.filter((age) => dueAt > ageRange(age, now).from && dueAt <= ageRange(age, now).until);
      expect(within).toEqual([ageOf(dueAt, now)]);
    }),
  );
});
