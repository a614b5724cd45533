import { csvLine } from "~/kernel/csv";

type Cell = string | number | null;
/** A record of a list: cells for CSV, and additional fields for JSON. */
export type ExportRow = { cells: Readonly<Record<string, Cell>>; more?: Readonly<Record<string, unknown>> };
/** A list that can be read twice, once for CSV and once for JSON. */
export type ExportList = { name: string; columns: readonly string[]; rows(): AsyncIterable<ExportRow> };

export const csvHead = ({ columns }: ExportList): string => csvLine(columns);
export const csvRow = ({ columns }: ExportList, { cells }: ExportRow): string => csvLine(columns.map((column) => cells[column] ?? null));
export const jsonRow = ({ cells, more }: ExportRow): string => JSON.stringify({ ...cells, ...more });

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
