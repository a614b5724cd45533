import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { toBasisPoints, toCents, toQuantity } from "~/kernel/money";
import { HOUR, later, toUtcMs } from "~/kernel/time";
import type { Line } from "~/modules/work-orders/jobs/job";
import { ageOf, canDo, canIssue, chargesOfAll, dueUnder, type InvoiceBalance, statusOf } from "./invoice";
import { byUnit, groupOf } from "./invoice-lines";

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

const rules = {
  tax: { labor: toBasisPoints(0), parts: toBasisPoints(725), fees: toBasisPoints(0), outside: toBasisPoints(0) },
  supplies: { kind: "share", of: "labor", rate: toBasisPoints(600), most: toCents(10_00), taxed: false },
} as const;
const line = (kind: Line["kind"], quantity: number, each: number): Line => ({
  id: newId("line"),
  kind,
  text: kind,
  partNumber: null,
  quantity: toQuantity(quantity),
  each: toCents(each),
  cost: toCents(1_23),
  supplies: true,
});
const work = (unit: string, order: number, lines: Line[]) => ({
  orderId: newId("workOrder"),
  order,
  title: "Brakes",
  unit,
  purchaseOrder: null,
  rulesVersion: 1,
  jobs: [{ id: newId("job"), position: 1, complaint: "Brakes", cause: "Worn", correction: "Replaced", vmrs: null, technician: null, lines, version: 1 }],
});

test("several orders are each charged by themselves, then added", () => {
  const first = groupOf(work("101", 1000, [line("labor", 2_000, 145_00), line("part", 1_000, 10_00), line("part", 1_000, 10_00)]), rules, false);
  const second = groupOf(work("102", 1001, [line("labor", 1_000, 145_00)]), rules, false);
  // 7.25 % of 10.10 is 0.73 on each line; together it would have been 1.46 or 1.47. The cap on supplies holds per order.
  expect(first.charges).toMatchObject({ supplies: 10_00, tax: 1_46, total: 290_00 + 20_00 + 10_00 + 1_46 });
  expect(second.charges).toMatchObject({ supplies: 8_70, total: 153_70 });
  expect(chargesOfAll([first, second])).toMatchObject({ labor: 435_00, parts: 20_00, supplies: 18_70, tax: 1_46, total: first.charges.total + 153_70 });
  expect(groupOf(work("101", 1000, [line("part", 1_000, 10_00)]), rules, true).charges.tax).toBe(0);
});

test("contents for the customer hold no cost and no cause", () => {
  const group = groupOf(work("101", 1000, [line("part", 1_000, 10_00)]), rules, false);
  expect(JSON.stringify(group)).not.toMatch(/cost|123|Worn/);
});

test("units are sorted naturally: 9 before 101", () => {
  const groups = [work("101", 1002, []), work("9", 1001, []), work("101", 1000, [])].map((it) => groupOf(it, rules, false));
  expect(byUnit(groups).map(({ unit, order }) => [unit, order])).toEqual([
    ["9", 1001],
    ["101", 1000],
    ["101", 1002],
  ]);
});
