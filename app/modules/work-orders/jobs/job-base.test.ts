import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newId, parseId } from "~/kernel/ids";
import { toBasisPoints, toCents, toQuantity } from "~/kernel/money";
import { jobOf, writtenLine } from "../../../../tests/world/order-values";
import { newLine } from "../lines/order-lines";
import { type Job, type Line, lineKinds } from "./job";
import { baseText, readBase } from "./job-base";

const technician = { id: newId("membership"), name: "Sol" };
const line: fc.Arbitrary<Line> = fc.record(
  {
    id: fc.stringMatching(/^[0-9a-hjkmnp-tv-z]{26}$/).map((text) => parseId("line", `lin_${text}`) ?? newId("line")),
    kind: fc.constantFrom(...lineKinds),
    text: fc.string({ unit: "grapheme" }),
    partNumber: fc.option(fc.string()),
    quantity: fc.integer({ min: -99_000, max: 9_999_000 }).map(toQuantity),
    each: fc.integer({ min: -99, max: 99_999_99 }).map(toCents),
    discount: fc.integer({ min: 1, max: 10_000 }).map(toBasisPoints),
    cost: fc.option(fc.integer({ min: 0, max: 99_999_99 }).map(toCents)),
    supplies: fc.boolean(),
    safety: fc.constant(true as const),
  },
  { requiredKeys: ["id", "kind", "text", "partNumber", "quantity", "each", "cost", "supplies"] },
);
const job: fc.Arbitrary<Job<Line>> = fc
  .record({
    complaint: fc.string({ unit: "grapheme" }),
    cause: fc.string(),
    correction: fc.string(),
    vmrs: fc.option(fc.constant("013-001")),
    technician: fc.option(fc.constant(technician)),
    lines: fc.array(line, { maxLength: 5 }),
  })
  .map(({ lines, ...more }) => jobOf(1, lines, more));

describe("the job as a form showed it", () => {
  it("is read back as it was written", () => {
    fc.assert(
      fc.property(job, (one) => {
        const { complaint, cause, correction, vmrs, technician: who, lines } = one;
        expect(readBase(baseText(one))).toEqual({ complaint, cause, correction, vmrs, technician: who, lines });
      }),
    );
  });

  it("holds what is written on a line, and nothing that the order keeps about it", () => {
    const written = writtenLine(1, 40, { id: newId("line") });
    const kept = {
      ...newLine(written, 7),
      quoted: toCents(40_00),
      offer: { estimateId: newId("estimate"), price: toCents(1), validThrough: "2030-01-01", isOpen: true },
    };
    expect(baseText(jobOf(1, [kept]))).toBe(baseText(jobOf(1, [written])));
    expect(baseText(jobOf(1, [kept]))).not.toMatch(/quoted|offer|version/);
  });

  it("is nothing for a new job, and for what can't be read", () => {
    const text = baseText(jobOf(1, [writtenLine(1, 40, { id: newId("line") })]));
    for (const other of [undefined, "", "null", "[]", "{}", text.slice(1), text.replace("lin_", "job_"), text.replace('"quantity":1000', '"quantity":1.5')])
      expect(readBase(other)).toBeNull();
    expect(readBase(text)).not.toBeNull();
  });

  it("is refused, and never throws, whatever is posted", () => {
    const valid: unknown = JSON.parse(baseText(jobOf(1, [writtenLine(1, 40, { id: newId("line") })], { technician })));
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom(1e300, -0, 2 ** 60, "lin_x", null, []));
    const broken = fc.tuple(fc.constantFrom(...paths(valid)), value).map(([path, part]) => JSON.stringify(withPart(valid, path, part)));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), broken), (text) => {
        const read = readBase(text);
        if (read === null) return;
        for (const one of read.lines) {
          expect(parseId("line", one.id)).toBe(one.id);
          expect([one.quantity, one.each, one.cost ?? 0, one.discount ?? 0].every(Number.isSafeInteger)).toBe(true);
        }
        expect(readBase(baseText(jobOf(1, read.lines, read)))).toEqual(read);
      }),
      { numRuns: 1_000 },
    );
  });
});

type Path = readonly string[];
/** Every place in a value. */
const paths = (value: unknown, above: Path = []): Path[] =>
  value !== null && typeof value === "object" ? [above, ...Object.entries(value).flatMap(([key, part]) => paths(part, [...above, key]))] : [above];
function withPart(value: unknown, [key, ...rest]: Path, part: unknown): unknown {
  if (key === undefined) return part;
  if (Array.isArray(value)) return value.map((one: unknown, at) => (String(at) === key ? withPart(one, rest, part) : one));
  return { ...(value as object), [key]: withPart((value as Record<string, unknown>)[key], rest, part) };
}
