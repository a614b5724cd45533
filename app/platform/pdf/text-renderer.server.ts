import fontkit from "@cantoo/fontkit";
import { type Color, type PDFDocument, type PDFFont, type PDFPage, rgb } from "@cantoo/pdf-lib";
import { parseHex } from "~/kernel/contrast";
import type { ReadTypeface, Typeface } from "./fonts.server";

/** A letter with the marks on it, so that both come from one typeface. */
const CHARACTER = /\P{M}\p{M}*/gu;
const MISSING = "\u25a1";
export type FontName = Exclude<Typeface, "other">;
export type Style = { fontName: FontName; size: number; color: Color };
type Run = { text: string; font: PDFFont };

export const colorOf = (hex: string): Color => {
  const [red, green, blue] = parseHex(hex) ?? [0, 0, 0];
  return rgb(red / 255, green / 255, blue / 255);
};

/** Measures and sets type. Characters that a font lacks come from DejaVu, which is embedded only where one is needed. */
export async function textRendererOf(pdf: PDFDocument, everything: string, readTypeface: ReadTypeface) {
  pdf.registerFontkit(fontkit);
  const embed = async (name: Typeface) =>
    // Figures of one width, and no ligatures: what is copied out of the paper is what was written.
    pdf.embedFont(await readTypeface(name), { subset: true, features: { tnum: true, liga: false } });
  // One after the other: the order in which they are ready would be the order in the file.
  const plain = await embed("plain");
  const strong = await embed("strong");
  const title = await embed("title");
  // The three are cuts of one family and have the same letters.
  const own = new Set(plain.getCharacterSet());
  const covers = (text: string) => [...text].every((char) => own.has(char.codePointAt(0) ?? 0));
  const other = covers(readable(everything)) ? plain : await embed("other");
  const others = new Set(other.getCharacterSet());
  const fonts: Record<FontName, PDFFont> = { plain, strong, title };

  /** What can be printed of a text. A character that no typeface has is a box, so that everyone sees that one is missing. */
  const printable = (text: string): string => {
    const clean = readable(text);
    if (covers(clean)) return clean;
    const has = (char: string) => own.has(char.codePointAt(0) ?? 0) || others.has(char.codePointAt(0) ?? 0);
    return [...clean].map((char) => (char === "\n" || has(char) ? char : MISSING)).join("");
  };

  function runsOf(text: string, fontName: FontName): Run[] {
    if (covers(text)) return [{ text, font: fonts[fontName] }];
    const runs: Run[] = [];
    for (const char of text.match(CHARACTER) ?? []) {
      const font = covers(char) ? fonts[fontName] : other;
      const last = runs.at(-1);
      if (last?.font === font) last.text += char;
      else runs.push({ text: char, font });
    }
    return runs;
  }

  const widthOf = (text: string, { fontName, size }: Pick<Style, "fontName" | "size">): number =>
    runsOf(printable(text), fontName).reduce((sum, { text: part, font }) => sum + font.widthOfTextAtSize(part, size), 0);

  return {
    widthOf,

    /** Lines that fit into a width; a word that is wider than all of it is broken. */
    wrap(text: string, style: Pick<Style, "fontName" | "size">, width: number): string[] {
      return printable(text)
        .split("\n")
        .flatMap((paragraph) => {
          const lines: string[] = [];
          let line = "";
          for (const word of paragraph.split(" ").flatMap((one) => (widthOf(one, style) <= width ? [one] : broken(one, style, width)))) {
            const longer = line === "" ? word : `${line} ${word}`;
            if (line !== "" && widthOf(longer, style) > width) {
              lines.push(line);
              line = word;
            } else line = longer;
          }
          return [...lines, line];
        });
    },

    /** Sets a line with its baseline at `y`; right-aligned, `x` is where it ends. */
    set(page: PDFPage, text: string, at: { x: number; y: number; align?: "right" }, { fontName, size, color }: Style): void {
      let x = at.align === "right" ? at.x - widthOf(text, { fontName, size }) : at.x;
      for (const { text: part, font } of runsOf(printable(text), fontName)) {
        page.drawText(part, { x, y: at.y, size, font, color });
        x += font.widthOfTextAtSize(part, size);
      }
    },
  };

  function broken(word: string, style: Pick<Style, "fontName" | "size">, width: number): string[] {
    const pieces: string[] = [""];
    for (const char of word.match(CHARACTER) ?? []) {
      const longer = `${pieces.at(-1)}${char}`;
      if (pieces.at(-1) !== "" && widthOf(longer, style) > width) {
        // Where it has a hyphen or a slash, it is broken there.
        const [, kept = "", next = ""] = /^(.*[-/])([^-/]*)$/u.exec(pieces.at(-1) ?? "") ?? [];
        if (kept === "") pieces.push(char);
        else pieces.splice(-1, 1, kept, next + char);
      } else pieces[pieces.length - 1] = longer;
    }
    return pieces;
  }
}

export type TextRenderer = Awaited<ReturnType<typeof textRendererOf>>;

/** Characters composed, breaks as line feeds, and every other kind of space as a plain one: a font has one space. */
const readable = (text: string): string =>
  text
    .normalize("NFC")
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(/[\p{Cf}\p{Variation_Selector}]/gu, "")
    .replace(/(?!\n)[\s\p{Cc}]/gu, " ");
