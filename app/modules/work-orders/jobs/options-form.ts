import { newId, parseId } from "~/kernel/ids";
import type { JobOption, JobOptions } from "../lines/job-options";

type Typed = Readonly<Record<string, string>>;
/** An option as form values. */
export type TypedOption = { id: string; name: string };

export const MOST_OPTIONS = 4;
/** As many as a shop usually offers: good, better, best. */
const USUAL = 3;
const LONGEST = 40;

export const optionField = (row: number, field: "id" | "name"): string => `option-${row}-${field}`;
export const PRESELECTED = "preselected";

const blank = (): TypedOption => ({ id: newId("option"), name: "" });
const padded = (rows: readonly TypedOption[], to: number): TypedOption[] => [...rows, ...Array.from({ length: Math.max(0, to - rows.length) }, blank)];

/** The rows a form starts with: the options that there are, and room for one more. */
export const firstOptions = (options: JobOptions | undefined): TypedOption[] =>
  padded(options?.list ?? [], Math.min(MOST_OPTIONS, Math.max(USUAL, (options?.list.length ?? 0) + 1)));

/** The rows of a refused form, as typed. */
export const typedOptions = (typed: Typed): TypedOption[] =>
  Array.from({ length: MOST_OPTIONS }, (_, row) => row)
    .filter((row) => optionField(row, "name") in typed)
    .map((row) => ({ id: typed[optionField(row, "id")] ?? "", name: typed[optionField(row, "name")] ?? "" }));

/** Those of the rows that were named. */
export const namedOptions = (rows: readonly TypedOption[]): JobOption[] =>
  rows.flatMap(({ id, name }) => {
    const known = parseId("option", id);
    return known && name.trim() !== "" ? [{ id: known, name: name.trim() }] : [];
  });

/** The options of a job from its form; null where it has none. Adds what is wrong to `fields`. */
export function readOptions(typed: Typed, fields: Record<string, string>): JobOptions | null {
  const rows = typedOptions(typed);
  const list = namedOptions(rows);
  const [first] = list;
  if (!first) return null;
  if (list.length === 1) fields[optionField(rows.findIndex(({ name }) => name.trim() === "") || 0, "name")] = "Name a second option, or clear the first.";
  for (const [row, { name }] of rows.entries()) {
    if (name.trim().length > LONGEST) fields[optionField(row, "name")] = `Use at most ${LONGEST} characters.`;
    if (name.trim() !== "" && rows.slice(0, row).some((one) => one.name.trim() === name.trim()))
      fields[optionField(row, "name")] = "Another option has this name already.";
  }
  return { list, preselected: list.find(({ id }) => id === typed[PRESELECTED])?.id ?? first.id };
}
