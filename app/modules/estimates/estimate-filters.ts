/** Filters of the list; the first is the default. An estimate being revised is listed under Draft and under the state of its latest sent revision. */
export const estimateFilters = {
  open: { label: "Open", empty: "No estimate waits for anyone" },
  draft: { label: "Draft", empty: "No drafts" },
  waiting: { label: "Waiting", empty: "No estimates are waiting for a customer" },
  answered: { label: "Answered", empty: "No answers yet" },
  expired: { label: "Expired", empty: "No estimates have expired" },
  all: { label: "All", empty: "No estimates yet" },
} as const;

export type EstimateFilter = keyof typeof estimateFilters;
export const filterNames = Object.keys(estimateFilters) as EstimateFilter[]; // the keys of the table above
/** A search that names no filter looks everywhere. */
export const defaultFilter = (query: string): EstimateFilter => (query ? "all" : "open");
export const parseFilter = (text: string | null, query: string): EstimateFilter => filterNames.find((name) => name === text) ?? defaultFilter(query);
