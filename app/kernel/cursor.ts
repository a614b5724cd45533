import { type Id, parseId, type RecordKind } from "./ids";

/** The place of a row in a list that is sorted by a number and then by id; the next page starts after it. */
export type Cursor<K extends RecordKind> = { at: number; id: Id<K> };

/** Reads a place as an address has it: "1893456000-wo_…" or, below zero, "-2000-cus_…". */
export function readCursor<K extends RecordKind>(text: string | null, kind: K): Cursor<K> | null {
  const [, at, rest] = /^(-?\d{1,15})-(.+)$/.exec(text ?? "") ?? [];
  const id = parseId(kind, rest);
  return at && id ? { at: Number(at), id } : null;
}
