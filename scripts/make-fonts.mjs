/**
 * Writes `public/typefaces/*`: the typefaces of printed documents, static files that the Worker reads when it first prints.
 * Run again after one of the packages was updated: `node scripts/make-fonts.mjs`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import subsetFont from "subset-font";

/** What is printed of DejaVu: Latin with all its marks, Greek, Cyrillic, Armenian, Georgian, and the signs that people type. The rest would be half of the Worker. */
const printed = [
  [0x20, 0x58f],
  [0x10a0, 0x10ff],
  [0x1e00, 0x1fff],
  [0x2000, 0x214f],
  [0x2190, 0x2193],
  [0x2200, 0x2265],
  [0x25a0, 0x25ff],
  [0x2610, 0x2612],
  [0x2713, 0x2718],
].map(([first, last]) => String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, at) => first + at)));

const fonts = {
  barlow: import.meta.resolve("@expo-google-fonts/barlow/400Regular/Barlow_400Regular.ttf"),
  "barlow-semibold": import.meta.resolve("@expo-google-fonts/barlow/600SemiBold/Barlow_600SemiBold.ttf"),
  "barlow-condensed": import.meta.resolve("@expo-google-fonts/barlow-condensed/600SemiBold/BarlowCondensed_600SemiBold.ttf"),
  dejavu: import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf"),
};
const licenses = {
  barlow: import.meta.resolve("@expo-google-fonts/barlow/LICENSE_FONT"),
  dejavu: import.meta.resolve("dejavu-fonts-ttf/LICENSE"),
};
const out = new URL("../public/typefaces/", import.meta.url);

for (const [name, file] of Object.entries(fonts)) {
  const whole = readFileSync(new URL(file));
  const font = name === "dejavu" ? await subsetFont(whole, printed.join(""), { targetFormat: "truetype" }) : whole;
  writeFileSync(new URL(`${name}.ttf.gz`, out), gzipSync(font, { level: 9 }));
}
for (const [name, file] of Object.entries(licenses)) writeFileSync(new URL(`${name}.license.txt`, out), readFileSync(new URL(file)));
