import { csvLine } from "~/kernel/csv";

type Cell = string | number | null;
/** One record of a list: what a spreadsheet shows of it, and what a program may want besides. */
export type ExportRow = { cells: Readonly<Record<string, Cell>>; more?: Readonly<Record<string, unknown>> };
/** A list that goes out twice, as CSV and as JSON; it can be walked again. */
export type ExportList = { name: string; columns: readonly string[]; rows(): AsyncIterable<ExportRow> };

export const csvHead = ({ columns }: ExportList): string => csvLine(columns);
export const csvRow = ({ columns }: ExportList, { cells }: ExportRow): string => csvLine(columns.map((column) => cells[column] ?? null));
export const jsonRow = ({ cells, more }: ExportRow): string => JSON.stringify({ ...cells, ...more });

/** Gives each file of a folder a name of its own: of two of one name the second is "photo (2).jpg". */
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
