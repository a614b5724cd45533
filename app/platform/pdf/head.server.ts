import type { PDFImage, PDFPage } from "@cantoo/pdf-lib";
import { linesOf } from "~/kernel/text-block";
import type { Letterhead, Party, PdfDocument } from "./document";
import { drawDocket, drawStamp } from "./marks.server";
import { type Block, space } from "./pagination.server";
import { type Cell, linesIn, rowBlocks } from "./rows.server";
import { body, CELL, GAP, LINE, label, leading, MARGIN, rightOf, roomOf, rule, type Sheet, soft, strong, TEXT_COLOR } from "./sheet.server";
import { factBlocks } from "./tables.server";
import type { Style } from "./text-renderer.server";

/** The letterhead beside what the document is, then its figure, addresses and facts. */
export function headBlocks(sheet: Sheet, document: PdfDocument, logo: PDFImage | null): Block[] {
  return [
    letterheadBlock(sheet, document, logo),
    ...(document.figure ? figureBlocks(sheet, document.figure) : []),
    ...partyBlocks(sheet, document.parties),
    ...factBlocks(sheet, document.facts, 4),
    space(GAP),
  ];
}

function letterheadBlock(sheet: Sheet, { shop, kind, number, stamp }: PdfDocument, logo: PDFImage | null): Block {
  const { renderer, structure, accent } = sheet;
  const right = rightOf(sheet);
  const half = roomOf(sheet) * 0.55;
  const nameStyle: Style = { fontName: "title", size: 19, color: TEXT_COLOR };
  const box = logo?.scaleToFit(half, 40);
  const lines = [...linesIn(sheet, shop.name, nameStyle, half), ...contactOf(shop).flatMap((line) => linesIn(sheet, line, soft, half))];
  const heading = structure.element("H1");
  const stamped = stamp === null ? null : structure.element("P");
  const sender = structure.element("P");
  const left = (box ? box.height + 6 : 0) + lines.reduce((sum, { style }) => sum + leading(style), 0);
  return {
    height: Math.max(left, stamp ? 88 : 62) + 14,
    draw(page, top) {
      let y = top;
      if (logo && box) {
        structure.decorate(page, () => page.drawImage(logo, { x: MARGIN, y: y - box.height, ...box }));
        y -= box.height + 6;
      }
      structure.mark(page, heading, () => {
        renderer.set(page, kind, { x: right, y: top - 21, align: "right" }, { fontName: "title", size: 26, color: accent });
        drawDocket(sheet, page, number, { right, y: top - 32 }, 14);
      });
      if (stamp && stamped) structure.mark(page, stamped, () => drawStamp(sheet, page, stamp, { right, y: top - 62 }));
      structure.mark(page, sender, () => {
        for (const { text, style } of lines) {
          renderer.set(page, text, { x: MARGIN, y: y - style.size * 0.9 }, style);
          y -= leading(style);
        }
      });
    },
  };
}

const contactOf = ({ address, phone, email, taxId }: Letterhead): string[] => [
  ...linesOf(address),
  ...[[phone, email].filter(Boolean).join(" · ")].filter(Boolean),
  ...(taxId ? [`Tax ID ${taxId}`] : []),
];

function figureBlocks(sheet: Sheet, { term, value }: { term: string; value: string }): Block[] {
  const { renderer, structure, accent } = sheet;
  const right = rightOf(sheet);
  const [termStyle, valueStyle]: [Style, Style] = [
    { ...strong, size: 11 },
    { fontName: "title", size: 22, color: TEXT_COLOR },
  ];
  const room = roomOf(sheet) - renderer.widthOf(value, valueStyle) - 2 * CELL;
  const lines = renderer.wrap(term, termStyle, room);
  const height = Math.max(38, lines.length * leading(termStyle) + 18);
  const element = structure.element("P");
  return [
    {
      height: height + 8,
      draw(page: PDFPage, top: number) {
        rule(sheet, page, MARGIN, right, top, 1.5, accent);
        structure.mark(page, element, () => {
          lines.forEach((line, at) => {
            renderer.set(page, line, { x: MARGIN, y: top - (lines.length === 1 ? 23 : 19) - at * leading(termStyle) }, termStyle);
          });
          renderer.set(page, value, { x: right, y: top - 26, align: "right" }, valueStyle);
        });
        rule(sheet, page, MARGIN, right, top - height, 0.5, LINE);
      },
    },
  ];
}

/** Addresses side by side, the first line of each the name. */
function partyBlocks(sheet: Sheet, parties: readonly Party[]): Block[] {
  const wide = roomOf(sheet) / 2;
  const cells = parties.map(({ term, lines: [name = "", ...rest] }, column): Cell => {
    const width = wide - CELL;
    const lines = [{ text: term, style: label }, ...linesIn(sheet, name, strong, width), ...rest.flatMap((line) => linesIn(sheet, line, body, width))];
    return { x: MARGIN + column * wide, width, lines, element: sheet.structure.element("P") };
  });
  return cells.length === 0 ? [] : rowBlocks(sheet, cells, { below: GAP });
}
