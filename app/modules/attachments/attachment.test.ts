import fc from "fast-check";
import { expect, test } from "vitest";
import { namedByContent } from "~/platform/files/safe-name";
import { audiencesOf, cleanName, fileRefusalMessage, formatSize, MAX_BYTES, type MediaType, opensInline } from "./attachment";
import { bytesOf, csv, docx, heic, jpeg, mp4, pdf, png, refusedFiles, webp, xlsx } from "./attachments.fixtures";
import { HEAD_BYTES, mediaTypeOf, whatItIs } from "./content";
import { missingParts, PART_BYTES, partCount, partLength } from "./upload/parts";
import { readTicket, ticketOf } from "./upload/ticket";

test.each([
  ["image/jpeg", jpeg],
  ["image/png", png],
  ["image/webp", webp],
  ["image/heic", heic],
  ["application/pdf", pdf],
  ["video/mp4", mp4],
])("detects %s by its content", (type, content) => {
  expect(mediaTypeOf(content, "list.csv")).toBe(type);
  expect(mediaTypeOf(content)).toBe(type);
  expect(mediaTypeOf(bytesOf(content, " ".repeat(HEAD_BYTES), "<html><script>alert(1)</script>"))).toBe(type);
});

test.each([
  ["parts.xlsx", xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
  ["Letter.DOCX", docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
  ["prices.csv", csv, "text/csv"],
  ["prices.csv", bytesOf("Unit;Price\nNL-104;4,50\n"), "text/csv"],
])("takes %s where its content fits its name, only to be downloaded", (name, content, type) => {
  expect(mediaTypeOf(content, name)).toBe(type);
  expect(mediaTypeOf(content)).toBeNull();
  expect(mediaTypeOf(content, "photo.jpg")).toBeNull();
  expect(opensInline(type as MediaType)).toBe(false);
  expect(namedByContent(name, type).toLowerCase()).toBe(name.toLowerCase());
});

test.each(refusedFiles)("refuses %s and names what it is", (name, content, is) => {
  expect(mediaTypeOf(content, name)).toBeNull();
  expect(whatItIs(content, name)).toBe(is);
});

test("no content makes detection throw, and web pages are never accepted", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom("<html>", "<!doctype html>", "<svg ", "<?xml ?><svg>"), (noise, page) => {
      expect(typeof whatItIs(noise, "a")).toBe("string");
      expect(mediaTypeOf(bytesOf(page, noise))).toBeNull();
      expect(mediaTypeOf(bytesOf(page, noise), "list.csv")).toBeNull();
    }),
  );
});

test("an unclosed comment doesn't slow detection down", () => {
  const started = process.cpuUsage().user;
  whatItIs(bytesOf("<!---->".repeat(600)), "a.svg");
  expect(process.cpuUsage().user - started).toBeLessThan(1_000_000);
});

test("parts add up to the file, and all but the last have equal length", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: MAX_BYTES }), (bytes) => {
      const lengths = Array.from({ length: partCount(bytes) }, (_, at) => partLength(bytes, at + 1) ?? 0);
      expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(bytes);
      expect(lengths.slice(0, -1).every((length) => length === PART_BYTES)).toBe(true);
      expect(lengths.at(-1)).toBeGreaterThan(0);
      expect([partLength(bytes, 0), partLength(bytes, partCount(bytes) + 1), partLength(bytes, 1.5)]).toEqual([null, null, null]);
    }),
  );
});

test("missing and received parts add up to the file", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: MAX_BYTES }), fc.array(fc.integer({ min: 1, max: 25 })), (bytes, held) => {
      const all = new Set([...missingParts(bytes, held), ...held.filter((number) => number <= partCount(bytes))]);
      expect(all.size).toBe(partCount(bytes));
      expect(missingParts(bytes, held).some((number) => held.includes(number))).toBe(false);
    }),
  );
});

test("cleans names of folders, control characters and excess length", () => {
  expect(cleanName("C:\\shop\\brake\u202egnp.jpg")).toBe("brakegnp.jpg");
  expect(cleanName("../../etc/passwd")).toBe("passwd");
  expect(cleanName("  ")).toBe("file");
  expect(cleanName(`${"x".repeat(300)}.jpeg`)).toMatch(/^x{115}\.jpeg$/);
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (given) => {
      const name = cleanName(given);
      expect(name.length).toBeGreaterThan(0);
      expect(name.length).toBeLessThanOrEqual(120);
      expect(name).not.toMatch(/[/\\\p{Cc}]/u);
      expect(() => encodeURIComponent(name)).not.toThrow();
    }),
  );
});

test("a refusal names the file and the accepted types", () => {
  expect(fileRefusalMessage({ kind: "type", name: "plan.svg", is: "an SVG drawing" })).toBe(
    "plan.svg is an SVG drawing. Upload a photo, PDF, MP4 video, .xlsx, .docx or .csv file instead.",
  );
  expect(fileRefusalMessage({ kind: "too-large", name: "a.mp4", bytes: 130 * 1_048_576 })).toBe("a.mp4 is 130 MB. Files can be up to 100 MB.");
  expect([812, 45_000, 1_600_000, MAX_BYTES].map(formatSize)).toEqual(["812 bytes", "44 kB", "1.5 MB", "100 MB"]);
});

test("staff choose who else sees a file; portal users share with their own portal only", () => {
  expect(audiencesOf("staff", [])).toEqual([]);
  expect(audiencesOf("staff", ["staff", "vendor", "vendor"])).toEqual(["vendor"]);
  expect(audiencesOf("customer", ["vendor", "driver"])).toEqual(["customer"]);
});

test("reads back a valid ticket, and refuses anything else", () => {
  const record = { kind: "customer", id: `cus_${"0".repeat(26)}` } as const;
  expect(readTicket(ticketOf(record, "abc"))).toEqual({ record, signature: "abc" });
  for (const wrong of [
    null,
    "",
    "customer",
    `customer.${record.id}`,
    `payroll.${record.id}.abc`,
    "customer.cus_1.abc",
    `toString.${record.id}.abc`,
    `${ticketOf(record, "abc")}.d`,
  ])
    expect(readTicket(wrong)).toBeNull();
});
