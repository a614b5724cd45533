import fontkit from "@cantoo/fontkit";
import { type Color, type PDFDocument, type PDFFont, type PDFPage, rgb } from "@cantoo/pdf-lib";
import { parseHex } from "~/kernel/contrast";
import { type Typeface, typeface } from "./fonts.server";

/** A letter with the marks on it, so that both come from one typeface. */
const LETTER = /\P{M}\p{M}*/gu;
export type Face = Exclude<Typeface, "other">;
export type Style = { face: Face; size: number; color: Color };
type Run = { text: string; font: PDFFont };

export const colorOf = (hex: string): Color => {
  const [red, green, blue] = parseHex(hex) ?? [0, 0, 0];
  return rgb(red / 255, green / 255, blue / 255);
};

/** Measures and sets type. Letters that a face lacks come from DejaVu, which is embedded only where one is needed. */
export async function inkOf(pdf: PDFDocument, everything: string) {
  pdf.registerFontkit(fontkit);
  const embed = async (name: Typeface) =>
    // Figures of one width, and no ligatures: what is copied out of the paper is what was written.
    pdf.embedFont(await typeface(name), { subset: true, features: { tnum: true, liga: false } });
  // One after the other: the order in which they are ready would be the order in the file.
  const plain = await embed("plain");
  const strong = await embed("strong");
  const title = await embed("title");
  // The three are cuts of one family and have the same letters.
  const own = new Set(plain.getCharacterSet());
  const isOwn = (text: string) => [...text].every((sign) => own.has(sign.codePointAt(0) ?? 0));
  const other = isOwn(readable(everything)) ? plain : await embed("other");
  const faces: Record<Face, PDFFont> = { plain, strong, title };

  function runsOf(text: string, face: Face): Run[] {
    if (isOwn(text)) return [{ text, font: faces[face] }];
    const runs: Run[] = [];
    for (const letter of text.match(LETTER) ?? []) {
      const font = isOwn(letter) ? faces[face] : other;
      const last = runs.at(-1);
      if (last?.font === font) last.text += letter;
      else runs.push({ text: letter, font });
    }
    return runs;
  }

  const widthOf = (text: string, { face, size }: Pick<Style, "face" | "size">): number =>
    runsOf(readable(text), face).reduce((sum, { text: part, font }) => sum + font.widthOfTextAtSize(part, size), 0);

  return {
    widthOf,

    /** Lines that fit into a width; a word that is wider than all of it is broken. */
    wrap(text: string, style: Pick<Style, "face" | "size">, width: number): string[] {
      return readable(text)
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
    set(page: PDFPage, text: string, at: { x: number; y: number; align?: "right" }, { face, size, color }: Style): void {
      let x = at.align === "right" ? at.x - widthOf(text, { face, size }) : at.x;
      for (const { text: part, font } of runsOf(readable(text), face)) {
        page.drawText(part, { x, y: at.y, size, font, color });
        x += font.widthOfTextAtSize(part, size);
      }
    },
  };

  function broken(word: string, style: Pick<Style, "face" | "size">, width: number): string[] {
    const pieces: string[] = [""];
    for (const letter of word.match(LETTER) ?? []) {
      const longer = `${pieces.at(-1)}${letter}`;
      if (pieces.at(-1) !== "" && widthOf(longer, style) > width) pieces.push(letter);
      else pieces[pieces.length - 1] = longer;
    }
    return pieces;
  }
}

export type Ink = Awaited<ReturnType<typeof inkOf>>;

/** Letters whole, breaks as line feeds, and every other kind of space as a plain one: a face has one space. */
const readable = (text: string): string =>
  text
    .normalize("NFC")
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(/\p{Cf}/gu, "")
    .replace(/(?!\n)[\s\p{Cc}]/gu, " ");
