import type { PDFPage } from "@cantoo/pdf-lib";
import type { Block } from "./pagination.server";
import { body, leading, type Sheet } from "./sheet.server";
import type { Element } from "./structure.server";
import type { Style } from "./text-renderer.server";

export type StyledLine = { text: string; style: Style };
/** Lines from `x`, or ending at `x + width`. */
export type Cell = { x: number; width: number; align?: "right" | undefined; lines: readonly StyledLine[]; element: Element };

type Manner = {
  above?: number;
  below?: number;
  keepNext?: boolean;
  head?: Block;
  /** Drawn at the first line's top, and at the last one's bottom. */
  drawAbove?(page: PDFPage, y: number): void;
  drawBelow?(page: PDFPage, y: number): void;
};

/** Wraps a text to lines of a style. */
export const linesIn = ({ renderer }: Sheet, text: string, style: Style, width: number): StyledLine[] =>
  renderer.wrap(text, style, width).map((line) => ({ text: line, style }));

/** Rows of more lines are broken where a page ends. */
const MOST_TOGETHER = 12;

/** Cells side by side: one block, read cell by cell; or if it is long a block per line, so that even a row longer than a page is printed whole. */
export function rowBlocks(sheet: Sheet, cells: readonly Cell[], { above = 0, below = 0, keepNext = false, head, drawAbove, drawBelow }: Manner = {}): Block[] {
  const count = Math.max(1, ...cells.map(({ lines }) => lines.length));
  const heights = Array.from({ length: count }, (_, at) => Math.max(...cells.map(({ lines }) => leading((lines[at] ?? lines.at(-1))?.style ?? body))));
  const tops = heights.map((_, at) => heights.slice(0, at).reduce((sum, height) => sum + height, 0));
  const drawLines = (page: PDFPage, top: number, from: number, to: number) => {
    for (const cell of cells) {
      const lines = cell.lines.slice(from, to);
      if (lines.every(({ text }) => text === "")) continue;
      sheet.structure.mark(page, cell.element, () => {
        lines.forEach((line, at) => {
          setIn(sheet, page, cell, line, top - ((tops[from + at] ?? 0) - (tops[from] ?? 0)));
        });
      });
    }
  };
  const size = count <= MOST_TOGETHER ? count : 1;
  return Array.from({ length: Math.ceil(count / size) }, (_, block): Block => {
    const from = block * size;
    const [isFirst, isLast] = [from === 0, from + size >= count];
    const inside = heights.slice(from, from + size).reduce((sum, height) => sum + height, 0);
    return {
      height: inside + (isFirst ? above : 0) + (isLast ? below : 0),
      // Two lines at least, at the top of a page as at its foot.
      keepNext: isLast ? keepNext : isFirst || from === count - 2,
      ...(head ? { head } : {}),
      draw(page, top) {
        if (isFirst) drawAbove?.(page, top);
        drawLines(page, top - (isFirst ? above : 0), from, from + size);
        if (isLast) drawBelow?.(page, top - this.height);
      },
    };
  });
}

/** Sets a line of a cell below `y`. */
export function setIn(
  { renderer }: Sheet,
  page: PDFPage,
  { x, width, align }: Pick<Cell, "x" | "width" | "align">,
  { text, style }: StyledLine,
  y: number,
): void {
  renderer.set(page, text, align === "right" ? { x: x + width, y: y - style.size, align } : { x, y: y - style.size }, style);
}
