import type { PDFPage } from "@cantoo/pdf-lib";
import type { Column, Fact } from "./document";
import type { Block } from "./pagination.server";
import { type Cell, linesIn, rowBlocks, setIn } from "./rows.server";
import { body, CELL, LINE, label, MARGIN, rightOf, roomOf, rule, type Sheet, SOFT, strong } from "./sheet.server";
import type { Style } from "./text-renderer.server";

type Place = Column & { x: number; width: number };

/** Columns as wide as their content; the one that grows takes the rest. */
function placesOf(sheet: Sheet, columns: readonly Column[], rows: readonly (readonly string[])[]): Place[] {
  const { renderer } = sheet;
  const room = roomOf(sheet);
  const natural = columns.map(({ title, grows }, at) =>
    grows ? 0 : Math.min(room * 0.26, Math.max(renderer.widthOf(title, label), ...rows.map((row) => renderer.widthOf(row[at] ?? "", body))) + CELL),
  );
  const rest = room - natural.reduce((sum, one) => sum + one, 0);
  let x = MARGIN;
  return columns.map((column, at) => {
    const one = { ...column, x, width: column.grows ? rest : (natural[at] ?? 0) };
    x += one.width;
    return one;
  });
}

/** A table with its head on each page. `withSums`: its last rows stay with the sums below. */
export function tableBlocks(sheet: Sheet, columns: readonly Column[], rows: readonly (readonly string[])[], withSums: boolean): Block[] {
  if (rows.length === 0) return [];
  const { structure } = sheet;
  const right = rightOf(sheet);
  const places = placesOf(sheet, columns, rows);
  const table = structure.element("Table");
  const head = headBlock(sheet, places, () => {
    const row = structure.element("TR", table);
    return places.map(() => structure.element("TH", row, { scope: "Column" }));
  });
  const below = (page: PDFPage, y: number) => rule(sheet, page, MARGIN, right, y, 0.4, LINE);
  const lines = rows.flatMap((row, at) => {
    const element = structure.element("TR", table);
    const cells = places.map((place, column): Cell => {
      const { x, width, align } = place;
      const lines = linesIn(sheet, row[column] ?? "", body, align === "right" ? width : width - CELL);
      return { x, width, align, lines, element: structure.element("TD", element) };
    });
    return rowBlocks(sheet, cells, { above: 3, below: 3, head, keepNext: withSums && at >= rows.length - 2, drawBelow: below });
  });
  return [head, ...lines];
}

function headBlock(sheet: Sheet, places: readonly Place[], makeElements: () => Cell["element"][]): Block {
  const { structure } = sheet;
  const right = rightOf(sheet);
  const elements = makeElements();
  let isRead = false;
  return {
    height: 18,
    keepNext: true,
    draw(page, top) {
      places.forEach((place, at) => {
        const set = () => setIn(sheet, page, place, { text: place.title, style: label }, top - 2);
        const element = elements[at];
        // A screen reader knows the head already; on further pages it is only printed.
        if (isRead || !element) structure.decorate(page, set);
        else structure.mark(page, element, set);
      });
      isRead = true;
      rule(sheet, page, MARGIN, right, top - 14, 0.8, SOFT);
    },
  };
}

const SUMS_WIDTH = 270;

/** Sums at the right, never alone on a page, the last one the greatest. */
export function sumBlocks(sheet: Sheet, rows: readonly Fact[]): Block[] {
  const { structure, renderer, accent } = sheet;
  const right = rightOf(sheet);
  const left = right - SUMS_WIDTH;
  const table = structure.element("Table");
  return rows.flatMap(({ term, value }, at) => {
    const last = at === rows.length - 1;
    const style: Style = last ? { ...strong, size: 11.5 } : body;
    const wide = renderer.widthOf(value, style) + CELL;
    const row = structure.element("TR", table);
    const cells: Cell[] = [
      { x: left, width: SUMS_WIDTH - wide, lines: linesIn(sheet, term, style, SUMS_WIDTH - wide), element: structure.element("TH", row, { scope: "Row" }) },
      { x: left, width: SUMS_WIDTH, align: "right", lines: [{ text: value, style }], element: structure.element("TD", row) },
    ];
    const above = (at === 0 ? 8 : 0) + (last ? 5 : 0);
    return rowBlocks(sheet, cells, {
      above,
      below: last ? 12 : 2,
      keepNext: !last,
      ...(last ? { drawAbove: (page: PDFPage, y: number) => rule(sheet, page, left, right, y - above + 4, 1.5, accent) } : {}),
    });
  });
}

/** Terms above their values, several side by side. */
export function factBlocks(sheet: Sheet, facts: readonly Fact[], beside: number): Block[] {
  const wide = roomOf(sheet) / beside;
  const rows = Array.from({ length: Math.ceil(facts.length / beside) }, (_, row) => facts.slice(row * beside, (row + 1) * beside));
  return rows.flatMap((row, at) => {
    const cells = row.map(
      ({ term, value }, column): Cell => ({
        x: MARGIN + column * wide,
        width: wide,
        lines: [...linesIn(sheet, term, label, wide - CELL), ...linesIn(sheet, value, body, wide - CELL)],
        element: sheet.structure.element("P"),
      }),
    );
    return rowBlocks(sheet, cells, { below: 5, keepNext: at < rows.length - 1 });
  });
}
