import fc from "fast-check";
import { expect, test } from "vitest";
import type { Id } from "~/kernel/ids";
import { toCents, toQuantity } from "~/kernel/money";
import { type Line, lineKinds } from "./job";
import { lineField, lineFields, readJobForm, typedLine, typedLines } from "./job-form";

const words = { complaint: "Air leak", cause: "", correction: "", vmrs: "" };
const row = (at: number, of: Partial<Record<(typeof lineFields)[number], string>>) =>
  Object.fromEntries(
    Object.entries({ id: "", kind: "part", text: "", partNumber: "", quantity: "1", each: "", cost: "", ...of }).map(([name, value]) => [
      lineField(at, name as (typeof lineFields)[number]),
      value,
    ]),
  );

test("rows that nobody wrote into are not lines; a quantity alone is asked about", () => {
  expect(readJobForm({ ...words, ...row(0, { kind: "labor", each: "145.00" }), ...row(1, {}) }, ["145.00"])).toMatchObject({ ok: true, job: { lines: [] } });
  expect(readJobForm({ ...words, ...row(0, { kind: "labor", each: "145.00", quantity: "3" }) }, ["145.00"])).toEqual({
    ok: false,
    fields: { [lineField(0, "text")]: "Line 1: say what it is." },
  });
});

test("reads money and hours as people type them", () => {
  const read = readJobForm({ ...words, vmrs: "013-001", ...row(0, { kind: "labor", text: "Brakes", quantity: "2.5", each: "$1,145.5", supplies: "on" }) }, []);
  expect(read).toMatchObject({
    ok: true,
    job: { vmrs: "013-001", lines: [{ kind: "labor", text: "Brakes", quantity: 2_500, each: 114_550, cost: null, supplies: true }] },
  });
});

test.each([
  [{ text: "Hose", each: "12.345" }, "each", /a price is an amount/],
  [{ text: "Hose", each: "-5" }, "each", /a price is an amount/],
  [{ text: "Hose", quantity: "two" }, "quantity", /a quantity is a number/],
  [{ text: "Hose", cost: "much" }, "cost", /a cost is an amount/],
  [{ text: "x".repeat(301) }, "text", /under 300/],
  [{ text: "Hose", quantity: "999999", each: "9999999999.99" }, "each", /more than a line can hold/],
  [{ text: "Hose", quantity: "-999999", cost: "9999999999.99" }, "cost", /more than a line can hold/],
] as const)("says what is wrong with %j", (of, field, why) => {
  const read = readJobForm({ ...words, ...row(0, of) }, []);
  expect(read).toEqual({ ok: false, fields: { [lineField(0, field)]: expect.stringMatching(why) } });
});

test("a complaint is needed, and a VMRS code has its shape", () => {
  expect(readJobForm({ ...words, complaint: " ", vmrs: "13" }, [])).toMatchObject({
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
});

test("what a form shows of a line is what it reads back", () => {
  fc.assert(
    fc.property(fc.uniqueArray(line, { maxLength: 8, selector: ({ id }) => id }), (lines) => {
      const typed = Object.assign({}, ...lines.map((one, at) => asRow(at, one)));
      expect(readJobForm({ ...words, ...typed }, [])).toEqual({ ok: true, job: { complaint: "Air leak", cause: "", correction: "", vmrs: null, lines } });
    }),
  );
});

function asRow(at: number, one: Line): Record<string, string> {
  const { supplies, ...typed } = typedLine(one);
  return row(at, { ...typed, ...(supplies ? { supplies: "on" } : {}) });
}

test("whatever is posted is read or refused in words, never thrown on", () => {
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
      else expect(Object.values(read.fields).every((said) => said.length > 5)).toBe(true);
      expect(typedLines(typed).length).toBeLessThanOrEqual(60);
    }),
  );
});
