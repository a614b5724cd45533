import { LineCapStyle, PDFDocument, type PDFImage, PDFName, type PDFPage } from "@cantoo/pdf-lib";
import { brandAccent } from "~/kernel/brand";
import type { Column, Fact, Letterhead, Part, PdfDocument } from "./document";
import type { ReadTypeface } from "./fonts.server";
import { type Block, paginate } from "./pagination.server";
import { colorOf, type Style, type TextRenderer, textRendererOf } from "./text-renderer.server";

const TEXT_COLOR = colorOf("#1c2024");
const SOFT = colorOf("#60646c");
const LINE = colorOf("#cdced6");
const RED = colorOf("#ce2c31");
/** Points; 72 are an inch. */
const MARGIN = 48;
const FOOT = 44;
const GAP = 12;

const body: Style = { fontName: "plain", size: 9.5, color: TEXT_COLOR };
const strong: Style = { ...body, fontName: "strong" };
const soft: Style = { ...body, color: SOFT };
const label: Style = { fontName: "plain", size: 8, color: SOFT };
const title: Style = { fontName: "title", size: 13, color: TEXT_COLOR };
const leading = ({ size }: Style): number => size * 1.4;

/** Where paper is Letter; everywhere else it is A4. */
const LETTER_REGIONS: ReadonlySet<string> = new Set(["US", "CA", "MX"]);
const sizeFor = (locale: string): [width: number, height: number] => (LETTER_REGIONS.has(new Intl.Locale(locale).region ?? "US") ? [612, 792] : [595, 842]);

/**
 * Makes the PDF of a paper. It knows no clock and no chance: the same paper is the same bytes, today and in a year.
 */
export async function renderPdf(document: PdfDocument, readTypeface: ReadTypeface): Promise<Uint8Array> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  describe(pdf, document);
  const renderer = await textRendererOf(pdf, JSON.stringify({ ...document, shop: { ...document.shop, logo: null } }), readTypeface);
  const [width, height] = sizeFor(document.locale);
  const layout: PageLayout = { renderer, width, accent: colorOf(brandAccent(document.shop.brandColor).light.accent) };
  const logo = document.shop.logo && (await logoIn(pdf, document.shop.logo));
  const pages: PDFPage[] = [];
  paginate([...headOf(layout, document, logo), ...document.parts.flatMap((part, at) => blocksOf(layout, part, document.parts[at + 1]))], {
    top: height - MARGIN,
    bottom: MARGIN + FOOT,
    addPage() {
      const page = pdf.addPage([width, height]);
      page.drawRectangle({ x: 0, y: height - 8, width, height: 8, color: layout.accent });
      pages.push(page);
      return page;
    },
  });
  pages.forEach((page, at) => {
    setFoot(layout, page, document, `Page ${at + 1} of ${pages.length}`);
  });
  return pdf.save({ useObjectStreams: false });
}

type PageLayout = { renderer: TextRenderer; width: number; accent: Style["color"] };

