import { PDFDocument, type PDFImage, PDFName, type PDFPage } from "@cantoo/pdf-lib";
import { brandAccent } from "~/kernel/brand";
import { blocksOf } from "./blocks.server";
import type { PdfDocument } from "./document";
import type { ReadTypeface } from "./fonts.server";
import { headBlocks } from "./head.server";
import { paginate } from "./pagination.server";
import { FOOT, LINE, label, leading, MARGIN, rightOf, roomOf, rule, type Sheet } from "./sheet.server";
import { structureOf } from "./structure.server";
import { colorOf, textRendererOf } from "./text-renderer.server";

/** Where paper is Letter; everywhere else it is A4. */
const LETTER_REGIONS: ReadonlySet<string> = new Set(["US", "CA", "MX"]);
const sizeFor = (locale: string): [width: number, height: number] => (LETTER_REGIONS.has(new Intl.Locale(locale).region ?? "US") ? [612, 792] : [595, 842]);

/**
 * Makes the PDF of a document. It knows no clock and no chance: the same document is the same bytes, today and in a year.
 * `after` is a PDF made here before, whose pages come first, as they are.
 */
export async function renderPdf(document: PdfDocument, readTypeface: ReadTypeface, after?: Uint8Array): Promise<Uint8Array> {
  const pdf = after ? await PDFDocument.load(after, { updateMetadata: false }) : await PDFDocument.create({ updateMetadata: false });
  if (!after) describe(pdf, document);
  const renderer = await textRendererOf(pdf, JSON.stringify({ ...document, shop: { ...document.shop, logo: null } }), readTypeface);
  const structure = structureOf(pdf);
  const [width, height] = sizeFor(document.locale);
  const sheet: Sheet = { renderer, structure, width, accent: colorOf(brandAccent(document.shop.brandColor).light.accent) };
  const logo = document.shop.logo && (await logoIn(pdf, document.shop.logo));
  const pages: PDFPage[] = [];
  paginate([...headBlocks(sheet, document, logo), ...document.parts.flatMap((part, at) => blocksOf(sheet, part, document.parts[at + 1]))], {
    top: height - MARGIN,
    bottom: MARGIN + FOOT,
    addPage() {
      const page = pdf.addPage([width, height]);
      structure.decorate(page, () => page.drawRectangle({ x: 0, y: height - 8, width, height: 8, color: sheet.accent }));
      pages.push(page);
      return page;
    },
  });
  pages.forEach((page, at) => {
    setFoot(sheet, page, document, `Page ${at + 1} of ${pages.length}`);
  });
  structure.finish();
  return pdf.save({ useObjectStreams: false });
}

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

function setFoot(sheet: Sheet, page: PDFPage, { shop, kind, number }: PdfDocument, place: string): void {
  const { renderer, structure } = sheet;
  const right = rightOf(sheet);
  rule(sheet, page, MARGIN, right, MARGIN + 14, 0.5, LINE);
  structure.decorate(page, () => {
    renderer.set(page, place, { x: right, y: MARGIN, align: "right" }, label);
    const lines = renderer.wrap(`${shop.name} · ${kind} ${number}`, label, roomOf(sheet) - renderer.widthOf(place, label) - 12);
    lines.forEach((line, at) => {
      renderer.set(page, line, { x: MARGIN, y: MARGIN - at * leading(label) }, label);
    });
  });
}
