import { asc, desc, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Direction, Place } from "~/kernel/list-order";

/**
 * What a query needs to give a list in an order, a page at a time. @param keys what it is ordered by; the last one
 * tells all rows apart, and none is null
 */
export function inOrder(keys: readonly SQLWrapper[], direction: Direction, after: Place | null) {
  const list = (values: readonly unknown[]) =>
    sql.join(
      values.map((value) => sql`${value}`),
      sql`, `,
    );
  return {
    orderBy: keys.map((key): SQL => (direction === "asc" ? asc(key) : desc(key))),
    place: sql`json_array(${list(keys)})`.mapWith((text: string): Place => JSON.parse(text)) as SQL<Place>,
    // An address with another order's place starts at the first page.
    after: after?.length === keys.length ? sql`(${list(keys)}) ${sql.raw(direction === "asc" ? ">" : "<")} (${list(after)})` : undefined,
  };
}

/** A page of at most so many rows, of one more than those that were read. */
export function pageOf<Row extends { place: Place }>(found: readonly Row[], most: number): { rows: Omit<Row, "place">[]; next: Place | null } {
  const rows = found.slice(0, most).map(({ place: _, ...row }) => row);
  return { rows, next: found.length > most ? (found[most - 1]?.place ?? null) : null };
}
