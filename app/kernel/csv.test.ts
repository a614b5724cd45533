import fc from "fast-check";
import { expect, test } from "vitest";
import { csvLine, moneyCell } from "./csv";
import { toCents } from "./money";

test.each<[cells: Parameters<typeof csvLine>[0], line: string]>([
  [["plain", 12, null], "plain,12,\r\n"],
  [["a,b", 'say "hi"', "two\nlines", "cr\rhere"], '"a,b","say ""hi""","two\nlines","cr\rhere"\r\n'],
  [["", " ", "caf\u00e9"], ", ,caf\u00e9\r\n"],
  [[-5, 1e21], "-5,1e+21\r\n"],
  [[moneyCell(toCents(-50_00)), moneyCell(toCents(1_234_50)), moneyCell(toCents(-5))], "-50.00,1234.50,-0.05\r\n"],
  [[], "\r\n"],
])("%j", (cells, line) => expect(csvLine(cells)).toBe(line));

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://evil.test","x")'])("%j is no formula", (text) => {
  expect(parse(csvLine([text]))).toEqual([[`'${text}`]]);
});

test("any cell content reads back the same, and opens as text", () => {
  const piece = fc.oneof(fc.constantFrom('"', '""', ",", "\r", "\n", "\r\n", "=", "+", "-", "@", "\t", "'"), fc.string());
  const cell = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 4 }), (rows) => {
      const read = parse(rows.map(csvLine).join(""));
      expect(read.flat().filter((text) => /^[=+\-@\t\r]/.test(text))).toEqual([]);
      expect(read).toEqual(rows.map((row) => row.map((text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text))));
    }),
  );
});

/** A reader that knows only the grammar of RFC 4180. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  const row: string[] = [];
  for (let at = 0; at < text.length; ) {
    const [whole, quoted, plain, end] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(text.slice(at)) ?? [];
    if (whole === undefined) throw new Error(`not CSV at ${at}`);
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === "\r\n") rows.push(row.splice(0));
    at += whole.length;
  }
  if (row.length > 0) throw new Error("the last record does not end");
  return rows;
}
