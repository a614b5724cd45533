import fc from "fast-check";
import { expect, test } from "vitest";
import { portion, sumCents, toBasisPoints, toCents } from "~/kernel/money";
import { type ChargedLine, type ChargeRules, chargesOf, lineClasses, type Supplies, suppliesLabel } from "./charges";

const line = (of: ChargedLine["class"], price: number, counts = true): ChargedLine => ({ class: of, price: toCents(price), counts });
const rules = (supplies: Supplies = { kind: "none" }, tax: Partial<Record<ChargedLine["class"], number>> = {}): ChargeRules => ({
  supplies,
  tax: {
    labor: toBasisPoints(tax.labor ?? 0),
    parts: toBasisPoints(tax.parts ?? 0),
    fees: toBasisPoints(tax.fees ?? 0),
    outside: toBasisPoints(tax.outside ?? 0),
  },
});
const share = (of: "labor" | "parts" | "both", most: number | null = null, taxed = false): Supplies => ({
  kind: "share",
  of,
  rate: toBasisPoints(600),
  most: most === null ? null : toCents(most),
  taxed,
});

test.each<[string, ChargedLine[], ChargeRules, number, number, number]>([
  ["taxes only parts", [line("labor", 290_00), line("parts", 100_00)], rules(undefined, { parts: 825 }), 0, 8_25, 398_25],
  ["charges supplies as a share of labor", [line("labor", 290_00), line("parts", 100_00)], rules(share("labor")), 17_40, 0, 407_40],
  [
    "charges supplies as a share of labor and parts",
    [line("labor", 290_00), line("parts", 100_00), line("outside", 500_00)],
    rules(share("both")),
    23_40,
    0,
    913_40,
  ],
  ["caps supplies", [line("labor", 9_000_00)], rules(share("labor", 75_00)), 75_00, 0, 9_075_00],
  ["can leave a line out of supplies", [line("labor", 290_00, false), line("labor", 100_00)], rules(share("labor")), 6_00, 0, 396_00],
  ["taxes supplies as parts if the shop chose so", [line("labor", 100_00)], rules(share("labor", null, true), { parts: 1_000 }), 6_00, 60, 106_60],
  ["charges flat supplies once", [line("labor", 1_00), line("parts", 1_00)], rules({ kind: "flat", amount: toCents(12_50), taxed: false }), 12_50, 0, 14_50],
  ["charges no flat supplies on an order without work", [line("outside", 800_00)], rules({ kind: "flat", amount: toCents(12_50), taxed: false }), 0, 0, 800_00],
  ["rounds the tax of each line by itself", [line("parts", 10), line("parts", 10), line("parts", 10)], rules(undefined, { parts: 500 }), 0, 3, 33],
  ["a returned core refunds its tax", [line("parts", 85_00), line("parts", -85_00)], rules(undefined, { parts: 825 }), 0, 0, 0],
])("%s", (_what, lines, by, supplies, tax, total) => {
  expect(chargesOf(lines, by, false)).toMatchObject({ supplies, tax, total });
});

const cents = fc.integer({ min: -50_000_00, max: 900_000_00 });
const anyLine = fc.record({ class: fc.constantFrom(...lineClasses), price: cents.map(toCents), counts: fc.boolean() });
const bp = fc.integer({ min: 0, max: 2_500 }).map(toBasisPoints);
const supplies: fc.Arbitrary<Supplies> = fc.oneof(
  fc.constant({ kind: "none" as const }),
  fc.record({
    kind: fc.constant("share" as const),
    of: fc.constantFrom("labor" as const, "parts" as const, "both" as const),
    rate: bp,
    most: fc.option(fc.integer({ min: 0, max: 500_00 }).map(toCents)),
    taxed: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("flat" as const), amount: fc.integer({ min: 0, max: 200_00 }).map(toCents), taxed: fc.boolean() }),
);
const anyRules = fc.record({ supplies, tax: fc.record({ labor: bp, parts: bp, fees: bp, outside: bp }) });

test("the line amounts add up to the totals", () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 30 }), anyRules, (lines, by) => {
      const it = chargesOf(lines, by, false);
      expect(sumCents([it.labor, it.parts, it.fees, it.outside])).toBe(sumCents(lines.map(({ price }) => price)));
      expect(it.subtotal).toBe(it.labor + it.parts + it.fees + it.outside + it.supplies);
      const suppliesTax = by.supplies.kind !== "none" && by.supplies.taxed ? portion(it.supplies, by.tax.parts) : 0;
      expect(it.tax).toBe(lines.reduce((sum, one) => sum + portion(one.price, by.tax[one.class]), 0) + suppliesTax);
      expect(it.total).toBe(it.subtotal + it.tax);
      expect(it.supplies).toBeGreaterThanOrEqual(0);
      if (by.supplies.kind === "share" && by.supplies.most !== null) expect(it.supplies).toBeLessThanOrEqual(by.supplies.most);
    }),
  );
});

test("an exempt customer pays the same without tax; the order of lines doesn't matter", () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 20 }), anyRules, (lines, by) => {
      const it = chargesOf(lines, by, false);
      expect(chargesOf(lines, by, true)).toEqual({ ...it, tax: 0, total: it.subtotal });
      expect(chargesOf([...lines].reverse(), by, false)).toEqual(it);
    }),
  );
});

test("explains shop supplies where one rule holds", () => {
  const money = (amount: number) => `$${(amount / 100).toFixed(2)}`;
  const flat: Supplies = { kind: "flat", amount: toCents(15_00), taxed: false };
  const label = (...of: Supplies[]) => suppliesLabel(of, money);
  expect([
    label(share("labor", 75_00)),
    label(share("both")),
    label(flat),
    label(share("labor", 75_00), share("labor", 75_00)),
    label(flat, share("labor")),
    label({ kind: "none" }),
  ]).toEqual([
    "Shop supplies (6% of labor, at most $75.00)",
    "Shop supplies (6% of labor and parts)",
    "Shop supplies (flat charge)",
    "Shop supplies (6% of labor, at most $75.00 per order)",
    "Shop supplies",
    "Shop supplies",
  ]);
});
