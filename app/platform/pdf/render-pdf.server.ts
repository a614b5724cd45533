import { LineCapStyle, PDFDocument, type PDFImage, PDFName, type PDFPage } from "@cantoo/pdf-lib";
import { brandAccent } from "~/kernel/brand";
import type { Column, Fact, Letterhead, Paper, Part } from "./document";
import { type Block, flow } from "./pagination.server";
import { colorOf, type Ink, inkOf, type Style } from "./text-renderer.server";

const INK = colorOf("#1c2024");
const SOFT = colorOf("#60646c");
const LINE = colorOf("#cdced6");
const RED = colorOf("#ce2c31");
/** Points; 72 are an inch. */
const MARGIN = 48;
const FOOT = 44;
const GAP = 12;

const body: Style = { face: "plain", size: 9.5, color: INK };
const strong: Style = { ...body, face: "strong" };
const soft: Style = { ...body, color: SOFT };
const label: Style = { face: "plain", size: 8, color: SOFT };
const title: Style = { face: "title", size: 13, color: INK };
const leading = ({ size }: Style): number => size * 1.4;

/** Where paper is Letter; everywhere else it is A4. */
const LETTER_REGIONS: ReadonlySet<string> = new Set(["US", "CA", "MX"]);
const sizeFor = (locale: string): [width: number, height: number] => (LETTER_REGIONS.has(new Intl.Locale(locale).region ?? "US") ? [612, 792] : [595, 842]);

/**
 * Makes the PDF of a paper. It knows no clock and no chance: the same paper is the same bytes, today and in a year.
 */
export async function press(paper: Paper): Promise<Uint8Array> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  describe(pdf, paper);
  const ink = await inkOf(pdf, JSON.stringify({ ...paper, shop: { ...paper.shop, logo: null } }));
  const [width, height] = sizeFor(paper.locale);
  const sheet: Sheet = { ink, width, accent: colorOf(brandAccent(paper.shop.brandColor).light.accent) };
  const logo = paper.shop.logo && (await logoIn(pdf, paper.shop.logo));
  const pages: PDFPage[] = [];
  flow([...headOf(sheet, paper, logo), ...paper.parts.flatMap((part, at) => blocksOf(sheet, part, paper.parts[at + 1]))], {
    top: height - MARGIN,
    bottom: MARGIN + FOOT,
    addPage() {
      const page = pdf.addPage([width, height]);
      page.drawRectangle({ x: 0, y: height - 8, width, height: 8, color: sheet.accent });
      pages.push(page);
      return page;
    },
  });
  pages.forEach((page, at) => {
    setFoot(sheet, page, paper, `Page ${at + 1} of ${pages.length}`);
  });
  return pdf.save({ useObjectStreams: false });
}

type Sheet = { ink: Ink; width: number; accent: Style["color"] };

/** Title and language, for readers, screen readers and searches; in the file's own words and, as libraries read it, in XMP. */
function describe(pdf: PDFDocument, paper: Paper): void {
  const words = `${paper.kind} ${paper.number} · ${paper.reader}`;
  pdf.setTitle(words, { showInWindowTitleBar: true });
  pdf.setAuthor(paper.shop.name);
  pdf.setLanguage("en");
  const xml = (text: string) => text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign] ?? "");
  const packet = `<?xpacket begin="\u{feff}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">${xml(words)}</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>${xml(paper.shop.name)}</rdf:li></rdf:Seq></dc:creator><dc:language><rdf:Bag><rdf:li>en</rdf:li></rdf:Bag></dc:language></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`;
  const stream = pdf.context.stream(new TextEncoder().encode(packet), { Type: "Metadata", Subtype: "XML" });
  pdf.catalog.set(PDFName.of("Metadata"), pdf.context.register(stream));
}

async function logoIn(pdf: PDFDocument, bytes: Uint8Array): Promise<PDFImage | null> {
  try {
    return bytes[0] === 0x89 ? await pdf.embedPng(bytes) : await pdf.embedJpg(bytes);
  } catch {
    // A picture that the library cannot read must not keep an invoice from its customer.
    return null;
  }
}

