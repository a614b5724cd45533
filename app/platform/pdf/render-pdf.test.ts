import fs from "node:fs";
import zlib from "node:zlib";
import { extractText, getDocumentProxy, getMeta } from "unpdf";
import { expect, test, vi } from "vitest";
import type { PdfDocument } from "./document";
import { typefacesFrom } from "./fonts.server";
import { renderPdf as render } from "./render-pdf.server";

const assets = { fetch: async (url: string) => new Response(new Uint8Array(fs.readFileSync(`public${new URL(url).pathname}`))) };
const renderPdf = (given: PdfDocument) => render(given, typefacesFrom(assets));

const document = (more: Partial<PdfDocument> = {}): PdfDocument => ({
  kind: "Invoice",
  number: "INV-1041",
  reader: "Northline Freight",
  locale: "en-US",
  shop: {
    name: "Harbor Diesel",
    address: "2200 Harbor Drive\nPortage, IN 46368",
    taxId: "35-5550100",
    phone: "555 0100",
    email: "shop@harbor.test",
    brandColor: "#0b6674",
    logo: null,
  },
  stamp: null,
  figure: { term: "To pay", value: "$1,240.00" },
  parties: [
    { term: "Bill to", lines: ["Northline Freight", "4410 Kilmer Avenue", "Hammond, IN 46320"] },
    { term: "Remit to", lines: ["PO Box 1180", "Portage, IN 46368"] },
  ],
  facts: [
    { term: "Issued", value: "Mar 4, 2030" },
    { term: "Due", value: "Apr 3, 2030" },
  ],
  parts: [],
  ...more,
});

const columns = [
  { title: "What", grows: true },
  { title: "Qty", align: "right" },
  { title: "Amount", align: "right" },
] as const;
const rows = (count: number) => Array.from({ length: count }, (_, at) => [`Line number ${at + 1}`, "1", `$${at + 1}.00`]);

async function pagesOf(pdf: Uint8Array): Promise<string[]> {
  // The reader takes the bytes away from whoever gives them.
  const { text } = await extractText(pdf.slice(), { mergePages: false });
  return text.map((page) => page.replace(/\s+/g, " "));
}

test("real text with a title, a language and the shop's name, whole as it was written", async () => {
  const pdf = await renderPdf(document({ parts: [{ kind: "table", columns, rows: rows(2) }] }));
  const [page] = await pagesOf(pdf);
  for (const printed of ["Invoice", "INV-1041", "Harbor Diesel", "555 0100 · shop@harbor.test", "$1,240.00", "Line number 2 1 $2.00", "Page 1 of 1"])
    expect(page).toContain(printed);
  const { info } = await getMeta(pdf.slice());
  expect(info).toMatchObject({ Title: "Invoice INV-1041 · Northline Freight", Author: "Harbor Diesel", Language: "en" });
  expect(info).not.toHaveProperty("CreationDate");
});

test("the same paper is the same bytes", async () => {
  const make = () => renderPdf(document({ parts: [{ kind: "heading", title: "Brakes — Łódź, Ольга", plate: "NL-101", docket: "WO-12" }] }));
  expect(Buffer.compare(await make(), await make())).toBe(0);
});

test("names in Polish, Vietnamese, Greek and Cyrillic read right, composed or not", async () => {
  const names = ["Zażółć gęślą jaźń sp. z o.o.", "Nguyễn Thị Hường, Đặng Vĩnh Phước", "Ολυμπία Μεταφορές", "Ольга Щукина"];
  const pdf = await renderPdf(document({ parts: [...names, "Nguyễn Thị".normalize("NFD")].map((text) => ({ kind: "text", text })) }));
  const text = (await pagesOf(pdf)).join(" ").normalize("NFC");
  for (const name of names) expect(text).toContain(name);
});

