import { LineCapStyle, type PDFPage } from "@cantoo/pdf-lib";
import { RED, type Sheet, SOFT, TEXT_COLOR } from "./sheet.server";
import type { Style } from "./text-renderer.server";

const styleAt = (size: number): Style => ({ fontName: "title", size, color: TEXT_COLOR });

export const plateWidth = ({ renderer }: Sheet, text: string, size: number): number => renderer.widthOf(text, styleAt(size)) + size * 0.9;
export const docketWidth = ({ renderer }: Sheet, text: string, size: number): number => renderer.widthOf(text, styleAt(size)) + size * 1.4;

/** A unit's plate, as on its board, its label and its map: condensed, outlined. */
export function drawPlate(sheet: Sheet, page: PDFPage, text: string, at: { x: number; y: number }, size: number): void {
  const height = size * 1.5;
  page.drawRectangle({
    x: at.x,
    y: at.y - height,
    width: plateWidth(sheet, text, size),
    height,
    borderWidth: 1.2,
    borderColor: TEXT_COLOR,
    rx: 2,
    ry: 2,
  });
  sheet.renderer.set(page, text, { x: at.x + size * 0.45, y: at.y - height / 2 - size * 0.35 }, styleAt(size));
}

/** A docket's ticket with its torn-off stub, ending at `right`. */
export function drawDocket(sheet: Sheet, page: PDFPage, text: string, { right, y }: { right: number; y: number }, size: number): void {
  const [width, height, stub] = [docketWidth(sheet, text, size), size * 1.5, size * 0.6];
  const x = right - width;
  page.drawRectangle({ x, y: y - height, width: stub, height, color: sheet.accent });
  page.drawRectangle({ x, y: y - height, width, height, borderWidth: 0.8, borderColor: SOFT, rx: 2, ry: 2 });
  page.drawLine({ start: { x: x + stub, y: y - height }, end: { x: x + stub, y }, thickness: 0.8, color: SOFT, dashArray: [2, 1.5] });
  sheet.renderer.set(page, text, { x: x + stub + size * 0.4, y: y - height / 2 - size * 0.35 }, styleAt(size));
}

export function drawStamp({ renderer }: Sheet, page: PDFPage, text: string, { right, y }: { right: number; y: number }): void {
  const style: Style = { fontName: "title", size: 16, color: RED };
  const width = renderer.widthOf(text.toUpperCase(), style) + 16;
  page.drawRectangle({ x: right - width, y: y - 24, width, height: 24, borderWidth: 2, borderColor: RED, borderLineCap: LineCapStyle.Butt });
  renderer.set(page, text.toUpperCase(), { x: right - width + 8, y: y - 18 }, style);
}
