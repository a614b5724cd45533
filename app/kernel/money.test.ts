import fc from "fast-check";
import { expect, test } from "vitest";
import { portion, sumCents, toBasisPoints, toCents } from "./money";

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
