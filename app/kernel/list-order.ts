export type Direction = "asc" | "desc";

/** The order that somebody chose for a list: by which of its columns, and which way. */
export type ListOrder<Name extends string = string> = { by: Name; direction: Direction };

/** The place of a row in an ordered list, as the values that it is ordered by; the next page starts after it. */
export type Place = readonly (string | number)[];

/** The order that an address asks for (`?sort=due&dir=desc`), or null for the list's usual one. */
export function parseOrder<Name extends string>(search: URLSearchParams, names: readonly Name[]): ListOrder<Name> | null {
  const by = names.find((name) => name === search.get("sort"));
  return by === undefined ? null : { by, direction: search.get("dir") === "desc" ? "desc" : "asc" };
}

/** An order as an address has it. */
export const orderParams = (order: ListOrder | null): Record<string, string> => (order ? { sort: order.by, dir: order.direction } : {});

const MOST_VALUES = 4;
const isPlace = (values: unknown): values is Place =>
  Array.isArray(values) && values.length <= MOST_VALUES && values.every((value) => typeof value === "string" || Number.isSafeInteger(value));

/** A place as an address has it; anything else is the first page. */
export function parsePlace(text: string | null): Place | null {
  let values: unknown;
  try {
    values = JSON.parse(text ?? "");
  } catch {
    return null;
  }
  return isPlace(values) ? values : null;
}

export const placeParams = (place: Place | null | undefined): Record<string, string> => (place ? { after: JSON.stringify(place) } : {});

/** What every list's address may ask for: a search, an order and a place. */
export function parseList<Name extends string>(search: URLSearchParams, names: readonly Name[]) {
  return { query: search.get("q") ?? "", order: parseOrder(search, names), after: parsePlace(search.get("after")) };
}
