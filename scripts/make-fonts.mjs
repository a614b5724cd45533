/**
 * Writes `app/platform/paper/fonts/*`: the typefaces of printed papers as modules that every runtime loads the same way.
 * Run again after one of the packages was updated: `node scripts/make-fonts.mjs`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

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
const out = new URL("../app/platform/paper/fonts/", import.meta.url);

for (const [name, file] of Object.entries(fonts)) {
  const packed = gzipSync(readFileSync(new URL(file)), { level: 9 }).toString("base64");
  writeFileSync(new URL(`${name}.ts`, out), `/** Gzipped; scripts/make-fonts.mjs writes it. */\nexport const packed =\n  "${packed}";\n`);
}
for (const [name, file] of Object.entries(licenses)) writeFileSync(new URL(`${name}.license.txt`, out), readFileSync(new URL(file)));
