import fc from "fast-check";
import { expect, test } from "vitest";
import { contrast, parseHex, type Rgb, toHex } from "./contrast";

const color = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)) as fc.Arbitrary<Rgb>; // fast-check's tuple is mutable, ours is not

test("black on white is 21, a colour on itself is 1", () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
  fc.assert(fc.property(color, (one) => contrast(one, one) === 1));
});

test("the order of the two does not matter", () => {
  fc.assert(fc.property(color, color, (a, b) => contrast(a, b) === contrast(b, a)));
});

test("what is written as hex is read as the same colour", () => {
  fc.assert(fc.property(color, (one) => String(parseHex(toHex(one))) === String(one)));
  expect(parseHex("#0af")).toEqual([0, 170, 255]);
  expect(parseHex("petrol")).toBeNull();
  expect(parseHex("#12345")).toBeNull();
});
