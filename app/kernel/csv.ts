import { type Cents, moneyText } from "./money";

/** `figures`: a decimal number as it is to be written, which may be below zero. */
export type Cell = string | number | null | { figures: string };

/** Money with two decimals, that a spreadsheet adds up: a text with a minus would be taken for a formula. */
export const moneyCell = (amount: Cents): Cell => ({ figures: moneyText(amount) });

/** A spreadsheet runs what begins like this; an apostrophe before it makes it text. */
const FORMULA = /^[=+\-@\t\r]/;

/** One record of RFC 4180, with its line end. Texts cannot become formulas; numbers stay numbers. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(cellOf).join(",")}\r\n`;

function cellOf(cell: Cell): string {
  if (cell !== null && typeof cell === "object") return cell.figures;
  if (typeof cell !== "string") return cell === null ? "" : String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
