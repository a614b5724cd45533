import fc from "fast-check";
import { expect, test } from "vitest";
import { sumCents, toBasisPoints, toCents } from "~/kernel/money";
import { describeNewRules, describeRules, MOST_MARKUPS, MOST_RATES, rulesOf, typedOf, workedExample } from "./rates-form";
import { firstRules, type ShopRules } from "./shop-rules";

const cents = fc.integer({ min: 0, max: 99_999_999 }).map(toCents);
const rate = fc.integer({ min: 0, max: 10_000 }).map(toBasisPoints);
const markups = fc
  .uniqueArray(fc.record({ upTo: fc.option(cents.filter((upTo) => upTo > 0)), markup: fc.integer({ min: 0, max: 99_900 }).map(toBasisPoints) }), {
    selector: ({ upTo }) => upTo,
    minLength: 1,
    maxLength: MOST_MARKUPS,
  })
  .map((all) => all.sort((a, b) => (a.upTo ?? Number.POSITIVE_INFINITY) - (b.upTo ?? Number.POSITIVE_INFINITY)));
const rules: fc.Arbitrary<ShopRules> = fc.record({
  markups: fc.option(markups, { nil: undefined }),
  outsideMarkup: fc.integer({ min: 0, max: 50_000 }).map(toBasisPoints),
  laborRates: fc.uniqueArray(fc.record({ name: fc.stringMatching(/^[a-z]{1,12}$/), perHour: cents }), {
    selector: ({ name }) => name,
    minLength: 1,
    maxLength: MOST_RATES,
  }),
  tax: fc.record({ labor: rate, parts: rate, fees: rate, outside: rate }),
  supplies: fc.oneof(
    fc.constant({ kind: "none" } as const),
    fc.record({
      kind: fc.constant("share" as const),
      of: fc.constantFrom("labor" as const, "parts" as const, "both" as const),
      rate,
      most: fc.option(cents, { nil: null }),
      taxed: fc.boolean(),
    }),
    fc.record({ kind: fc.constant("flat" as const), amount: cents, taxed: fc.boolean() }),
  ),
});

test("rules survive the form unchanged", () => {
  fc.assert(
    fc.property(rules, (given) => {
      expect(rulesOf(typedOf(given))).toEqual({ ok: true, value: given });
    }),
  );
});

test("the example's lines add up to its total", () => {
  fc.assert(
    fc.property(rules, (given) => {
      const { lines, charges } = workedExample(given);
      expect(charges.subtotal).toBe(sumCents([...lines.map(({ price }) => price), charges.supplies]));
      expect(charges.total).toBe(charges.subtotal + charges.tax);
    }),
  );
});

test("reports unreadable values at their fields", () => {
  const problems = (change: Record<string, string>) => {
    const read = rulesOf({ ...typedOf(firstRules), ...change });
    return read.ok ? [] : Object.keys(read.error).sort();
  };
  expect(problems({ rateName0: "" })).toEqual(["rateName0"]);
  expect(problems({ rateName0: "", ratePrice0: "" })).toEqual(["rateName0"]);
  expect(problems({ rateName1: "standard", ratePrice1: "10" })).toEqual(["rateName1"]);
  expect(problems({ rateName1: "Road", ratePrice1: "-5" })).toEqual(["ratePrice1"]);
  expect(problems({ rateName1: "Road", ratePrice1: "a lot" })).toEqual(["ratePrice1"]);
  expect(problems({ "tax-parts": "101", "tax-labor": "-1", "tax-fees": "x" })).toEqual(["tax-fees", "tax-labor", "tax-parts"]);
  expect(problems({ suppliesKind: "flat", suppliesAmount: "" })).toEqual(["suppliesAmount"]);
  expect(problems({ suppliesKind: "share", suppliesRate: "5", suppliesMost: "-1" })).toEqual(["suppliesMost"]);
  expect(problems({ markupUpTo0: "50", markup0: "" })).toEqual(["markup0"]);
  expect(problems({ markupUpTo0: "x", markup0: "75" })).toEqual(["markupUpTo0"]);
  expect(problems({ outsideMarkup: "501" })).toEqual(["outsideMarkup"]);
  expect(problems({ markupUpTo0: "50", markup0: "75", markupUpTo1: "50.00", markup1: "60" })).toEqual(["markupUpTo1"]);
  // Fields of another choice are ignored.
  expect(problems({ suppliesKind: "none", suppliesAmount: "nonsense" })).toEqual([]);
});

test("removes an emptied rate, and the next one becomes the default", () => {
  expect(rulesOf({ ...typedOf(firstRules), rateName0: "", ratePrice0: "", rateName3: "Road call", ratePrice3: "185" })).toMatchObject({
    value: { laborRates: [{ name: "Road call", perHour: 18_500 }] },
  });
});

test("describes what changed in a newer version", () => {
  const newer: ShopRules = {
    ...firstRules,
    tax: { ...firstRules.tax, parts: toBasisPoints(825) },
    supplies: { kind: "flat", amount: toCents(1_500), taxed: true },
  };
  expect(describeNewRules(firstRules, newer, "USD", "en-US")).toEqual(["tax on parts 8.25 %", "shop supplies $15.00 an order, taxed"]);
  expect(describeNewRules(newer, newer, "USD", "en-US")).toEqual([]);
  // Saving the default markup explicitly is not a change; saving another one is.
  expect(describeNewRules(firstRules, { ...firstRules, outsideMarkup: toBasisPoints(2_000) }, "USD", "en-US")).toEqual([]);
  expect(describeNewRules(firstRules, { ...firstRules, outsideMarkup: toBasisPoints(0) }, "USD", "en-US")).toEqual(["0 % on outside work"]);
  expect(describeRules(firstRules, "USD", "en-US")[0]).toBe("Standard $0.00 an hour");
});