test("a long table has its head on each page, and its sums stay with its last lines", async () => {
  // However many lines there are, the foot of a page may fall anywhere among lines and sums.
  for (const count of [50, 51, 52, 53, 54, 55, 56]) {
    const parts: PdfDocument["parts"] = [
      { kind: "heading", title: "Brakes" },
      { kind: "table", columns, rows: rows(count) },
      { kind: "sums", rows: ["Labor", "Parts", "Tax", "Total"].map((term) => ({ term, value: `${term} $9.00` })) },
    ];
    const pages = await pagesOf(await renderPdf(document({ parts })));
    expect(pages.length).toBeGreaterThan(1);
    pages.forEach((page, at) => {
      expect(page).toContain(`Page ${at + 1} of ${pages.length}`);
      expect(page).toContain("What Qty Amount");
    });
    const all = pages.join(" ");
    for (let line = 1; line <= count; line++) expect(all).toContain(`Line number ${line} 1 $${line}.00`);
    const last = pages.at(-1);
    for (const printed of [`Line number ${count - 1} `, `Line number ${count} `, "Labor $9.00", "Parts $9.00", "Tax $9.00", "Total $9.00"])
      expect(last).toContain(printed);
  }
});

test("a text longer than a page goes on over the next, and a word wider than the page is broken", async () => {
  const text = Array.from({ length: 400 }, (_, at) => `sentence ${at} of many`).join(" ");
  const wide = "W".repeat(200);
  const pages = await pagesOf(
    await renderPdf(
      document({
        parts: [
          { kind: "text", text },
          { kind: "text", text: wide },
        ],
      }),
    ),
  );
  expect(pages.length).toBeGreaterThan(1);
  expect(pages.join(" ")).toContain("sentence 399 of many");
  expect(pages.join("").replaceAll(" ", "")).toContain(wide);
});

test("a heading keeps its title whole beside a long unit number and a long order number of the customer's", async () => {
  const heading = {
    kind: "heading",
    title: "Replace the turbo and its seals",
    plate: "W".repeat(20),
    docket: "WO-100000",
    beside: `Your order ${"W".repeat(40)}`,
  } as const;
  const pages = await pagesOf(await renderPdf(document({ parts: [heading] })));
  expect(pages).toHaveLength(1);
  for (const printed of [heading.title, heading.beside]) expect(pages[0]).toContain(printed);
});

test("Letter where that is the paper, A4 elsewhere", async () => {
  const sizeOf = async (locale: string) => {
    const page = await (await getDocumentProxy(await renderPdf(document({ locale })))).getPage(1);
    return [page.view[2], page.view[3]];
  };
  expect([await sizeOf("fr-CA"), await sizeOf("en-NZ")]).toEqual([
    [612, 792],
    [595, 842],
  ]);
});

test("a logo that cannot be read does not keep the paper from being made", async () => {
  const logo = Uint8Array.of(0x89, 0x50, 0x4e, 0x47);
  expect(await pagesOf(await renderPdf(document({ shop: { ...document().shop, logo } })))).toHaveLength(1);
});

test("the typefaces that are kept whole are those of their packages", async () => {
  const kept = {
    barlow: "@expo-google-fonts/barlow/400Regular/Barlow_400Regular.ttf",
    "barlow-semibold": "@expo-google-fonts/barlow/600SemiBold/Barlow_600SemiBold.ttf",
    "barlow-condensed": "@expo-google-fonts/barlow-condensed/600SemiBold/BarlowCondensed_600SemiBold.ttf",
  };
  for (const [name, file] of Object.entries(kept)) {
    expect(Buffer.compare(zlib.gunzipSync(fs.readFileSync(`public/typefaces/${name}.ttf.gz`)), fs.readFileSync(`node_modules/${file}`))).toBe(0);
  }
});

test("a typeface that could not be read is asked for again", async () => {
  vi.resetModules();
  const { typefacesFrom: unread } = await import("./fonts.server");
  let asked = 0;
  const read = unread({ fetch: async (url) => (asked++ === 0 ? new Response(null, { status: 503 }) : assets.fetch(url)) });
  await expect(read("plain")).rejects.toThrow(/could not be read: 503/);
  expect((await read("plain")).length).toBeGreaterThan(50_000);
});
