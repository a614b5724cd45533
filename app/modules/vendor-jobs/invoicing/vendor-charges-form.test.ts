import fc from "fast-check";
import { expect, test } from "vitest";
import { toCents, toQuantity } from "~/kernel/money";
import { toUtcMs } from "~/kernel/time";
import { insuranceOn } from "~/modules/vendors/insurance";
import { monthOf } from "../budget/month";
import { linesTotal, type VendorChargeLine, vendorChargeKinds, vendorChargesTotal } from "./vendor-charges";
import { blankLines, chargeField, readCharges, spareLines, TAX, typedLine, typedLines, typedTax } from "./vendor-charges-form";

const rows = (...lines: [kind: string, text: string, quantity: string, each: string][]) =>
  Object.fromEntries(
    lines.flatMap(([kind, text, quantity, each], at) => [
      [`line-${at}-kind`, kind],
      [`line-${at}-text`, text],
      [`line-${at}-quantity`, quantity],
      [`line-${at}-each`, each],
    ]),
  );

test("reads typed lines and ignores empty rows", () => {
  const read = readCharges(rows(["labor", "Rebuild", "1.5", "110.00"], ["part", "", "1", ""], ["fee", "Shipping", "", "12.34"]));
  if (!read.ok) throw new Error(JSON.stringify(read.fields));
  expect(read.lines.map(({ kind, text }) => [kind, text])).toEqual([
    ["labor", "Rebuild"],
    ["fee", "Shipping"],
  ]);
  expect(vendorChargesTotal(read)).toBe(165_00 + 12_34);
  // A refused form shows what was typed.
  expect(
    typedLines(rows(...read.lines.map(typedLine).map(({ kind, text, quantity, each }) => [kind, text, quantity, each] as [string, string, string, string]))),
  ).toEqual(read.lines.map(typedLine));
  expect(
    readCharges(
      rows(...[...blankLines(), ...spareLines()].map(({ kind, text, quantity, each }) => [kind, text, quantity, each] as [string, string, string, string])),
    ),
  ).toEqual({
    ok: true,
    lines: [],
  });
});

test("charges survive the form unchanged, and tax is the only difference between lines and total", () => {
  const line: fc.Arbitrary<VendorChargeLine> = fc.record({
    kind: fc.constantFrom(...vendorChargeKinds),
    text: fc.stringMatching(/^[a-z]{1,12}$/),
    quantity: fc.integer({ min: 1, max: 99_999 }).map(toQuantity),
    each: fc.integer({ min: 0, max: 9_999_999 }).map(toCents),
  });
  const tax = fc.option(fc.integer({ min: 1, max: 9_999_999 }).map(toCents), { nil: undefined });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), tax, (lines, charged) => {
      const given = { lines, ...(charged ? { tax: charged } : {}) };
      const form = Object.fromEntries(
        lines.flatMap((it, row) => Object.entries(typedLine(it)).map(([name, text]) => [chargeField(row, name as keyof ReturnType<typeof typedLine>), text])),
      );
      expect(readCharges({ ...form, [TAX]: typedTax(given) })).toEqual({ ok: true, ...given });
      expect(vendorChargesTotal(given) - linesTotal(given)).toBe(charged ?? 0);
    }),
    { numRuns: 100 },
  );
});

test.each(["-1", "a lot", "1.234", "9999999999"])("refuses a tax of %j at its field", (tax) => {
  const read = readCharges({ ...rows(["labor", "Rebuild", "1", "5"]), tax });
  expect(read.ok ? [] : Object.keys(read.fields)).toEqual([TAX]);
});

test.each([
  [["labor", "", "1", "5"], "line-0-text"],
  [["labor", "Rebuild", "none", "5"], "line-0-quantity"],
  [["labor", "Rebuild", "0", "5"], "line-0-quantity"],
  [["labor", "Rebuild", "1", ""], "line-0-each"],
  [["labor", "Rebuild", "1", "-5"], "line-0-each"],
  [["labor", "Rebuild", "999999", "9999999999"], "line-0-each"],
] as const)("refuses %j at its field", (row, field) => {
  const read = readCharges(rows([...row]));
  expect(read.ok ? [] : Object.keys(read.fields)).toContain(field);
});

test("a month follows the shop's time zone, also across a new year and a clock change", () => {
  const zone = "America/Chicago";
  const of = (text: string) => monthOf(toUtcMs(Date.parse(text)), zone);
  expect(of("2026-11-30T23:00:00-06:00")).toEqual({ from: Date.parse("2026-11-01T00:00:00-05:00"), to: Date.parse("2026-12-01T00:00:00-06:00") });
  expect(of("2026-12-31T23:59:59-06:00").to).toBe(Date.parse("2027-01-01T00:00:00-06:00"));
});

test("insurance counts through its last day, and warns 30 days ahead", () => {
  expect([null, "2026-11-21", "2026-11-22", "2026-12-22", "2026-12-23"].map((day) => insuranceOn(day, "2026-11-22"))).toEqual([
    "unknown",
    "expired",
    "soon",
    "soon",
    "good",
  ]);
});
