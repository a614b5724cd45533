import type { JobState } from "./job-states";

/** How the shop looks at outside work: what it has to decide, what it waits for, what is being done. */
export const workFilters = {
  decide: { label: "For you to decide", states: ["estimate-submitted", "invoiced", "declined"], empty: "Nothing waits for your decision" },
  waiting: {
    label: "Waiting for the vendor",
    states: ["assigned", "accepted", "revision-requested", "disputed", "ending"],
    empty: "No vendor owes you an answer",
  },
  working: { label: "In work", states: ["approved", "completed"], empty: "Nothing is in work at a vendor" },
  settled: { label: "Settled", states: ["settled", "called-off"], empty: "Nothing is settled or called off yet" },
  all: { label: "All", states: null, empty: "No outside work yet" },
} as const satisfies Record<string, { label: string; states: readonly JobState[] | null; empty: string }>;
export type WorkFilter = keyof typeof workFilters;
export const workFilterNames = Object.keys(workFilters) as WorkFilter[]; // the table's own keys

export const parseWorkFilter = (text: string | null): WorkFilter => workFilterNames.find((name) => name === text) ?? "all";
