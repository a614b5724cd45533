import { describe, expect, it } from "vitest";
import { palettes } from "./palette";

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(Object.entries(palettes))("the %s map", (_, palette) => {
  it("has readable names on land and readable numbers on plates", () => {
    expect(contrast(palette.label, palette.land)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.labelSoft, palette.land)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.ink, palette.panel)).toBeGreaterThanOrEqual(7);
  });

  it("tells the trail from the roads, and the roads from the land", () => {
    expect(contrast(palette.accent, palette.land)).toBeGreaterThanOrEqual(3);
    expect(contrast(palette.roadMajor, palette.land)).toBeGreaterThanOrEqual(1.8);
    expect(contrast(palette.roadMinor, palette.land)).toBeGreaterThanOrEqual(1.3);
  });
});
