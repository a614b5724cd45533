/** What the list can be narrowed to. An estimate that is being revised stands under Draft and under where its offer stands. */
export const estimateFilters = {
  draft: { label: "Draft", empty: "Nothing is being written" },
  waiting: { label: "Waiting", empty: "No customer has anything to answer" },
  answered: { label: "Answered", empty: "No answers yet" },
  expired: { label: "Expired", empty: "Nothing ran out unanswered" },
  all: { label: "All", empty: "No estimates yet" },
} as const;

export type EstimateFilter = keyof typeof estimateFilters;
export const filterNames = Object.keys(estimateFilters) as EstimateFilter[]; // the table's own keys
export const parseFilter = (text: string | null): EstimateFilter => filterNames.find((name) => name === text) ?? "all";
