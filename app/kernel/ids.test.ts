import fc from "fast-check";
import { expect, test } from "vitest";
import { newId, parseId, prefixes, type RecordKind } from "./ids";

const kinds = Object.keys(prefixes) as RecordKind[]; // as: Object.keys widens the literal keys
const times = fc.integer({ min: 0, max: 2 ** 48 - 1 });

test("a new id is read back as its own kind and as no other", () => {
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.constantFrom(...kinds), times, (of, other, at) => {
      const id = newId(of, at);
      expect(id).toHaveLength(prefixes[of].length + 27);
      expect(parseId(of, id)).toBe(id);
      if (other !== of) expect(parseId(other, id)).toBeNull();
    }),
  );
});

test("ids sort by creation", () => {
  fc.assert(
    fc.property(times, times, (a, b) => {
      if (a < b) expect(newId("asset", a) < newId("asset", b)).toBe(true);
    }),
  );
});

test("ids of one instant differ", () => {
  expect(new Set(Array.from({ length: 1_000 }, () => newId("event", 0))).size).toBe(1_000);
});

const random = "0123456789abcdefghjkmnpqrs";
test.each([
  ["ast_0123456789abcdefghjkmnpqrs", true],
  [`ast_${random.toUpperCase()}`, false],
  [`ast_${random.slice(1)}`, false],
  [`ast_${random}0`, false],
  [`ast_${random.slice(1)}l`, false],
  [`ast_${random.slice(1)}u`, false],
  [`ast_${random}\n`, false],
  [` ast_${random}`, false],
  [random, false],
  ["", false],
  [null, false],
  [undefined, false],
])("%j as an asset's id: %s", (text, good) => expect(parseId("asset", text)).toBe(good ? text : null));

test("any text is an id of the shape or none", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.string().map((rest) => `ast_${rest}`),
      ),
      (text) => {
        const id = parseId("asset", text);
        expect(id === null || /^ast_[0-9a-hjkmnp-tv-z]{26}$/.test(id)).toBe(true);
      },
    ),
  );
});
