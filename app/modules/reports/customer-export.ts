import { csvLine } from "~/kernel/csv";
import { type BasisPoints, type Cents, moneyText, percentText, type Quantity, quantityText } from "~/kernel/money";

type Cell = string | number | null;
/** A record of a list: cells for CSV, and additional fields for JSON. */
export type ExportRow = { cells: Readonly<Record<string, Cell>>; more?: Readonly<Record<string, unknown>> };
/** A list that can be read twice, once for CSV and once for JSON. */
export type ExportList = { name: string; columns: readonly string[]; rows(): AsyncIterable<ExportRow> };

export const csvHead = ({ columns }: ExportList): string => csvLine(columns);
export const csvRow = ({ columns }: ExportList, { cells }: ExportRow): string => csvLine(columns.map((column) => cells[column] ?? null));
export const jsonRow = ({ cells, more }: ExportRow): string => JSON.stringify({ ...cells, ...more });

/** How the numbers of a document's contents are written, by the name of their field. */
const asMoney = (value: number): string => moneyText(value as Cents); // the fields named below hold whole cents, basis points and thousandths
const asRate = (value: number): string => percentText(value as BasisPoints);
const written: Readonly<Record<string, (value: number) => string>> = {
  ...Object.fromEntries(["price", "each", "deposit", "approvedBefore", "most", "amount"].map((name) => [name, asMoney])),
  rate: asRate,
  discount: asRate,
  quantity: (value) => quantityText(value as Quantity),
};
/** Of these every number is one of a kind. */
const whole: typeof written = { charges: asMoney, tax: asRate };

/** The contents of a document with amounts, rates in percent and quantities as decimal text; other numbers stay as they are. */
export function inDecimals(value: unknown, write: ((value: number) => string) | undefined = undefined): unknown {
  if (typeof value === "number") return write ? write(value) : value;
  if (Array.isArray(value)) return value.map((one) => inDecimals(one, write));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, its]) => [name, inDecimals(its, typeof its === "object" ? whole[name] : (write ?? written[name]))]),
  );
}

/** Makes file names in a folder unique: the second "photo.jpg" becomes "photo (2).jpg". */
export function namesApart(): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    const [, stem = name, ending = ""] = /^(.*?)(\.[^.]{1,8})?$/.exec(name) ?? [];
    let free = name;
    for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${stem} (${n})${ending}`;
    taken.add(free.toLowerCase());
    return free;
  };
}

/** One step of a path in an archive: a unit's number or a file's name may hold anything that somebody typed, so also "../". */
export const onePlace = (name: string): string => {
  const plain = name.replace(/[\\/:*?"<>|\p{Cc}\p{Cf}]/gu, "_");
  return /^[.\s]*$/.test(plain) ? "_" : plain;
};
