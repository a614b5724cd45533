import { can, isCalledOff, isClosedTo, type JobState } from "./job-states";

export const jobNumber = (number: number): string => `V-${number}`;

/** How a job stands, as the shop says it. */
export const stateLabels: Record<JobState, string> = {
  assigned: "Waiting for the vendor",
  accepted: "Accepted",
  declined: "Declined",
  recalled: "Taken back",
  "estimate-submitted": "Estimate to decide on",
  "revision-requested": "Sent back for changes",
  approved: "Work approved",
  completed: "Done, invoice to come",
  invoiced: "Invoice to decide on",
  disputed: "Invoice disputed",
  settled: "Settled",
  ending: "Called off, last invoice to come",
  "called-off": "Called off",
};

/** The same as the vendor reads it: what it has to do, or waits for. */
export const vendorStateLabels: Record<JobState, string> = {
  assigned: "New: accept or decline",
  accepted: "Accepted",
  declined: "You declined it",
  recalled: "Taken back by the shop",
  "estimate-submitted": "Estimate with the shop",
  "revision-requested": "The shop asks for changes",
  approved: "Approved: do the work",
  completed: "Done: send the invoice",
  invoiced: "Invoice with the shop",
  disputed: "Invoice disputed",
  settled: "Invoice approved",
  ending: "Called off: bill the work done so far",
  "called-off": "Called off by the shop",
};

/** Where a vendor finds a job. What it declined, or the shop took back, stands in none of them. */
export const tabs = {
  pending: ["assigned"],
  active: ["accepted", "estimate-submitted", "revision-requested", "approved", "disputed"],
  completed: ["completed", "invoiced", "settled", "ending", "called-off"],
} as const satisfies Record<string, readonly JobState[]>;
export type Tab = keyof typeof tabs;
export const tabOf = (state: JobState): Tab | null => (Object.keys(tabs) as Tab[]).find((tab) => (tabs[tab] as readonly JobState[]).includes(state)) ?? null; // the table's own keys

/** Why the order of a job cannot be cancelled, in words; null where its vendor has nothing to do with it any more. */
export function keepsOrder({ number, vendor, state, reason }: { number: number; vendor: string; state: JobState; reason: string }): string | null {
  if (isClosedTo(state) || isCalledOff({ state, reason }) || state === "settled") return null;
  return can("recall", state) === true
    ? `${jobNumber(number)} is with ${vendor}. Take it back first.`
    : `${vendor} has accepted ${jobNumber(number)}. Call it off first, or approve their invoice.`;
}

/** How a job came to an end before its time, in words. */
export const endedLabel = ({ state }: { state: JobState }, vendor: string): string =>
  state === "declined" ? `${vendor} declined` : state === "recalled" ? "Taken back" : "Called off";
