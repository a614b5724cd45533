import fc from "fast-check";
import { expect, test } from "vitest";
import { checkVin, type Vin, vinYear, withCheckDigit } from "./vin";
import { makerOf } from "./wmi";

const character = fc.constantFrom(..."ABCDEFGHJKLMNPRSTUVWXYZ0123456789");
const vin17 = fc.string({ unit: character, minLength: 17, maxLength: 17 });

test.each(["1M8GDM9AXKP042788", "11111111111111111", "1HGCM82633A004352", "5GZCZ43D13S812715", " 1m8gdm9axkp042788 ", "1M8-GDM9AX-KP042788"])(
  "accepts %s",
  (text) => expect(checkVin(text)).toEqual({ ok: true, value: text.replace(/[\s-]/g, "").toUpperCase() }),
);

test.each([
  ["", "length", "17"],
  ["1M8GDM9AXKP04278", "length", "16"],
  ["1M8GDM9AXKP0427888", "length", "18"],
  ["IM8GDM9AXKP042788", "characters", "did you mean 1"],
  ["1M8GDM9AXKPO42788", "characters", "did you mean 0"],
  ["1M8GDM9AXKPQ42788", "characters", "Q"],
  ["1M8GDM9AXKP04278É", "characters", "É"],
  ["1M8GDM9A0KP042788", "check-digit", '"X"'],
  ["1M8GDM9AXKP042789", "check-digit", "character 9"],
])("refuses %s: %s", (text, kind, expected) => {
  expect(checkVin(text)).toMatchObject({ ok: false, error: { kind, message: expect.stringContaining(expected) } });
});

test("exactly one check digit makes 17 characters valid", () => {
  fc.assert(
    fc.property(vin17, fc.constantFrom(..."0123456789X"), (draft, digit) => {
      const vin = withCheckDigit(draft);
      expect(checkVin(vin)).toEqual({ ok: true, value: vin });
      if (digit !== vin[8]) expect(checkVin(vin.slice(0, 8) + digit + vin.slice(9))).toMatchObject({ ok: false });
    }),
  );
  expect(() => withCheckDigit("1M8GDM9AXKPO42788")).toThrow(RangeError);
});

test("finds any single mistyped digit", () => {
  const place = fc.integer({ min: 0, max: 16 }).filter((at) => at !== 8);
  fc.assert(
    fc.property(vin17, place, fc.integer({ min: 1, max: 9 }), (draft, at, by) => {
      const numeric = `${draft.slice(0, at)}3${draft.slice(at + 1)}`;
      const vin = withCheckDigit(numeric);
      expect(checkVin(`${vin.slice(0, at)}${(3 + by) % 10}${vin.slice(at + 1)}`)).toMatchObject({ ok: false });
    }),
  );
});

test("never throws on any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(checkVin(text)).toHaveProperty("ok");
    }),
  );
});

test("the model year is the latest possible for the code", () => {
  const withYear = (code: string): Vin => withCheckDigit(`1FUJGLDR0${code}LAA0001`);
  expect(["A", "H", "P", "S", "T", "Y", "1", "9"].map((code) => vinYear(withYear(code), 2026))).toEqual([2010, 2017, 2023, 2025, 2026, 2000, 2001, 2009]);
  expect([vinYear(withYear("V"), 2026), vinYear(withYear("W"), 2026), vinYear(withYear("0"), 2026)]).toEqual([2027, 1998, null]);
});

test("finds makers by the first three characters", () => {
  expect(["1FUJGLDR0HLAA0001", "1XKYD49X0", "1JJV532D0", "9ZZ"].map(makerOf)).toEqual(["Freightliner", "Kenworth", "Wabash", null]);
});
