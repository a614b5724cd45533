import fs from "node:fs";
import zlib from "node:zlib";
import fc from "fast-check";
import { extractText, getDocumentProxy, getMeta } from "unpdf";
import { expect, test, vi } from "vitest";
import { qrPath } from "~/ui/qr-path";
import type { Part, PdfDocument } from "./document";
import { typefacesFrom } from "./fonts.server";
import { renderPdf as render } from "./render-pdf.server";

const assets = { fetch: async (url: string) => new Response(new Uint8Array(fs.readFileSync(`public${new URL(url).pathname}`))) };
const renderPdf = (given: PdfDocument, after?: Uint8Array) => render(given, typefacesFrom(assets), after);

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

test("a character that no typeface has is a box, never left out", async () => {
  const [page] = await pagesOf(await renderPdf(document({ parts: [{ kind: "text", text: "株式会社 Kowalski 🚚️ مرحبا" }] })));
  expect(page).toContain("□□□□ Kowalski □ □□□□□");
});

test("a row longer than a page is printed whole, with the table's head on each page", async () => {
  const long = Array.from({ length: 900 }, (_, at) => `word${at}`);
  const pages = await pagesOf(await renderPdf(document({ parts: [{ kind: "table", columns, rows: [[long.join(" "), "1", "$9.00"]] }] })));
  expect(pages.length).toBeGreaterThan(1);
  for (const page of pages) expect(page).toContain("What Qty Amount");
  for (const word of long) expect(pages.join(" ")).toContain(word);
});

/** Words of the names that our customers have, none wider than the narrowest column. */
const word = fc.string({ unit: fc.constantFrom(..."abcdefgW1234567890.,-&%ąćęłńóśźżŁŚŹàảãạằẳẵặấầệịọộớờợụứừữựỳỵĐđΩωЩя"), minLength: 1, maxLength: 12 });
const phrase = (most: number) => fc.array(word, { minLength: 1, maxLength: most }).map((all) => all.join(" "));
const fact = fc.record({ term: phrase(3), value: phrase(40) });
const somePart: fc.Arbitrary<Part> = fc.oneof(
  fc.record({ kind: fc.constant("heading" as const), title: phrase(30), plate: word, docket: word, beside: phrase(6) }),
  fc.record({ kind: fc.constant("text" as const), text: phrase(300), tone: fc.constantFrom("strong" as const, "soft" as const) }),
  fc.record({ kind: fc.constant("list" as const), items: fc.array(phrase(40), { maxLength: 12 }) }),
  fc.record({ kind: fc.constant("table" as const), columns: fc.constant(columns), rows: fc.array(fc.tuple(phrase(60), word, word), { maxLength: 60 }) }),
  fc.record({ kind: fc.constant("sums" as const), rows: fc.array(fc.record({ term: phrase(12), value: word }), { minLength: 1, maxLength: 8 }) }),
  fc.record({ kind: fc.constant("facts" as const), facts: fc.array(fact, { maxLength: 9 }), columns: fc.constantFrom(2 as const, 4 as const) }),
);
const someDocument = fc.record({
  reader: phrase(4),
  stamp: fc.option(word),
  figure: fc.option(fc.record({ term: phrase(30), value: word })),
  shop: fc
    .record({ name: phrase(8), address: fc.array(phrase(6), { maxLength: 6 }).map((lines) => lines.join("\n")), taxId: word, phone: word, email: word })
    .map((shop) => ({ ...shop, brandColor: "#0b6674", logo: null })),
  parties: fc.array(fc.record({ term: word, lines: fc.array(phrase(6), { minLength: 1, maxLength: 6 }) }), { maxLength: 2 }),
  facts: fc.array(fact, { maxLength: 6 }),
  parts: fc.array(somePart, { maxLength: 12 }),
});

function tokensIn(value: unknown): string[] {
  if (typeof value === "string") return value.split(/\s+/).filter(Boolean);
  return value !== null && typeof value === "object" ? Object.entries(value).flatMap(([name, one]) => (NOT_PRINTED.has(name) ? [] : tokensIn(one))) : [];
}
const NOT_PRINTED = new Set(["kind", "tone", "align", "brandColor", "logo", "columns", "reader", "locale"]);

