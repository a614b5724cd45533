import fc from "fast-check";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { notOlder } from "./board-view";

const ids = Array.from({ length: 6 }, () => newId("workOrder"));
const cards = fc.uniqueArray(fc.record({ id: fc.constantFrom(...ids), version: fc.integer({ min: 1, max: 5 }) }), { selector: ({ id }) => id });

test("keeps the newer version of a card when an older response arrives later", () => {
  fc.assert(
    fc.property(cards, cards, (known, read) => {
      const held = notOlder(known, read);
      expect(held.map(({ id }) => id)).toEqual(read.map(({ id }) => id));
      for (const [at, { id, version }] of held.entries()) {
        const before = known.find((card) => card.id === id)?.version ?? 0;
        expect(version).toBe(Math.max(before, read[at]?.version ?? 0));
      }
    }),
  );
});
