import fc from "fast-check";
import { expect, test } from "vitest";
import { DAY, toUtcMs } from "~/kernel/time";
import { type AssetForm, assetKinds, checkAsset, decideHandOver, yearDiffers } from "./asset";
import { withCheckDigit } from "./vin";

const form = (change: Partial<AssetForm> = {}): AssetForm => ({
  unitNumber: "101",
  kind: "truck",
  vin: "",
  plate: "",
  year: "",
  make: "",
  model: "",
  shares: true,
  ...change,
});
const VIN = withCheckDigit("1FUJGLDR0HLHZ1101");

test("a VIN fills in empty year and make, and never overwrites typed ones", () => {
  expect(checkAsset(form({ vin: VIN.toLowerCase() }), 2026)).toMatchObject({ ok: true, value: { vin: VIN, year: 2017, make: "Freightliner" } });
  expect(checkAsset(form({ vin: VIN, year: "2016", make: "Western Star" }), 2026)).toMatchObject({ ok: true, value: { year: 2016, make: "Western Star" } });
  expect(yearDiffers({ kind: "truck", vin: VIN, year: 2016 }, 2026)).toBe(2017);
  expect(yearDiffers({ kind: "truck", vin: VIN, year: 2017 }, 2026)).toBeNull();
});

test("a wrong VIN of a truck or trailer names the digit; equipment can have any serial number", () => {
  const wrong = `${VIN.slice(0, 16)}${VIN.endsWith("9") ? "8" : "9"}`;
  expect(checkAsset(form({ vin: wrong }), 2026)).toMatchObject({ ok: false, error: { vin: expect.stringContaining("character 9") } });
  expect(checkAsset(form({ vin: "JJE00512", kind: "equipment" }), 2026)).toMatchObject({ ok: true, value: { vin: "JJE00512", year: null } });
});

test.each([
  [{ unitNumber: " " }, "unitNumber"],
  [{ unitNumber: "x".repeat(21) }, "unitNumber"],
  [{ year: "1899" }, "year"],
  [{ year: "2029" }, "year"],
  [{ year: "next" }, "year"],
  [{ model: "x".repeat(61) }, "model"],
  [{ kind: "equipment", vin: "x".repeat(31) }, "vin"],
] as const)("refuses %j with a message", (change, field) => {
  expect(checkAsset(form(change), 2026)).toEqual({ ok: false, error: { [field]: expect.stringMatching(/\w+ \w+/) } });
});

test("any input is read or refused with a message, and never throws", () => {
  const text = fc.oneof(fc.string({ maxLength: 40 }), fc.stringMatching(/^[A-Z0-9]{17}$/));
  fc.assert(
    fc.property(
      fc.record({ unitNumber: text, kind: fc.constantFrom(...assetKinds), vin: text, plate: text, year: text, make: text, model: text, shares: fc.boolean() }),
      (typed) => {
        const checked = checkAsset(typed, 2026);
        if (checked.ok) expect(checked.value.unitNumber.trim()).not.toBe("");
        else expect(Object.keys(checked.error).length).toBeGreaterThan(0);
      },
    ),
  );
});

const at = (days: number) => toUtcMs(1_800_000_000_000 + days * DAY);

test("a transfer can't be before the current owner got the unit, nor in the future", () => {
  const now = { customerId: "cus_a", from: at(0), to: null };
  expect(decideHandOver(now, "cus_b", at(5), at(9))).toEqual({ ok: true, value: null });
  expect(decideHandOver(now, "cus_a", at(5), at(9))).toEqual({ ok: false, error: { kind: "same-owner" } });
  expect(decideHandOver(now, "cus_b", at(0), at(9))).toEqual({ ok: false, error: { kind: "too-early" } });
  expect(decideHandOver(now, "cus_b", at(10), at(9))).toEqual({ ok: false, error: { kind: "in-future" } });
});