/** The letterhead beside what the paper is, then its facts. */
function headOf(sheet: Sheet, paper: Paper, logo: PDFImage | null): Block[] {
  const { ink, width } = sheet;
  const right = width - MARGIN;
  const half = (width - 2 * MARGIN) * 0.55;
  const name: Style = { face: "title", size: 19, color: INK };
  const names = ink.wrap(paper.shop.name, name, half);
  const box = logo?.scaleToFit(half, 40);
  const contact = contactOf(paper.shop);
  const nameHeight = names.length * leading(name);
  const left = (box ? box.height + 6 : 0) + nameHeight + contact.length * leading(soft);
  const figure = paper.figure;
  return [
    {
      height: Math.max(left, paper.stamp ? 88 : 62) + 14,
      draw(page, top) {
        let y = top;
        if (logo && box) {
          page.drawImage(logo, { x: MARGIN, y: y - box.height, ...box });
          y -= box.height + 6;
        }
        for (const line of names) {
          ink.set(page, line, { x: MARGIN, y: y - name.size * 0.8 }, name);
          y -= leading(name);
        }
        for (const line of contact) {
          ink.set(page, line, { x: MARGIN, y: y - soft.size }, soft);
          y -= leading(soft);
        }
        ink.set(page, paper.kind, { x: right, y: top - 21, align: "right" }, { face: "title", size: 26, color: sheet.accent });
        docket(sheet, page, paper.number, { right, y: top - 32 }, 14);
        if (paper.stamp) stamp(sheet, page, paper.stamp, { right, y: top - 62 });
      },
    },
    ...(figure
      ? [
          {
            height: 44,
            draw(page: PDFPage, top: number) {
              rule(page, MARGIN, right, top, 1.5, sheet.accent);
              ink.set(page, figure.term, { x: MARGIN, y: top - 26 }, { ...strong, size: 11 });
              ink.set(page, figure.value, { x: right, y: top - 28, align: "right" }, { face: "title", size: 22, color: INK });
              rule(page, MARGIN, right, top - 38, 0.5, LINE);
            },
          },
        ]
      : []),
    ...factBlocks(sheet, paper.facts, 4),
    gap(GAP),
  ];
}

const contactOf = ({ phone, email }: Letterhead): string[] => {
  const line = [phone, email].filter(Boolean).join(" · ");
  return line === "" ? [] : [line];
};

function blocksOf(sheet: Sheet, part: Part, next: Part | undefined): Block[] {
  switch (part.kind) {
    case "heading":
      return [headingBlock(sheet, part)];
    case "text":
      return textBlocks(sheet, part.text, part.look, next?.kind === "table" || next?.kind === "text");
    case "table":
      return [...tableBlocks(sheet, part.columns, part.rows, next?.kind === "sums"), ...(next?.kind === "sums" ? [] : [gap(GAP)])];
    case "sums":
      return sumBlocks(sheet, part.rows);
    case "facts":
      return [...factBlocks(sheet, part.facts, 2), gap(GAP)];
    case "drawing":
      return [drawingBlock(sheet, part)];
  }
}

const gap = (height: number): Block => ({ height, draw() {} });

function rule(page: PDFPage, from: number, to: number, y: number, thickness: number, color: Style["color"]): void {
  page.drawLine({ start: { x: from, y }, end: { x: to, y }, thickness, color });
}

/** A unit's plate, as on its board, its label and its map: condensed, outlined. Answers how wide it is. */
function plate({ ink }: Sheet, page: PDFPage, text: string, at: { x: number; y: number }, size: number): number {
  const style: Style = { face: "title", size, color: INK };
  const [width, height] = [ink.widthOf(text, style) + size * 0.9, size * 1.5];
  page.drawRectangle({ x: at.x, y: at.y - height, width, height, borderWidth: 1.2, borderColor: INK, rx: 2, ry: 2 });
  ink.set(page, text, { x: at.x + size * 0.45, y: at.y - height / 2 - size * 0.35 }, style);
  return width;
}

