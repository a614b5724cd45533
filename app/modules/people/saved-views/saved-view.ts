export const savedLists = ["work-orders", "estimates", "invoices", "assets", "customers", "inspections"] as const;
/** A staff list that a person can save views of. */
export type SavedList = (typeof savedLists)[number];

/** A filter, search and order of a list, under a name that its person gave it. */
export type SavedView = { name: string; search: string };

export const MOST_VIEWS = 12;
export const MOST_NAME = 40;
const MOST_SEARCH = 300;
/** What of a list's address is saved; which page it was is not. */
const KEPT = ["show", "age", "q", "sort", "dir"];

export const parseSavedList = (text: string | null): SavedList | null => savedLists.find((list) => list === text) ?? null;

/** The part of an address that a view has, always written alike; null if there is nothing to save. */
export function viewSearch(text: string): string | null {
  const given = new URLSearchParams(text);
  if (given.get("sort") && !given.get("dir")) given.set("dir", "asc");
  const kept = new URLSearchParams(KEPT.flatMap((key) => (given.get(key) ? [[key, given.get(key) ?? ""]] : [])));
  const search = `${kept}`;
  return search === "" || search.length > MOST_SEARCH ? null : search;
}
