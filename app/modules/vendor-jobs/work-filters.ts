import type { JobState } from "./job-states";

/** Filters of the staff's list of vendor jobs. */
export const workFilters = {
  decide: { label: "Needs your decision", states: ["estimate-submitted", "invoiced", "declined"], empty: "Nothing needs your decision" },
  waiting: {
    label: "Waiting for the vendor",
    states: ["assigned", "accepted", "revision-requested", "disputed", "ending"],
    empty: "Not waiting for any vendor",
  },
  working: { label: "In progress", states: ["approved", "completed"], empty: "No vendor work in progress" },
  owed: { label: "To pay", states: ["settled"], empty: "No approved invoice waits to be paid" },
  settled: { label: "Settled", states: ["settled", "called-off"], empty: "Nothing settled or canceled yet" },
  all: { label: "All", states: null, empty: "No outside work yet" },
} as const satisfies Record<string, { label: string; states: readonly JobState[] | null; empty: string }>;
export type WorkFilter = keyof typeof workFilters;
export const workFilterNames = Object.keys(workFilters) as WorkFilter[]; // the keys of the table above

export const parseWorkFilter = (text: string | null): WorkFilter => workFilterNames.find((name) => name === text) ?? "all";
