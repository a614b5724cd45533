import { expect, test } from "vitest";
import { csvHead, csvRow, type ExportList, inDecimals, jsonRow, namesApart, onePlace } from "./customer-export";

const list: ExportList = { name: "things", columns: ["name", "count"], rows: async function* () {} };

test("a CSV row has the columns in the list's order; its JSON also has the additional fields", () => {
  const row = { cells: { count: null, name: "b,c" }, more: { parts: ["b"] } };
  expect(csvHead(list) + csvRow(list, row)).toBe('name,count\r\n"b,c",\r\n');
  expect(JSON.parse(jsonRow(row))).toEqual({ name: "b,c", count: null, parts: ["b"] });
});

test("amounts, rates and quantities are decimals, however deep; counts and years stay numbers", () => {
  const contents = {
    deposit: null,
    unitFacts: { year: 2019, odometer: 123_456 },
    groups: [
      { order: 1042, charges: { labor: 150_00, tax: 1_24, total: 151_24 }, supplies: { kind: "share", of: "both", rate: 5_00, most: 45_00, taxed: true } },
    ],
    jobs: [{ lines: [{ quantity: 1_500, each: 100_00, discount: 10_00, price: 135_00, safety: false }] }],
    rules: { tax: { labor: 0, parts: 8_25 }, supplies: { kind: "flat", amount: 25_00, taxed: false } },
  };
  expect(inDecimals(contents)).toEqual({
    deposit: null,
    unitFacts: { year: 2019, odometer: 123_456 },
    groups: [
      {
        order: 1042,
        charges: { labor: "150.00", tax: "1.24", total: "151.24" },
        supplies: { kind: "share", of: "both", rate: "5", most: "45.00", taxed: true },
      },
    ],
    jobs: [{ lines: [{ quantity: "1.5", each: "100.00", discount: "10", price: "135.00", safety: false }] }],
    rules: { tax: { labor: "0", parts: "8.25" }, supplies: { kind: "flat", amount: "25.00", taxed: false } },
  });
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
