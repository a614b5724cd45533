import { expect, test } from "vitest";
import { csvHead, csvRow, type ExportList, jsonRow, namesApart, onePlace } from "./customer-export";

const list: ExportList = { name: "things", columns: ["name", "count"], rows: async function* () {} };

test("a CSV row has the columns in the list's order; its JSON also has the additional fields", () => {
  const row = { cells: { count: null, name: "b,c" }, more: { parts: ["b"] } };
  expect(csvHead(list) + csvRow(list, row)).toBe('name,count\r\n"b,c",\r\n');
  expect(JSON.parse(jsonRow(row))).toEqual({ name: "b,c", count: null, parts: ["b"] });
});

test("renames files with equal names, ignoring case", () => {
  const apart = namesApart();
  expect(["files/a.jpg", "files/A.jpg", "files/a.jpg", "files/b", "files/b"].map(apart)).toEqual([
    "files/a.jpg",
    "files/A (2).jpg",
    "files/a (3).jpg",
    "files/b",
    "files/b (2)",
  ]);
});

test("what somebody typed is one step of a path, never several and never the folder above", () => {
  expect(["unit 7", "unit ../../etc", "..", " ", "C:\\x", "a\nb"].map(onePlace)).toEqual(["unit 7", "unit .._.._etc", "_", "_", "C__x", "a_b"]);
});
