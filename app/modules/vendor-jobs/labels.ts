import { COMPLETE_INSTEAD } from "~/modules/work-orders/cancel";
import { can, isCalledOff, type JobState, keepingStates } from "./job-states";

export const jobNumber = (number: number): string => `V-${number}`;

/** Labels of a job's state for staff. */
export const stateLabels: Record<JobState, string> = {
  assigned: "Waiting for the vendor",
  accepted: "Accepted",
  declined: "Declined",
  recalled: "Recalled",
  "estimate-submitted": "Estimate needs your decision",
  "revision-requested": "Changes requested",
  approved: "Work approved",
  completed: "Done, invoice pending",
  invoiced: "Invoice needs your decision",
  disputed: "Invoice disputed",
  settled: "Settled",
  ending: "Canceled, final invoice pending",
  "called-off": "Canceled",
};

/** Labels for the vendor: what it has to do or is waiting for. */
export const vendorStateLabels: Record<JobState, string> = {
  assigned: "New: accept or decline",
  accepted: "Accepted",
  declined: "You declined",
  recalled: "Recalled by the shop",
  "estimate-submitted": "Estimate with the shop",
  "revision-requested": "Changes requested",
  approved: "Approved: do the work",
  completed: "Done: send the invoice",
  invoiced: "Invoice with the shop",
  disputed: "Invoice disputed",
  settled: "Invoice approved",
  ending: "Canceled: bill the work done so far",
  "called-off": "Canceled by the shop",
};

/** The vendor's tabs. Declined and recalled jobs are in none of them. */
export const tabs = {
  pending: ["assigned"],
  active: ["accepted", "estimate-submitted", "revision-requested", "approved", "disputed", "ending"],
  completed: ["completed", "invoiced", "settled", "called-off"],
} as const satisfies Record<string, readonly JobState[]>;
export type Tab = keyof typeof tabs;
export const tabOf = (state: JobState): Tab | null => (Object.keys(tabs) as Tab[]).find((tab) => (tabs[tab] as readonly JobState[]).includes(state)) ?? null; // the keys of the table above

/** Why this job keeps its order from being canceled: the vendor still works on it, or did its part. Null for a job that ended early. */
export function keepsOrder({ number, vendor, state, reason }: { number: number; vendor: string; state: JobState; reason: string }): string | null {
  if (!keepingStates.includes(state) || isCalledOff({ state, reason })) return null;
  if (state === "settled") return `${vendor} did ${jobNumber(number)}, which is part of this order. ${COMPLETE_INSTEAD}`;
  return can("recall", state) === true
    ? `${jobNumber(number)} is with ${vendor}. Recall it first.`
    : `${vendor} has accepted ${jobNumber(number)}. Cancel it first, or approve their invoice.`;
}

/** What somebody is asked before they complete an order with an open vendor job. */
export const completesAnyway = (open: { number: number; vendor: string }): string => `${stillOpen(open)}. Enter the reason to complete the order anyway.`;

export const stillOpen = ({ number, vendor }: { number: number; vendor: string }): string => `${jobNumber(number)} with ${vendor} is still open`;

/** How a job ended early. */
export const endedLabel = ({ state }: { state: JobState }, vendor: string): string =>
  state === "declined" ? `${vendor} declined` : state === "recalled" ? "Recalled" : "Canceled";
