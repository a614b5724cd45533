import { contrast, mix, parseHex, type Rgb, toHex } from "./contrast";

export type Accent = { accent: string; ink: string; soft: string };
export type BrandAccent = { light: Accent; dark: Accent };

/** WCAG AA for text. */
export const READABLE = 4.5;

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
const PETROL: Rgb = [11, 100, 113];

/** The background behind an accent; ui/theme.test.ts holds these equal to tokens.css. */
export const backgrounds = {
  light: { background: "#f0f0f3", panel: "#fcfcfd" },
  dark: { background: "#111113", panel: "#18191b" },
} as const;

/** A shop's colour, darkened or lightened no further than it takes to be read in either theme; petrol if it is no colour. */
export function brandAccent(hex: string): BrandAccent {
  const brand = parseHex(hex) ?? PETROL;
  return { light: readable(brand, "light"), dark: readable(brand, "dark") };
}

/** The accent as CSS variables for an element of class `branded`. */
export function brandVariables(hex: string): Record<`--brand-${string}`, string> {
  const { light, dark } = brandAccent(hex);
  return {
    "--brand-light": light.accent,
    "--brand-ink-light": light.ink,
    "--brand-soft-light": light.soft,
    "--brand-dark": dark.accent,
    "--brand-ink-dark": dark.ink,
    "--brand-soft-dark": dark.soft,
  };
}

function readable(brand: Rgb, theme: "light" | "dark"): Accent {
  const towards = theme === "light" ? BLACK : WHITE;
  for (let step = 0; step < 100; step++) {
    const accent = styled(mix(brand, towards, step / 100), theme);
    if (passes(accent, theme)) return accent;
  }
  return styled(towards, theme);
}

/** All from the color as it is written down, so that a color that was offered is taken when it comes back. */
function styled(mixed: Rgb, theme: "light" | "dark"): Accent {
  const color = rgb(toHex(mixed));
  const panel = rgb(backgrounds[theme].panel);
  return {
    accent: toHex(color),
    ink: toHex(theme === "light" ? WHITE : mix(color, BLACK, 0.85)),
    soft: toHex(mix(panel, color, theme === "light" ? 0.12 : 0.2)),
  };
}

function passes({ accent, ink, soft }: Accent, theme: "light" | "dark"): boolean {
  const under = [backgrounds[theme].background, backgrounds[theme].panel, soft, ink];
  return under.every((color) => contrast(rgb(accent), rgb(color)) >= READABLE);
}

const rgb = (hex: string): Rgb => parseHex(hex) ?? BLACK;
