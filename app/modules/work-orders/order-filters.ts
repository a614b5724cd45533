import type { WorkOrderState } from "./work-order";
import { runningStates } from "./work-order";

/** Filters of the list of work orders; the first is the default, without drafts that nobody asked for and whose unit isn't here. */
export const orderFilters = {
  current: { label: "Open", states: runningStates },
  mine: { label: "Mine", states: runningStates },
  draft: { label: "Draft", states: ["draft"] },
  completed: { label: "Completed", states: ["completed"] },
  invoiced: { label: "Invoiced", states: ["invoiced"] },
  canceled: { label: "Canceled", states: ["canceled"] },
  all: { label: "All", states: null },
} as const satisfies Record<string, { label: string; states: readonly WorkOrderState[] | null }>;

export type OrderFilter = keyof typeof orderFilters;
export const filterNames = Object.keys(orderFilters) as OrderFilter[]; // the keys of the table above

/** A search that names no filter looks everywhere. */
export const defaultFilter = (query: string): OrderFilter => (query ? "all" : "current");
export const parseFilter = (text: string | null, query: string): OrderFilter => filterNames.find((name) => name === text) ?? defaultFilter(query);