/** Where each piece of text is, in points from the left and the bottom of its page. */
async function placesOf(pdf: Uint8Array) {
  const proxy = await getDocumentProxy(pdf.slice());
  const places: { text: string; left: number; right: number; bottom: number }[] = [];
  for (let page = 1; page <= proxy.numPages; page++) {
    const { items } = await (await proxy.getPage(page)).getTextContent();
    for (const item of items)
      if ("str" in item && item.str.trim() !== "")
        places.push({ text: item.str, left: item.transform[4], right: item.transform[4] + item.width, bottom: item.transform[5] });
  }
  return places;
}

test("no word of a document is lost or outside the margins, and no page is empty", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(someDocument, async ({ stamp, ...more }) => {
      const given = document({ ...more, stamp: stamp?.toUpperCase() ?? null });
      const pdf = await renderPdf(given);
      const pages = await pagesOf(pdf);
      for (const { text, left, right, bottom } of await placesOf(pdf)) {
        expect([text, left >= 47, right <= 565, bottom >= 24]).toEqual([text, true, true, true]);
      }
      const all = pages.join("").replaceAll(" ", "").normalize("NFC");
      for (const one of tokensIn(given)) expect(all).toContain(one.normalize("NFC"));
      for (const page of pages) expect(page.replace(/Page \d+ of \d+.*$/, "").trim()).not.toBe("");
    }),
    { numRuns: 25 },
  );
});

test("is tagged: what a screen reader reads is in order, with headings and tables, and rules and feet are left out", async () => {
  const parts: Part[] = [
    { kind: "heading", title: "Brakes", plate: "NL-101", docket: "WO-12" },
    { kind: "table", columns, rows: rows(60) },
    { kind: "sums", rows: [{ term: "Total", value: "$9.00" }] },
  ];
  const proxy = await getDocumentProxy(await renderPdf(document({ parts })));
  expect(await proxy.getMarkInfo()).toMatchObject({ Marked: true });
  const roles = JSON.stringify(await (await proxy.getPage(1)).getStructTree());
  for (const role of ["H1", "H2", "P", "Table", "TR", "TH", "TD"]) expect(roles).toContain(`"role":"${role}"`);
  const { items } = await (await proxy.getPage(2)).getTextContent({ includeMarkedContent: true });
  const begun = items.flatMap((item) => ("tag" in item && item.tag ? [item.tag] : []));
  expect(begun).toEqual(expect.arrayContaining(["TD", "Artifact"]));
  expect(begun).not.toContain("H1");
});

test("an address is a code that holds exactly it, and a link that a screen reader finds", async () => {
  const address = "https://shop.test/pay/i01m8sbcjc76phz0hyd86cwe79e01m8sbcjbynma6z4gks3t2px75abcdefghijklmnopqrst-_";
  const code: Part = { kind: "code", address, code: qrPath(address), title: "Pay online", text: "Scan the code with your phone." };
  const pdf = await renderPdf(document({ parts: [code] }));
  expect(await pagesOf(pdf)).toEqual([expect.stringContaining("Pay online Scan the code with your phone.")]);
  const page = await (await getDocumentProxy(pdf.slice())).getPage(1);
  const [link, ...others] = await page.getAnnotations();
  expect([link, others]).toMatchObject([{ subtype: "Link", url: address }, []]);
  const tree = JSON.stringify(await page.getStructTree());
  expect(tree).toContain(`"alt":"QR code of ${address}"`);
  expect(tree).toMatch(/"role":"Link"/);
  // The same document below another one has links of its own.
  const both = await (await getDocumentProxy(await renderPdf(document({ parts: [code] }), pdf))).getPage(2);
  expect(await both.getAnnotations()).toMatchObject([{ url: address }]);
});

test("a second document follows a printed one, whose pages stay as they were", async () => {
  const first = await renderPdf(document({ parts: [{ kind: "table", columns, rows: rows(60) }] }));
  const both = await pagesOf(await renderPdf(document({ kind: "Account", parts: [{ kind: "text", text: "Paid by check" }] }), first));
  expect(both.slice(0, -1)).toEqual(await pagesOf(first));
  expect(both.at(-1)).toMatch(/Account.*Paid by check.*Page 1 of 1/);
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
