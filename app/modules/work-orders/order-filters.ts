import type { WorkOrderState } from "./work-order";
import { runningStates } from "./work-order";

/** Filters of the list of work orders; the first is the default. */
export const orderFilters = {
  current: { label: "In the shop", states: runningStates },
  mine: { label: "Mine", states: runningStates },
  completed: { label: "Completed", states: ["completed"] },
  invoiced: { label: "Invoiced", states: ["invoiced"] },
  canceled: { label: "Canceled", states: ["canceled"] },
  all: { label: "All", states: null },
} as const satisfies Record<string, { label: string; states: readonly WorkOrderState[] | null }>;

export type OrderFilter = keyof typeof orderFilters;
export const filterNames = Object.keys(orderFilters) as OrderFilter[]; // the keys of the table above

export const parseFilter = (text: string | null): OrderFilter => filterNames.find((name) => name === text) ?? "current";