/** A docket's ticket with its torn-off stub, ending at `right` or beginning at `x`. */
function docket({ ink, accent }: Sheet, page: PDFPage, text: string, at: { x?: number; right?: number; y: number }, size: number): number {
  const style: Style = { face: "title", size, color: INK };
  const stub = size * 0.6;
  const [width, height] = [ink.widthOf(text, style) + size * 0.8 + stub, size * 1.5];
  const x = at.x ?? (at.right ?? 0) - width;
  page.drawRectangle({ x, y: at.y - height, width: stub, height, color: accent });
  page.drawRectangle({ x, y: at.y - height, width, height, borderWidth: 0.8, borderColor: SOFT, rx: 2, ry: 2 });
  page.drawLine({ start: { x: x + stub, y: at.y - height }, end: { x: x + stub, y: at.y }, thickness: 0.8, color: SOFT, dashArray: [2, 1.5] });
  ink.set(page, text, { x: x + stub + size * 0.4, y: at.y - height / 2 - size * 0.35 }, style);
  return width;
}

function stamp({ ink }: Sheet, page: PDFPage, text: string, { right, y }: { right: number; y: number }): void {
  const style: Style = { face: "title", size: 16, color: RED };
  const width = ink.widthOf(text.toUpperCase(), style) + 16;
  page.drawRectangle({ x: right - width, y: y - 24, width, height: 24, borderWidth: 2, borderColor: RED, borderLineCap: LineCapStyle.Butt });
  ink.set(page, text.toUpperCase(), { x: right - width + 8, y: y - 18 }, style);
}

const LEAST_TITLE = 160;

function headingBlock(sheet: Sheet, { title: words, plate: unit, docket: number, beside }: Extract<Part, { kind: "heading" }>): Block {
  const { ink, width } = sheet;
  const right = width - MARGIN;
  const aside = beside ? ink.widthOf(beside, soft) + 8 : 0;
  const ticket = number ? ink.widthOf(number, { ...title, size: 10 }) + 14 + 16 : 0;
  const sign = unit ? ink.widthOf(unit, { ...title, size: 12 }) + 12 * 0.9 + 8 : 0;
  const room = right - MARGIN - sign - ticket;
  // Where it would leave the title no room, it stands below.
  const isBelow = room - aside < LEAST_TITLE;
  const lines = ink.wrap(words, title, isBelow ? room : room - aside);
  const height = Math.max(22, lines.length * leading(title));
  return {
    height: height + (isBelow && beside ? leading(soft) : 0) + 10,
    keepNext: true,
    draw(page, top) {
      rule(page, MARGIN, right, top, 1.2, INK);
      const y = top - 5;
      if (unit) plate(sheet, page, unit, { x: MARGIN, y }, 12);
      lines.forEach((line, at) => {
        ink.set(page, line, { x: MARGIN + sign, y: y - 13.5 - at * leading(title) }, title);
      });
      if (number) docket(sheet, page, number, { right, y: y - 1.5 }, 10);
      if (beside) ink.set(page, beside, isBelow ? { x: MARGIN, y: y - height - soft.size } : { x: right - ticket, y: y - 12.5, align: "right" }, soft);
    },
  };
}

const looks = { strong, soft, title };

function textBlocks({ ink, width }: Sheet, text: string, look: keyof typeof looks | undefined, keepNext: boolean): Block[] {
  const style = look ? looks[look] : body;
  const lines = ink.wrap(text, style, width - 2 * MARGIN);
  return lines.map((line, at) => {
    const last = at === lines.length - 1;
    return {
      height: leading(style) + (last ? 4 : 0),
      // Two lines at least, at the top of a page as at its foot.
      keepNext: last ? keepNext : at === 0 || at === lines.length - 2,
      draw(page, top) {
        ink.set(page, line, { x: MARGIN, y: top - style.size }, style);
      },
    };
  });
}

type Laid = Column & { x: number; width: number };
const CELL = 10;

/** Columns as wide as what stands in them; the one that grows takes the rest. */
function laid({ ink, width }: Sheet, columns: readonly Column[], rows: readonly (readonly string[])[]): Laid[] {
  const room = width - 2 * MARGIN;
  const natural = columns.map(({ title: head, grows }, at) =>
    grows ? 0 : Math.min(room * 0.26, Math.max(ink.widthOf(head, label), ...rows.map((row) => ink.widthOf(row[at] ?? "", body))) + CELL),
  );
  const rest = room - natural.reduce((sum, one) => sum + one, 0);
  let x = MARGIN;
  return columns.map((column, at) => {
    const one = { ...column, x, width: column.grows ? rest : (natural[at] ?? 0) };
    x += one.width;
    return one;
  });
}

