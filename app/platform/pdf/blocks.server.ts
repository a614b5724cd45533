import { LineCapStyle } from "@cantoo/pdf-lib";
import type { Part } from "./document";
import { docketWidth, drawDocket, drawPlate, plateWidth } from "./marks.server";
import { type Block, space } from "./pagination.server";
import { linesIn, rowBlocks } from "./rows.server";
import { body, CELL, GAP, label, leading, MARGIN, rightOf, roomOf, rule, type Sheet, soft, strong, TEXT_COLOR, title } from "./sheet.server";
import { factBlocks, sumBlocks, tableBlocks } from "./tables.server";
import type { Style } from "./text-renderer.server";

/** A part of a document as blocks; it may have to stay with the part that follows. */
export function blocksOf(sheet: Sheet, part: Part, next: Part | undefined): Block[] {
  const leadsOn = next !== undefined && ["table", "text", "list", "sums"].includes(next.kind);
  switch (part.kind) {
    case "heading":
      return [headingBlock(sheet, part)];
    case "text":
      return textBlocks(sheet, part, leadsOn);
    case "list":
      return [...part.items.flatMap((item, at) => itemBlocks(sheet, item, leadsOn && at === part.items.length - 1)), space(4)];
    case "table":
      return [...tableBlocks(sheet, part.columns, part.rows, next?.kind === "sums"), ...(next?.kind === "sums" ? [] : [space(GAP)])];
    case "sums":
      return sumBlocks(sheet, part.rows);
    case "facts":
      return [...factBlocks(sheet, part.facts, part.columns ?? 2), space(part.columns === 4 ? 4 : GAP)];
    case "drawing":
      return [drawingBlock(sheet, part)];
    case "code":
      return [space(8), codeBlock(sheet, part)];
  }
}

const LEAST_TITLE = 160;

/** A title with its unit's plate, its docket and a short text, which goes below where it would leave the title no room. */
function headingBlock(sheet: Sheet, { title: heading, plate, docket, beside }: Extract<Part, { kind: "heading" }>): Block {
  const { renderer, structure } = sheet;
  const right = rightOf(sheet);
  const aside = beside ? renderer.widthOf(beside, soft) + CELL : 0;
  const ticket = docket ? docketWidth(sheet, docket, 10) + 10 : 0;
  const mark = plate ? plateWidth(sheet, plate, 12) + 8 : 0;
  const room = roomOf(sheet) - mark - ticket;
  const isBelow = room - aside < LEAST_TITLE;
  const lines = renderer.wrap(heading, title, isBelow ? room : room - aside);
  const below = isBelow && beside ? renderer.wrap(beside, soft, roomOf(sheet)) : [];
  const height = Math.max(22, lines.length * leading(title));
  const element = structure.element("H2");
  return {
    height: height + below.length * leading(soft) + 10,
    keepNext: true,
    draw(page, top) {
      rule(sheet, page, MARGIN, right, top, 1.2, TEXT_COLOR);
      const y = top - 5;
      structure.mark(page, element, () => {
        if (plate) drawPlate(sheet, page, plate, { x: MARGIN, y }, 12);
        lines.forEach((line, at) => {
          renderer.set(page, line, { x: MARGIN + mark, y: y - 13.5 - at * leading(title) }, title);
        });
        if (docket) drawDocket(sheet, page, docket, { right, y: y - 1.5 }, 10);
        if (beside && !isBelow) renderer.set(page, beside, { x: right - ticket, y: y - 12.5, align: "right" }, soft);
        below.forEach((line, at) => {
          renderer.set(page, line, { x: MARGIN, y: y - height - soft.size - at * leading(soft) }, soft);
        });
      });
    },
  };
}

const toneStyles = { strong, soft };

function textBlocks(sheet: Sheet, { text, tone }: Extract<Part, { kind: "text" }>, keepNext: boolean): Block[] {
  const style = tone ? toneStyles[tone] : body;
  const cell = { x: MARGIN, width: roomOf(sheet), lines: linesIn(sheet, text, style, roomOf(sheet)) };
  return rowBlocks(sheet, [{ ...cell, element: sheet.structure.element(tone === "strong" ? "H3" : "P") }], { below: 4, keepNext });
}

function itemBlocks(sheet: Sheet, item: string, keepNext: boolean): Block[] {
  const indent = 10;
  const width = roomOf(sheet) - indent;
  const element = sheet.structure.element("LI", sheet.structure.element("L"));
  return rowBlocks(
    sheet,
    [
      { x: MARGIN, width: indent, lines: [{ text: "•", style: body }], element },
      { x: MARGIN + indent, width, lines: linesIn(sheet, item, body, width), element },
    ],
    { below: 1, keepNext },
  );
}

function drawingBlock({ renderer, structure }: Sheet, { term, path }: Extract<Part, { kind: "drawing" }>): Block {
  const scale = 0.35;
  const element = structure.element("Figure", undefined, { alt: term });
  return {
    height: leading(label) + 150 * scale + GAP,
    draw(page, top) {
      structure.mark(page, element, () => {
        renderer.set(page, term, { x: MARGIN, y: top - label.size }, label);
        page.drawSvgPath(path, { x: MARGIN, y: top - leading(label), scale, borderColor: TEXT_COLOR, borderWidth: 3, borderLineCap: LineCapStyle.Round });
      });
    },
  };
}

const CODE = 92;
const QUIET_MODULES = 4;

/** The code at the left edge, and beside it what it is for: title, link, and a sentence. */
function codeBlock(sheet: Sheet, { address, code, title: heading, text }: Extract<Part, { kind: "code" }>): Block {
  const { renderer, structure } = sheet;
  const scale = CODE / code.size;
  const quiet = QUIET_MODULES * scale;
  const x = MARGIN + CODE - quiet + 4;
  const lines = renderer.wrap(text, soft, rightOf(sheet) - x);
  const figure = structure.element("Figure", undefined, { alt: `QR code of ${address}` });
  const paragraph = structure.element("P");
  const link = structure.element("Link", paragraph);
  const linked: Style = { ...strong, color: sheet.accent };
  return {
    height: Math.max(CODE - 2 * quiet, leading(strong) + lines.length * leading(soft)) + GAP,
    draw(page, top) {
      // The quiet zone lies in the margin and between the blocks, where the paper is white.
      structure.mark(page, figure, () => {
        page.drawSvgPath(code.path, { x: MARGIN - quiet, y: top + quiet, scale, color: TEXT_COLOR });
      });
      structure.mark(page, link, () => {
        renderer.set(page, heading, { x, y: top - strong.size }, linked);
      });
      structure.link(page, link, address, [x, top - leading(strong), x + renderer.widthOf(heading, linked), top]);
      structure.mark(page, paragraph, () => {
        lines.forEach((line, at) => {
          renderer.set(page, line, { x, y: top - leading(strong) - soft.size - at * leading(soft) }, soft);
        });
      });
    },
  };
}
