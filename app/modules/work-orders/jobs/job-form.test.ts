import fc from "fast-check";
import { expect, test } from "vitest";
import type { Id } from "~/kernel/ids";
import { times, toBasisPoints, toCents, toQuantity } from "~/kernel/money";
import { type Line, lineKinds, priceOf } from "./job";
import { lineField, lineFields, readJobForm, typedLine, typedLines } from "./job-form";

const narrative = { complaint: "Air leak", cause: "", correction: "", vmrs: "" };
const row = (at: number, of: Partial<Record<(typeof lineFields)[number], string>>) =>
  Object.fromEntries(
    Object.entries({ id: "", kind: "part", text: "", partNumber: "", quantity: "1", each: "", discount: "", cost: "", ...of }).map(([name, value]) => [
      lineField(at, name as (typeof lineFields)[number]),
      value,
    ]),
  );

test("ignores empty rows, and refuses a row with only a quantity", () => {
  expect(readJobForm({ ...narrative, ...row(0, { kind: "labor", each: "145.00" }), ...row(1, {}) }, ["145.00"])).toMatchObject({
    ok: true,
    job: { lines: [] },
  });
  expect(readJobForm({ ...narrative, ...row(0, { kind: "labor", each: "145.00", quantity: "3" }) }, ["145.00"])).toEqual({
    ok: false,
    fields: { [lineField(0, "text")]: "Line 1: enter a description." },
  });
});

test("reads money and hours as typed", () => {
  const read = readJobForm(
    { ...narrative, vmrs: "013-001", ...row(0, { kind: "labor", text: "Brakes", quantity: "2.5", each: "$1,145.5", supplies: "on" }) },
    [],
  );
  expect(read).toMatchObject({
    ok: true,
    job: { vmrs: "013-001", lines: [{ kind: "labor", text: "Brakes", quantity: 2_500, each: 114_550, cost: null, supplies: true }] },
  });
});

test.each([
  [{ text: "Hose", each: "12.345" }, "each", /enter a price such as/],
  [{ text: "Hose", each: "-5" }, "each", /enter a price such as/],
  [{ text: "Hose", quantity: "two" }, "quantity", /enter a quantity such as/],
  [{ text: "Hose", cost: "much" }, "cost", /enter a cost such as/],
  [{ text: "Hose", discount: "101" }, "discount", /from 0 to 100 percent/],
  [{ text: "Hose", discount: "-1" }, "discount", /from 0 to 100 percent/],
  [{ text: "Hose", discount: "half" }, "discount", /from 0 to 100 percent/],
  [{ text: "x".repeat(301) }, "text", /at most 300 characters/],
  [{ text: "Hose", quantity: "999999", each: "9999999999.99" }, "each", /is too large for one line/],
  [{ text: "Hose", quantity: "-999999", cost: "9999999999.99" }, "cost", /is too large for one line/],
] as const)("refuses %j with a reason", (of, field, why) => {
  const read = readJobForm({ ...narrative, ...row(0, of) }, []);
  expect(read).toEqual({ ok: false, fields: { [lineField(0, field)]: expect.stringMatching(why) } });
});

test("needs a complaint, and checks the format of a VMRS code", () => {
  expect(readJobForm({ ...narrative, complaint: " ", vmrs: "13" }, [])).toMatchObject({
    ok: false,
    fields: { complaint: expect.any(String), vmrs: expect.any(String) },
  });
});

const line: fc.Arbitrary<Line> = fc.record({
  id: fc.stringMatching(/^[0-9a-hjkmnp-tv-z]{26}$/).map((text) => `lin_${text}` as Id<"line">),
  kind: fc.constantFrom(...lineKinds),
  text: fc.string({ minLength: 1, maxLength: 40 }).filter((text) => text.trim() === text && text !== ""),
  partNumber: fc.option(fc.stringMatching(/^[A-Z0-9-]{1,20}$/)),
  quantity: fc.integer({ min: -99_000, max: 9_999_000 }).map(toQuantity),
  each: fc.integer({ min: 0, max: 99_999_99 }).map(toCents),
  cost: fc.option(fc.integer({ min: 0, max: 99_999_99 }).map(toCents)),
  supplies: fc.boolean(),
  discount: fc.option(fc.integer({ min: 1, max: 10_000 }).map(toBasisPoints), { nil: undefined }),
});

