import type { JobState } from "./job-states";

/** How the shop looks at outside work: what it has to decide, what it waits for, what is being done. */
export const workFilters = {
  decide: { word: "For you to decide", states: ["estimate-submitted", "invoiced", "declined"], empty: "Nothing waits for your decision" },
  waiting: {
    word: "Waiting for the vendor",
    states: ["assigned", "accepted", "revision-requested", "disputed", "ending"],
    empty: "No vendor owes you an answer",
  },
  working: { word: "In work", states: ["approved", "completed"], empty: "Nothing is in work at a vendor" },
  settled: { word: "Settled", states: ["settled", "called-off"], empty: "Nothing is settled or called off yet" },
  all: { word: "All", states: null, empty: "No outside work yet" },
} as const satisfies Record<string, { word: string; states: readonly JobState[] | null; empty: string }>;
export type WorkFilter = keyof typeof workFilters;
export const workFilterNames = Object.keys(workFilters) as WorkFilter[]; // the table's own keys

export const parseWorkFilter = (text: string | null): WorkFilter => workFilterNames.find((name) => name === text) ?? "all";
