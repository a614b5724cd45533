import type { WorkOrderState } from "./work-order";

/** What the list of orders can be narrowed to; the first is what it opens with. */
export const orderFilters = {
  current: { word: "In the shop", states: ["draft", "open", "in-progress", "on-hold"] },
  mine: { word: "Mine", states: ["draft", "open", "in-progress", "on-hold"] },
  completed: { word: "Completed", states: ["completed"] },
  invoiced: { word: "Invoiced", states: ["invoiced"] },
  cancelled: { word: "Cancelled", states: ["cancelled"] },
  all: { word: "All", states: null },
} as const satisfies Record<string, { word: string; states: readonly WorkOrderState[] | null }>;

export type OrderFilter = keyof typeof orderFilters;
export const filterNames = Object.keys(orderFilters) as OrderFilter[]; // the table's own keys

export const parseFilter = (text: string | null): OrderFilter => filterNames.find((name) => name === text) ?? "current";