test("a discount is between nothing and the whole price, and a larger discount never costs more", () => {
  const percent = fc.integer({ min: 0, max: 10_000 });
  fc.assert(
    fc.property(line, percent, percent, (one, a, b) => {
      const at = (discount: number) => priceOf({ ...one, discount: toBasisPoints(discount) });
      const [less, more] = [at(Math.min(a, b)), at(Math.max(a, b))];
      const full = times(one.each, one.quantity);
      expect(Math.abs(more)).toBeLessThanOrEqual(Math.abs(less));
      expect(Math.abs(less)).toBeLessThanOrEqual(Math.abs(full));
      expect(priceOf({ ...one, discount: undefined })).toBe(full);
      expect(at(10_000) === 0).toBe(true);
    }),
  );
  // 10 % of $99.99 is $10.00, rounded half up.
  expect(priceOf({ each: toCents(33_33), quantity: toQuantity(3_000), discount: toBasisPoints(1_000) })).toBe(89_99);
});

test("a part with a cost and no price gets the shop's markup; a typed price is kept", () => {
  const markups = [
    { upTo: toCents(10_00), markup: toBasisPoints(10_000) },
    { upTo: toCents(50_00), markup: toBasisPoints(7_500) },
    { upTo: null, markup: toBasisPoints(4_000) },
  ];
  const priced = (of: Parameters<typeof row>[1], rules = markups) => {
    const read = readJobForm({ ...narrative, ...row(0, { text: "Hose", ...of }) }, [], rules);
    return read.ok ? read.job.lines[0]?.each : read.fields;
  };
  expect([priced({ cost: "10.00" }), priced({ cost: "10.01" }), priced({ cost: "50" }), priced({ cost: "50.01" })]).toEqual([20_00, 17_52, 87_50, 70_01]);
  expect(priced({ cost: "10.00", each: "12" })).toBe(12_00);
  expect(priced({ cost: "10.00", kind: "outside" })).toBe(0);
  expect(priced({ cost: "60.00" }, markups.slice(0, 2))).toBe(0);
  expect(priced({ cost: "10.00" }, [])).toBe(0);
});

test("a line survives the form unchanged", () => {
  fc.assert(
    fc.property(fc.uniqueArray(line, { maxLength: 8, selector: ({ id }) => id }), (lines) => {
      const typed = Object.assign({}, ...lines.map((one, at) => asRow(at, one)));
      expect(readJobForm({ ...narrative, ...typed }, [])).toEqual({ ok: true, job: { complaint: "Air leak", cause: "", correction: "", vmrs: null, lines } });
    }),
  );
});

function asRow(at: number, one: Line): Record<string, string> {
  const { supplies, safety, ...typed } = typedLine(one);
  return row(at, { ...typed, ...(supplies ? { supplies: "on" } : {}), ...(safety ? { safety: "on" } : {}) });
}

test("any posted data is read or refused with a message, and never throws", () => {
  const anything = fc.dictionary(
    fc.oneof(
      fc.constantFrom("complaint", "cause", "correction", "vmrs"),
      fc.tuple(fc.nat(70), fc.constantFrom(...lineFields)).map(([at, field]) => lineField(at, field)),
    ),
    fc.oneof(fc.string(), fc.constantFrom("part", "1e309", "-0", "NaN", "99999999999999", "0.001", "١٢", "\u0000")),
  );
  fc.assert(
    fc.property(anything, (typed) => {
      const read = readJobForm(typed, []);
      if (read.ok) for (const { quantity, each } of read.job.lines) expect([Number.isSafeInteger(quantity), Number.isSafeInteger(each)]).toEqual([true, true]);
      else expect(Object.values(read.fields).every((message) => message.length > 5)).toBe(true);
      expect(typedLines(typed).length).toBeLessThanOrEqual(60);
    }),
  );
});
