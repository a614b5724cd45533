import type { PDFPage } from "@cantoo/pdf-lib";
import type { Structure } from "./structure.server";
import { colorOf, type Style, type TextRenderer } from "./text-renderer.server";

/** What every piece of a document needs to measure, draw and tag itself. */
export type Sheet = { renderer: TextRenderer; structure: Structure; width: number; accent: Style["color"] };

export const TEXT_COLOR = colorOf("#1c2024");
export const SOFT = colorOf("#60646c");
export const LINE = colorOf("#cdced6");
export const RED = colorOf("#ce2c31");
/** Points; 72 are an inch. */
export const MARGIN = 48;
export const FOOT = 44;
export const GAP = 12;
/** Space at the right of a cell. */
export const CELL = 10;

export const body: Style = { fontName: "plain", size: 9.5, color: TEXT_COLOR };
export const strong: Style = { ...body, fontName: "strong" };
export const soft: Style = { ...body, color: SOFT };
export const label: Style = { fontName: "plain", size: 8, color: SOFT };
export const title: Style = { fontName: "title", size: 13, color: TEXT_COLOR };
export const leading = ({ size }: Style): number => size * 1.4;

export const rightOf = ({ width }: Sheet): number => width - MARGIN;
export const roomOf = ({ width }: Sheet): number => width - 2 * MARGIN;

export function rule({ structure }: Sheet, page: PDFPage, from: number, to: number, y: number, thickness: number, color: Style["color"]): void {
  structure.decorate(page, () => page.drawLine({ start: { x: from, y }, end: { x: to, y }, thickness, color }));
}
