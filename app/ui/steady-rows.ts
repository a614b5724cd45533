/** The rows of a list as they are shown while the pointer or the focus is on it, and what waits until it has left. */
export type Steady<Row> = { rows: readonly Row[]; waiting: number };

/**
 * Rows that are shown change in place, but none moves, comes or goes: what was aimed at stays under the pointer. `waiting`
 * counts the rows that are new, gone or elsewhere in `fresh`.
 */
export function steady<Row>(shown: readonly Row[], fresh: readonly Row[], keyOf: (row: Row) => string): Steady<Row> {
  const now = new Map(fresh.map((row) => [keyOf(row), row]));
  const before = new Set(shown.map(keyOf));
  const gone = shown.filter((row) => !now.has(keyOf(row))).length;
  const added = fresh.filter((row) => !before.has(keyOf(row))).length;
  const staying = shown.map(keyOf).filter((key) => now.has(key));
  const order = fresh.map(keyOf).filter((key) => before.has(key));
  const moved = staying.filter((key, place) => key !== order[place]).length;
  return { rows: shown.map((row) => now.get(keyOf(row)) ?? row), waiting: gone + added + moved };
}

export const NONE: ReadonlySet<string> = new Set();

/** The keys of rows that are new or differ from what was shown before. */
export function changedRows<Row>(before: readonly Row[], now: readonly Row[], keyOf: (row: Row) => string): ReadonlySet<string> {
  if (before === now) return NONE;
  const shown = new Map(before.map((row) => [keyOf(row), JSON.stringify(row)]));
  const changed = now.filter((row) => shown.get(keyOf(row)) !== JSON.stringify(row));
  return changed.length === 0 ? NONE : new Set(changed.map(keyOf));
}
