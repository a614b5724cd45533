import type { WorkOrderState } from "./work-order";

/** What the list of orders can be narrowed to; the first is what it opens with. */
export const orderFilters = {
  current: { label: "In the shop", states: ["draft", "open", "in-progress", "on-hold"] },
  mine: { label: "Mine", states: ["draft", "open", "in-progress", "on-hold"] },
  completed: { label: "Completed", states: ["completed"] },
  invoiced: { label: "Invoiced", states: ["invoiced"] },
  cancelled: { label: "Cancelled", states: ["cancelled"] },
  all: { label: "All", states: null },
} as const satisfies Record<string, { label: string; states: readonly WorkOrderState[] | null }>;

export type OrderFilter = keyof typeof orderFilters;
export const filterNames = Object.keys(orderFilters) as OrderFilter[]; // the table's own keys

export const parseFilter = (text: string | null): OrderFilter => filterNames.find((name) => name === text) ?? "current";
