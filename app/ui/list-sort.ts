import { type Direction, type ListOrder, orderParams } from "~/kernel/list-order";

type Sort = { to: string; order?: "ascending" | "descending" };

/** The address of a list by its filter and search, its order, and what else is asked for, such as the place of a page. */
export const listAddress = (narrowed: Readonly<Record<string, string>>, order: ListOrder | null, more: Readonly<Record<string, string>> = {}): string =>
  `?${new URLSearchParams({ ...narrowed, ...orderParams(order), ...more })}`;

/**
 * The headings of a list that it can be ordered by, as links that keep its filter and search: one that it is ordered by
 * turns it around. @param keep of the address @param shown how the list is ordered now
 */
export const columnSorts =
  <Name extends string>(keep: Readonly<Record<string, string>>, shown: ListOrder<Name> | null) =>
  (by: Name, first: Direction = "asc"): Sort => {
    const now = shown?.by === by ? shown.direction : null;
    const direction = now === null ? first : now === "asc" ? "desc" : "asc";
    const order = now === null ? {} : { order: now === "asc" ? ("ascending" as const) : ("descending" as const) };
    return { to: listAddress(keep, { by, direction }), ...order };
  };
