import { readFileSync, statSync } from "node:fs";
import { expect, test } from "vitest";
import { backgrounds, READABLE } from "~/kernel/brand";
import { contrast, parseHex, type Rgb } from "~/kernel/contrast";

const here = (file: string) => new URL(file, import.meta.url);
const css = readFileSync(here("./tokens.css"), "utf8");
type Theme = "light" | "dark";
const themes: readonly Theme[] = ["light", "dark"];

const tokens = new Map(
  [...css.matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/g)].map(([, name, light, dark]) => [name, { light, dark }]),
);

function color(name: string, theme: Theme): Rgb {
  const found = parseHex(tokens.get(name)?.[theme] ?? "");
  if (!found) throw new Error(`tokens.css has no ${theme} color --${name}`);
  return found;
}

const states = ["slate", "blue", "amber", "green", "red"];
const surfaces = ["color-ground", "color-panel"];
const GLYPH = 3;

/** [text or glyph, its background, required ratio] */
const pairs: [string, string, number][] = [
  ...["color-ground", "color-panel", "color-hover", "petrol-soft"].flatMap((under): [string, string, number][] => [
    ["color-ink", under, READABLE],
    ["color-ink-soft", under, READABLE],
    ["petrol", under, READABLE],
  ]),
  ["petrol-ink", "petrol", READABLE],
  ...surfaces.map((under): [string, string, number] => ["color-control", under, GLYPH]),
  ...states.flatMap((state): [string, string, number][] => [
    ...surfaces.map((under): [string, string, number] => [`state-${state}`, under, READABLE]),
    [`state-${state}-ink`, `state-${state}-soft`, READABLE],
    [`state-${state}-ink`, "color-panel", READABLE],
    [`state-${state}`, `state-${state}-soft`, GLYPH],
  ]),
];

test.each(themes.flatMap((theme) => pairs.map((pair) => [theme, ...pair] as const)))("%s: %s on %s reaches %d", (theme, text, under, ratio) => {
  expect(contrast(color(text, theme), color(under, theme))).toBeGreaterThanOrEqual(ratio);
});

test.each(themes)("a shop's color is checked against the real %s surfaces", (theme) => {
  expect(parseHex(backgrounds[theme].background)).toEqual(color("color-ground", theme));
  expect(parseHex(backgrounds[theme].panel)).toEqual(color("color-panel", theme));
});

test("a page in Latin script loads at most four font files and 60 kB", () => {
  const own = [...readFileSync(here("./fonts.css"), "utf8").matchAll(/url\("(\.\/fonts\/[^"]+)"\)/g)].map(([, file]) => file ?? "");
  expect(own).toHaveLength(4);
  expect(own.reduce((sum, file) => sum + statSync(here(file)).size, 0)).toBeLessThanOrEqual(60_000);
});
