import fc from "fast-check";
import { expect, test } from "vitest";
import { backgrounds, brandAccent, brandVariables, READABLE } from "./brand";
import { contrast, parseHex, type Rgb } from "./contrast";

const rgb = (hex: string): Rgb => parseHex(hex) ?? [0, 0, 0];
const hex = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, "0")}`);

test("any colour a shop picks can be read in both themes", () => {
  fc.assert(
    fc.property(hex, (picked) => {
      const brand = brandAccent(picked);
      for (const theme of ["light", "dark"] as const) {
        const { accent, ink, soft } = brand[theme];
        for (const under of [backgrounds[theme].background, backgrounds[theme].panel, soft, ink]) {
          expect(contrast(rgb(accent), rgb(under))).toBeGreaterThanOrEqual(READABLE);
        }
      }
    }),
    { numRuns: 2_000 },
  );
});

test.each(["#000000", "#ffffff", "#ffff00", "#0000ff", "#777777"])("%s, at the edge, passes too", (picked) => {
  const { light, dark } = brandAccent(picked);
  expect(contrast(rgb(light.accent), rgb(backgrounds.light.background))).toBeGreaterThanOrEqual(READABLE);
  expect(contrast(rgb(dark.accent), rgb(backgrounds.dark.panel))).toBeGreaterThanOrEqual(READABLE);
});

test("a colour that already passes is left as it is", () => {
  expect(brandAccent("#7a1f3d").light.accent).toBe("#7a1f3d");
});

test("what is no colour becomes petrol, and nothing of it reaches the page", () => {
  expect(brandAccent("red; background: url(//x)")).toEqual(brandAccent("#0b6471"));
  for (const value of Object.values(brandVariables("</style>"))) expect(value).toMatch(/^#[0-9a-f]{6}$/);
});
