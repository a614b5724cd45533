import fs from "node:fs";
import { expect, test } from "vitest";
import { sourceFiles } from "./source-files";

const files = sourceFiles(".", ["app", "workers", "party"]).filter((file) => /\.tsx?$/.test(file) && !/test\.tsx?$/.test(file));
const texts = files.map((file) => ({ file, text: fs.readFileSync(file, "utf8") }));

test("the journal's readers know every module's catalog", () => {
  const catalogs = texts.filter(({ file, text }) => file.endsWith(".journal.ts") || (text.includes("defineEvents(") && !file.startsWith("app/kernel/")));
  expect(catalogs.map(({ file }) => file).filter((file) => !/^app\/modules\/[\w-]+\/[\w-]+\.journal\.ts$/.test(file))).toEqual([]);
  const merged = fs.readFileSync("app/queries/journal-events.ts", "utf8");
  expect(catalogs.length).toBeGreaterThan(10);
  expect(catalogs.filter(({ file }) => !merged.includes(`"${file.replace(/^app/, "~").replace(/\.ts$/, "")}"`))).toEqual([]);
});

/** A stored code is any text: compared with a literal, a misspelled one compiles and is never true. */
const UNTYPED = /\.event\s*[!=]==?\s*["'`]|\bevent\.(startsWith|includes|match|endsWith)\(|\.test\((\w+\.)?event\)|journal\.event,\s*\[?\s*["'`]/;

test("stored events are read through their catalog, never compared as text", () => {
  expect(texts.filter(({ text }) => UNTYPED.test(text)).map(({ file }) => file)).toEqual([]);
});

test("no portal reads where a person acted from", () => {
  const portal = texts.filter(({ file }) => /^app\/(queries|routes)\/(customer|vendor|driver)\/|^app\/modules\/reports\//.test(file));
  expect(portal.length).toBeGreaterThan(20);
  expect(portal.filter(({ text }) => /journal\.(ip|userAgent)\b/.test(text)).map(({ file }) => file)).toEqual([]);
});

test("only the platform's save puts a row into the journal", () => {
  expect(texts.filter(({ text }) => /(insert|insertOnce|upsert)\(\s*journal\b/.test(text)).map(({ file }) => file)).toEqual([
    "app/platform/database/journal.server.ts",
  ]);
});

test.each([
  'row.event === "canceled"',
  "if (event.startsWith('sign'))",
  "/refused/.test(row.event)",
  'eq(journal.event, "moved")',
  'inArray(journal.event, ["moved"])',
])("refused: %s", (line) => expect(UNTYPED.test(line)).toBe(true));
test.each(['event?.code === "work-order.moved"', "inArray(journal.event, ended)", 'journal.codes("shop.changed")'])("allowed: %s", (line) =>
  expect(UNTYPED.test(line)).toBe(false),
);
