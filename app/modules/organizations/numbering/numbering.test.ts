import { expect, test } from "vitest";
import { decideNext, nextOf } from "./numbering";

test("the first of a kind gets the first number, each later one the next", () => {
  expect(nextOf("work-order", null)).toBe(1_000);
  expect(nextOf("invoice", null)).toBe(1);
  expect(nextOf("work-order", 1_015)).toBe(1_016);
});

test.each([
  ["2000", 1_015, 2_000],
  ["1016", 1_015, 1_016],
  ["1", null, 1],
] as const)("%s after %s is %i", (typed, last, next) => {
  expect(decideNext("work-order", typed, last)).toEqual({ ok: true, value: next });
});

test.each([
  ["1015", 1_015, /1016 or higher/],
  ["0", null, /whole number/],
  ["-4", null, /whole number/],
  ["12.5", null, /whole number/],
  ["", null, /whole number/],
  ["9999999999", null, /whole number/],
] as const)("refuses %j after %s with a message", (typed, last, why) => {
  expect(decideNext("work-order", typed, last)).toMatchObject({ ok: false, error: { message: expect.stringMatching(why) } });
});
