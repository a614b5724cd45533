import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clusterImage, headingNotch, markOfImage, plateImage } from "./plate";
import { stateOfSeverity, UNIT_STATES, unitState } from "./unit-state";

const aState = fc.constantFrom(...UNIT_STATES);

describe("the name of a plate image", () => {
  it("encodes everything that is drawn on it", () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 12 }),
        aState,
        fc.boolean(),
        fc.option(fc.double({ min: 0, max: 359.99, noNaN: true })),
        (number, state, selected, headingDegrees) => {
          const mark = markOfImage(plateImage({ number, state, selected, headingDegrees }));
          expect(mark).toMatchObject({ kind: "plate", number, state, selected });
          if (mark?.kind !== "plate") return;
          if (headingDegrees === null) expect(mark.headingDegrees).toBeNull();
          else {
            const apart = Math.abs((mark.headingDegrees ?? 999) - headingDegrees);
            expect(Math.min(apart, 360 - apart)).toBeLessThanOrEqual(7.5);
          }
        },
      ),
    );
  });

  it("encodes a cluster's size and its worst state", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 10_000 }), aState, (count, worst) => {
        expect(markOfImage(clusterImage({ count, worst }))).toEqual({ kind: "cluster", count, worst });
      }),
    );
  });

  it("is null for any other image name", () => expect(markOfImage("dot-11")).toBeNull());
});

describe("the heading notch", () => {
  it("points outward, with its root on the plate's edge", () => {
    fc.assert(
      fc.property(fc.double({ min: 30, max: 120, noNaN: true }), fc.double({ min: 0, max: 360, noNaN: true }), (width, heading) => {
        const [tip, left, right] = headingNotch(width, 23, heading);
        const inside = ([x, y]: readonly [number, number], slack: number) => Math.abs(x) <= width / 2 + slack && Math.abs(y) <= 11.5 + slack;
        expect(inside(tip, 0)).toBe(false);
        expect(inside(left, 1e-6) && inside(right, 1e-6)).toBe(true);
        const east = Math.sin((heading * Math.PI) / 180);
        const north = Math.cos((heading * Math.PI) / 180);
        expect(tip[0] * east - tip[1] * north).toBeGreaterThan(11.5);
      }),
    );
  });
});

describe("a unit's state", () => {
  it("is critical before anything else", () => {
    expect(unitState({ motion: "stale", critical: true })).toBe("critical");
    expect(unitState({ motion: "stale", critical: false })).toBe("stale");
  });

  it("falls back to stopped for a rank that no state has", () => expect(stateOfSeverity(99)).toBe("stopped"));
});