function tableBlocks(sheet: Sheet, columns: readonly Column[], rows: readonly (readonly string[])[], withSums: boolean): Block[] {
  const { ink, width } = sheet;
  const right = width - MARGIN;
  const places = laid(sheet, columns, rows);
  const cell = (page: PDFPage, text: string, { x, width: wide, align }: Laid, y: number, style: Style) =>
    ink.set(page, text, align === "right" ? { x: x + wide, y, align } : { x, y }, style);
  const head: Block = {
    height: 16,
    keepNext: true,
    draw(page, top) {
      for (const place of places) cell(page, place.title, place, top - 10, label);
      rule(page, MARGIN, right, top - 14, 0.8, SOFT);
    },
  };
  const lines = rows.map((row, at): Block => {
    const cells = places.map((place, column) => ink.wrap(row[column] ?? "", body, place.width - (place.align === "right" ? 0 : CELL)));
    return {
      height: Math.max(...cells.map((one) => one.length)) * leading(body) + 6,
      head,
      // The sums never stand alone on a page.
      keepNext: withSums && at >= rows.length - 2,
      draw(page, top) {
        places.forEach((place, column) => {
          (cells[column] ?? []).forEach((text, line) => {
            cell(page, text, place, top - body.size - 3 - line * leading(body), body);
          });
        });
        rule(page, MARGIN, right, top - this.height, 0.4, LINE);
      },
    };
  });
  return lines.length === 0 ? [] : [head, ...lines];
}

function sumBlocks(sheet: Sheet, rows: readonly Fact[]): Block[] {
  const { ink, width, accent } = sheet;
  const right = width - MARGIN;
  const left = right - 220;
  return rows.map(({ term, value }, at) => {
    const last = at === rows.length - 1;
    const style: Style = last ? { ...strong, size: 11.5 } : body;
    return {
      height: leading(style) + (at === 0 ? 8 : 0) + (last ? 14 : 2),
      keepNext: !last,
      draw(page, top) {
        const y = top - style.size - (at === 0 ? 8 : 0) - (last ? 3 : 0);
        if (last) rule(page, left, right, top - 1, 1.5, accent);
        ink.set(page, term, { x: left, y }, style);
        ink.set(page, value, { x: right, y, align: "right" }, style);
      },
    };
  });
}

/** Terms above what they say, so many beside each other. */
function factBlocks({ ink, width }: Sheet, facts: readonly Fact[], beside: number): Block[] {
  const wide = (width - 2 * MARGIN) / beside;
  const rows = Array.from({ length: Math.ceil(facts.length / beside) }, (_, row) => facts.slice(row * beside, (row + 1) * beside));
  return rows.map((row): Block => {
    const cells = row.map(({ term, value }) => ({ term, lines: ink.wrap(value, body, wide - CELL) }));
    return {
      height: leading(label) + Math.max(...cells.map(({ lines }) => lines.length)) * leading(body) + 5,
      draw(page, top) {
        cells.forEach(({ term, lines }, column) => {
          const x = MARGIN + column * wide;
          ink.set(page, term, { x, y: top - label.size }, label);
          lines.forEach((line, at) => {
            ink.set(page, line, { x, y: top - leading(label) - body.size - at * leading(body) }, body);
          });
        });
      },
    };
  });
}

function drawingBlock({ ink }: Sheet, { term, path }: Extract<Part, { kind: "drawing" }>): Block {
  const scale = 0.35;
  return {
    height: leading(label) + 150 * scale + GAP,
    draw(page, top) {
      ink.set(page, term, { x: MARGIN, y: top - label.size }, label);
      page.drawSvgPath(path, { x: MARGIN, y: top - leading(label), scale, borderColor: INK, borderWidth: 3, borderLineCap: LineCapStyle.Round });
    },
  };
}

function setFoot({ ink, width }: Sheet, page: PDFPage, paper: Paper, place: string): void {
  const right = width - MARGIN;
  rule(page, MARGIN, right, MARGIN + 14, 0.5, LINE);
  ink.set(page, `${paper.shop.name} · ${paper.kind} ${paper.number}`, { x: MARGIN, y: MARGIN }, label);
  ink.set(page, place, { x: right, y: MARGIN, align: "right" }, label);
}
