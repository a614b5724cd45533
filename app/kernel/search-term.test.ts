import { expect, test } from "vitest";
import { parseSearch, phoneDigits } from "./search-term";

test.each([
  ["(555) 010-2000", "5550102000"],
  ["555.010.2000", "5550102000"],
  ["+1 555 010 2000", "5550102000"],
  ["1-555-010-2000 ext. 12", "5550102000"],
  ["555 010 2000 x4", "5550102000"],
  ["010-2000", "0102000"],
  ["+44 20 7946 0000", "442079460000"],
  ["", null],
  ["call Ann", null],
])("the digits of phone %j are %j", (written, digits) => {
  expect(phoneDigits(written)).toBe(digits);
});

test.each([
  ["WO-1012", { order: 1012, invoice: null, estimate: null }],
  ["wo 1012", { order: 1012, invoice: null, estimate: null }],
  ["INV-77", { order: null, invoice: 77, estimate: null }],
  ["E-12", { order: null, invoice: null, estimate: 12 }],
  ["1012", { order: 1012, invoice: 1012, estimate: 1012 }],
  ["  ab-123  45 ", { text: "ab-123 45", compact: "AB12345", order: null, vin: "AB12345", phone: null }],
  ["104233", { order: 104233, vin: "104233", phone: null }],
  ["1XKAD49X 9J104233", { vin: "1XKAD49X9J104233", order: null }],
  ["555-0100", { phone: "5550100" }],
  ["(555) 010-2000", { phone: "5550102000" }],
  ["42", { vin: null, phone: null }],
  ["hose 3/4", { vin: null, phone: null, lower: "hose 3/4" }],
])("%j is read as %j", (typed, parts) => {
  expect(parseSearch(typed)).toMatchObject(parts);
});

test("nothing typed is no search, and what is too long is cut", () => {
  expect(parseSearch("   ")).toBeNull();
  expect(parseSearch("x".repeat(500))?.text).toHaveLength(60);
});
