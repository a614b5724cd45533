import fc from "fast-check";
import { expect, test } from "vitest";
import {
  moneyText,
  parseMoney,
  parsePercent,
  parseQuantity,
  percentText,
  portion,
  quantityText,
  sumCents,
  times,
  toBasisPoints,
  toCents,
  toQuantity,
} from "./money";

const cents = fc.integer({ min: -1_000_000_000_00, max: 1_000_000_000_00 }).map(toCents);
const rate = fc.integer({ min: 0, max: 20_000 }).map(toBasisPoints);

test.each([
  [100_00, 825, 8_25],
  [10, 500, 1],
  [9, 500, 0],
  [30, 500, 2],
  [-10, 500, -1],
  [-9, 500, 0],
  [1_01, 10_000, 1_01],
  [0, 825, 0],
  [9_007_199_254_740_991, 10_000, 9_007_199_254_740_991],
])("a portion of %i at %i basis points rounds half up to %i", (amount, basisPoints, expected) => {
  expect(portion(toCents(amount), toBasisPoints(basisPoints))).toBe(expected);
});

test("a portion is within half a cent, and a credit mirrors its charge", () => {
  fc.assert(
    fc.property(cents, rate, (amount, basisPoints) => {
      const rounded = portion(amount, basisPoints);
      const error = BigInt(rounded) * 10_000n - BigInt(amount) * BigInt(basisPoints);
      expect(error <= 5_000n && error >= -5_000n).toBe(true);
      expect(portion(toCents(-amount), basisPoints) + rounded).toBe(0);
    }),
  );
});

test("only whole cents and basis points exist", () => {
  for (const value of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
    expect(() => toCents(value)).toThrow(RangeError);
    expect(() => toBasisPoints(value)).toThrow(RangeError);
  }
});

test("a sum is whole cents, and one too large to be exact throws", () => {
  expect(sumCents([])).toBe(0);
  expect(sumCents([toCents(19_99), toCents(-20_00), toCents(1)])).toBe(0);
  expect(() => sumCents([toCents(Number.MAX_SAFE_INTEGER), toCents(1)])).toThrow(RangeError);
});

test.each([
  ["1,240.50", 1_240_50],
  ["$12", 12_00],
  [" 0.5 ", 50],
  [".5", 50],
  ["-3.10", -3_10],
  ["-0", 0],
  ["1240.555", null],
  ["1,24", null],
  ["1 240", null],
  ["12a", null],
  ["", null],
  [".", null],
  ["99999999999", null],
])("reads %j as %s cents", (typed, expected) => {
  expect(parseMoney(typed)).toBe(expected);
});

test("what is written is read back, for money, quantities and percent", () => {
  fc.assert(
    fc.property(fc.integer({ min: -99_999_999, max: 99_999_999 }), (value) => {
      expect(parseMoney(moneyText(toCents(value)))).toBe(value);
      expect(parseQuantity(quantityText(toQuantity(value)))).toBe(value);
      expect(parsePercent(`${percentText(toBasisPoints(value % 99_999))} %`)).toBe(value % 99_999);
    }),
  );
});

test("a quantity at a price is rounded half up, once", () => {
  expect(times(toCents(14_500), toQuantity(1_250))).toBe(18_125);
  expect(times(toCents(1), toQuantity(500))).toBe(1);
  expect(times(toCents(1), toQuantity(-500))).toBe(-1);
  expect(times(toCents(333), toQuantity(333))).toBe(111);
});