/** Title and language, for readers, screen readers and searches; in the file's own words and, as libraries read it, in XMP. */
function describe(pdf: PDFDocument, document: PdfDocument): void {
  const documentTitle = `${document.kind} ${document.number} · ${document.reader}`;
  pdf.setTitle(documentTitle, { showInWindowTitleBar: true });
  pdf.setAuthor(document.shop.name);
  pdf.setLanguage("en");
  const xml = (text: string) => text.replace(/[&<>]/g, (char) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[char] ?? "");
  const packet = `<?xpacket begin="\u{feff}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">${xml(documentTitle)}</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>${xml(document.shop.name)}</rdf:li></rdf:Seq></dc:creator><dc:language><rdf:Bag><rdf:li>en</rdf:li></rdf:Bag></dc:language></rdf:Description></rdf:RDF></x:xmpmeta>
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
function headOf(layout: PageLayout, document: PdfDocument, logo: PDFImage | null): Block[] {
  const { renderer, width } = layout;
  const right = width - MARGIN;
  const half = (width - 2 * MARGIN) * 0.55;
  const name: Style = { fontName: "title", size: 19, color: TEXT_COLOR };
  const names = renderer.wrap(document.shop.name, name, half);
  const box = logo?.scaleToFit(half, 40);
  const contact = contactOf(document.shop);
  const nameHeight = names.length * leading(name);
  const left = (box ? box.height + 6 : 0) + nameHeight + contact.length * leading(soft);
  const figure = document.figure;
  return [
    {
      height: Math.max(left, document.stamp ? 88 : 62) + 14,
      draw(page, top) {
        let y = top;
        if (logo && box) {
          page.drawImage(logo, { x: MARGIN, y: y - box.height, ...box });
          y -= box.height + 6;
        }
        for (const line of names) {
          renderer.set(page, line, { x: MARGIN, y: y - name.size * 0.8 }, name);
          y -= leading(name);
        }
        for (const line of contact) {
          renderer.set(page, line, { x: MARGIN, y: y - soft.size }, soft);
          y -= leading(soft);
        }
        renderer.set(page, document.kind, { x: right, y: top - 21, align: "right" }, { fontName: "title", size: 26, color: layout.accent });
        docket(layout, page, document.number, { right, y: top - 32 }, 14);
        if (document.stamp) stamp(layout, page, document.stamp, { right, y: top - 62 });
      },
    },
    ...(figure
      ? [
          {
            height: 44,
            draw(page: PDFPage, top: number) {
              rule(page, MARGIN, right, top, 1.5, layout.accent);
              renderer.set(page, figure.term, { x: MARGIN, y: top - 26 }, { ...strong, size: 11 });
              renderer.set(page, figure.value, { x: right, y: top - 28, align: "right" }, { fontName: "title", size: 22, color: TEXT_COLOR });
              rule(page, MARGIN, right, top - 38, 0.5, LINE);
            },
          },
        ]
      : []),
    ...factBlocks(layout, document.facts, 4),
    gap(GAP),
  ];
}

const contactOf = ({ phone, email }: Letterhead): string[] => {
  const line = [phone, email].filter(Boolean).join(" · ");
  return line === "" ? [] : [line];
};

function blocksOf(layout: PageLayout, part: Part, next: Part | undefined): Block[] {
  switch (part.kind) {
    case "heading":
      return [headingBlock(layout, part)];
    case "text":
      return textBlocks(layout, part.text, part.tone, next?.kind === "table" || next?.kind === "text");
    case "table":
      return [...tableBlocks(layout, part.columns, part.rows, next?.kind === "sums"), ...(next?.kind === "sums" ? [] : [gap(GAP)])];
    case "sums":
      return sumBlocks(layout, part.rows);
    case "facts":
      return [...factBlocks(layout, part.facts, 2), gap(GAP)];
    case "drawing":
      return [drawingBlock(layout, part)];
  }
}

const gap = (height: number): Block => ({ height, draw() {} });

function rule(page: PDFPage, from: number, to: number, y: number, thickness: number, color: Style["color"]): void {
  page.drawLine({ start: { x: from, y }, end: { x: to, y }, thickness, color });
}

/** A unit's plate, as on its board, its label and its map: condensed, outlined. Answers how wide it is. */
function plate({ renderer }: PageLayout, page: PDFPage, text: string, at: { x: number; y: number }, size: number): number {
  const style: Style = { fontName: "title", size, color: TEXT_COLOR };
  const [width, height] = [renderer.widthOf(text, style) + size * 0.9, size * 1.5];
  page.drawRectangle({ x: at.x, y: at.y - height, width, height, borderWidth: 1.2, borderColor: TEXT_COLOR, rx: 2, ry: 2 });
  renderer.set(page, text, { x: at.x + size * 0.45, y: at.y - height / 2 - size * 0.35 }, style);
  return width;
}

/** A docket's ticket with its torn-off stub, ending at `right` or beginning at `x`. */
function docket({ renderer, accent }: PageLayout, page: PDFPage, text: string, at: { x?: number; right?: number; y: number }, size: number): number {
  const style: Style = { fontName: "title", size, color: TEXT_COLOR };
  const stub = size * 0.6;
  const [width, height] = [renderer.widthOf(text, style) + size * 0.8 + stub, size * 1.5];
  const x = at.x ?? (at.right ?? 0) - width;
  page.drawRectangle({ x, y: at.y - height, width: stub, height, color: accent });
  page.drawRectangle({ x, y: at.y - height, width, height, borderWidth: 0.8, borderColor: SOFT, rx: 2, ry: 2 });
  page.drawLine({ start: { x: x + stub, y: at.y - height }, end: { x: x + stub, y: at.y }, thickness: 0.8, color: SOFT, dashArray: [2, 1.5] });
  renderer.set(page, text, { x: x + stub + size * 0.4, y: at.y - height / 2 - size * 0.35 }, style);
  return width;
}

function stamp({ renderer }: PageLayout, page: PDFPage, text: string, { right, y }: { right: number; y: number }): void {
  const style: Style = { fontName: "title", size: 16, color: RED };
  const width = renderer.widthOf(text.toUpperCase(), style) + 16;
  page.drawRectangle({ x: right - width, y: y - 24, width, height: 24, borderWidth: 2, borderColor: RED, borderLineCap: LineCapStyle.Butt });
  renderer.set(page, text.toUpperCase(), { x: right - width + 8, y: y - 18 }, style);
}

const LEAST_TITLE = 160;

function headingBlock(layout: PageLayout, { title: heading, plate: unit, docket: number, beside }: Extract<Part, { kind: "heading" }>): Block {
  const { renderer, width } = layout;
  const right = width - MARGIN;
  const aside = beside ? renderer.widthOf(beside, soft) + 8 : 0;
  const ticket = number ? renderer.widthOf(number, { ...title, size: 10 }) + 14 + 16 : 0;
  const plateWidth = unit ? renderer.widthOf(unit, { ...title, size: 12 }) + 12 * 0.9 + 8 : 0;
  const room = right - MARGIN - plateWidth - ticket;
  // Where it would leave the title no room, it stands below.
  const isBelow = room - aside < LEAST_TITLE;
  const lines = renderer.wrap(heading, title, isBelow ? room : room - aside);
  const height = Math.max(22, lines.length * leading(title));
  return {
    height: height + (isBelow && beside ? leading(soft) : 0) + 10,
    keepNext: true,
    draw(page, top) {
      rule(page, MARGIN, right, top, 1.2, TEXT_COLOR);
      const y = top - 5;
      if (unit) plate(layout, page, unit, { x: MARGIN, y }, 12);
      lines.forEach((line, at) => {
        renderer.set(page, line, { x: MARGIN + plateWidth, y: y - 13.5 - at * leading(title) }, title);
      });
      if (number) docket(layout, page, number, { right, y: y - 1.5 }, 10);
      if (beside) renderer.set(page, beside, isBelow ? { x: MARGIN, y: y - height - soft.size } : { x: right - ticket, y: y - 12.5, align: "right" }, soft);
    },
  };
}

const toneStyles = { strong, soft, title };

function textBlocks({ renderer, width }: PageLayout, text: string, tone: keyof typeof toneStyles | undefined, keepNext: boolean): Block[] {
  const style = tone ? toneStyles[tone] : body;
  const lines = renderer.wrap(text, style, width - 2 * MARGIN);
  return lines.map((line, at) => {
    const last = at === lines.length - 1;
    return {
      height: leading(style) + (last ? 4 : 0),
      // Two lines at least, at the top of a page as at its foot.
      keepNext: last ? keepNext : at === 0 || at === lines.length - 2,
      draw(page, top) {
        renderer.set(page, line, { x: MARGIN, y: top - style.size }, style);
      },
    };
  });
}

type Laid = Column & { x: number; width: number };
const CELL = 10;

/** Columns as wide as what stands in them; the one that grows takes the rest. */
function laid({ renderer, width }: PageLayout, columns: readonly Column[], rows: readonly (readonly string[])[]): Laid[] {
  const room = width - 2 * MARGIN;
  const natural = columns.map(({ title: head, grows }, at) =>
    grows ? 0 : Math.min(room * 0.26, Math.max(renderer.widthOf(head, label), ...rows.map((row) => renderer.widthOf(row[at] ?? "", body))) + CELL),
  );
  const rest = room - natural.reduce((sum, one) => sum + one, 0);
  let x = MARGIN;
  return columns.map((column, at) => {
    const one = { ...column, x, width: column.grows ? rest : (natural[at] ?? 0) };
    x += one.width;
    return one;
  });
}

function tableBlocks(layout: PageLayout, columns: readonly Column[], rows: readonly (readonly string[])[], withSums: boolean): Block[] {
  const { renderer, width } = layout;
  const right = width - MARGIN;
  const places = laid(layout, columns, rows);
  const cell = (page: PDFPage, text: string, { x, width: wide, align }: Laid, y: number, style: Style) =>
    renderer.set(page, text, align === "right" ? { x: x + wide, y, align } : { x, y }, style);
  const head: Block = {
    height: 16,
    keepNext: true,
    draw(page, top) {
      for (const place of places) cell(page, place.title, place, top - 10, label);
      rule(page, MARGIN, right, top - 14, 0.8, SOFT);
    },
  };
  const lines = rows.map((row, at): Block => {
    const cells = places.map((place, column) => renderer.wrap(row[column] ?? "", body, place.width - (place.align === "right" ? 0 : CELL)));
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

function sumBlocks(layout: PageLayout, rows: readonly Fact[]): Block[] {
  const { renderer, width, accent } = layout;
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
        renderer.set(page, term, { x: left, y }, style);
        renderer.set(page, value, { x: right, y, align: "right" }, style);
      },
    };
  });
}

/** Terms above what they say, so many beside each other. */
function factBlocks({ renderer, width }: PageLayout, facts: readonly Fact[], beside: number): Block[] {
  const wide = (width - 2 * MARGIN) / beside;
  const rows = Array.from({ length: Math.ceil(facts.length / beside) }, (_, row) => facts.slice(row * beside, (row + 1) * beside));
  return rows.map((row): Block => {
    const cells = row.map(({ term, value }) => ({ term, lines: renderer.wrap(value, body, wide - CELL) }));
    return {
      height: leading(label) + Math.max(...cells.map(({ lines }) => lines.length)) * leading(body) + 5,
      draw(page, top) {
        cells.forEach(({ term, lines }, column) => {
          const x = MARGIN + column * wide;
          renderer.set(page, term, { x, y: top - label.size }, label);
          lines.forEach((line, at) => {
            renderer.set(page, line, { x, y: top - leading(label) - body.size - at * leading(body) }, body);
          });
        });
      },
    };
  });
}

function drawingBlock({ renderer }: PageLayout, { term, path }: Extract<Part, { kind: "drawing" }>): Block {
  const scale = 0.35;
  return {
    height: leading(label) + 150 * scale + GAP,
    draw(page, top) {
      renderer.set(page, term, { x: MARGIN, y: top - label.size }, label);
      page.drawSvgPath(path, { x: MARGIN, y: top - leading(label), scale, borderColor: TEXT_COLOR, borderWidth: 3, borderLineCap: LineCapStyle.Round });
    },
  };
}

function setFoot({ renderer, width }: PageLayout, page: PDFPage, document: PdfDocument, place: string): void {
  const right = width - MARGIN;
  rule(page, MARGIN, right, MARGIN + 14, 0.5, LINE);
  renderer.set(page, `${document.shop.name} · ${document.kind} ${document.number}`, { x: MARGIN, y: MARGIN }, label);
  renderer.set(page, place, { x: right, y: MARGIN, align: "right" }, label);
}
