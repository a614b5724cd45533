export type Cell = string | number | null;

/** A spreadsheet runs what begins like this; an apostrophe before it makes it text. */
const FORMULA = /^[=+\-@\t\r]/;

/** One record of RFC 4180, with its line end. Texts cannot become formulas; numbers stay numbers. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(cellOf).join(",")}\r\n`;

function cellOf(cell: Cell): string {
  if (typeof cell !== "string") return cell === null ? "" : String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
