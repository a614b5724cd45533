import type { Id } from "~/kernel/ids";

export const jobStates = [
  "assigned",
  "accepted",
  "declined",
  "recalled",
  "estimate-submitted",
  "revision-requested",
  "approved",
  "completed",
  "invoiced",
  "disputed",
  "settled",
  "ending",
  "called-off",
] as const;
export type JobState = (typeof jobStates)[number];

/** Who can do what in each state, or the reason why not. */
export type Who = "staff" | "vendor";
type Row = Record<JobState, true | string>;
const reasons: Row = {
  assigned: "The job isn't accepted yet.",
  accepted: "The job is accepted, and there's nothing to decide.",
  declined: "The vendor declined this job.",
  recalled: "The shop recalled this job.",
  "estimate-submitted": "The estimate is waiting for the shop's decision.",
  "revision-requested": "The estimate was sent back for changes.",
  approved: "The estimate is approved, and work is under way.",
  completed: "The work is done.",
  invoiced: "The invoice is waiting for the shop's decision.",
  disputed: "The invoice is disputed.",
  settled: "The invoice is approved.",
  ending: "The shop canceled this job. You can still send one invoice for the work done so far.",
  "called-off": "The shop canceled this job.",
};
const row = (own: Partial<Row>): Row => ({ ...reasons, ...own });
const ACCEPTED = "The job is already accepted.";
const UNDER_WAY = "The vendor has accepted it. Send a message instead.";
export const NO_ESTIMATE = "There's no estimate to decide on. The vendor withdrew it or hasn't sent one.";
export const NO_INVOICE = "There's no invoice to decide on. The vendor withdrew it or hasn't sent one.";
export const NOTHING_SENT = "There's no invoice to withdraw.";
const FIRST_APPROVED = "The estimate must be approved first.";
const under = (reason: string): Partial<Row> => ({
  accepted: reason,
  "estimate-submitted": reason,
  "revision-requested": reason,
  approved: reason,
  completed: reason,
  invoiced: reason,
  disputed: reason,
  settled: reason,
});

export const lifeCycle = {
  accept: { who: "vendor", from: row({ assigned: true, ...under(ACCEPTED) }) },
  decline: { who: "vendor", from: row({ assigned: true, ...under("The job is accepted. Send the shop a message instead.") }) },
  recall: { who: "staff", from: row({ assigned: true, ...under(UNDER_WAY) }) },
  reassign: {
    who: "staff",
    from: row({ declined: true, recalled: true, "called-off": true, assigned: "The job is with a vendor. Recall it first.", ...under(UNDER_WAY) }),
  },
  "call-off": {
    who: "staff",
    from: row({
      accepted: true,
      "estimate-submitted": true,
      "revision-requested": true,
      approved: true,
      completed: true,
      disputed: true,
      ending: true,
      assigned: "The vendor hasn't accepted it yet. Recall it instead.",
      invoiced: "The invoice is waiting for your decision. Approve or dispute it first.",
      settled: "The invoice is approved, so there's nothing left to cancel.",
      "called-off": "This job is already canceled.",
    }),
  },
  /** After an approval it is an addition, which waits beside the approved estimate; see `allowed`. */
  "submit-estimate": { who: "vendor", from: row({ accepted: true, "revision-requested": true, approved: true }) },
  withdraw: {
    who: "vendor",
    from: row({ "estimate-submitted": true, approved: true, accepted: "There's no estimate to withdraw." }),
  },
  "approve-estimate": { who: "staff", from: row({ "estimate-submitted": true, approved: true, accepted: NO_ESTIMATE }) },
  "decline-estimate": { who: "staff", from: row({ "estimate-submitted": true, approved: true, accepted: NO_ESTIMATE }) },
  complete: {
    who: "vendor",
    from: row({
      accepted: true,
      approved: true,
      "estimate-submitted": FIRST_APPROVED,
      "revision-requested": FIRST_APPROVED,
      completed: "It's already marked complete.",
    }),
  },
  "submit-invoice": {
    who: "vendor",
    from: row({ completed: true, disputed: true, ending: true, accepted: "Mark the job complete first.", approved: "Mark the job complete first." }),
  },
  "withdraw-invoice": {
    who: "vendor",
    from: row({
      invoiced: true,
      completed: NOTHING_SENT,
      ending: NOTHING_SENT,
      disputed: "The shop disputed this invoice. Correct it and send it again.",
      settled: "The shop already approved it.",
    }),
  },
  "approve-invoice": {
    who: "staff",
    from: row({
      invoiced: true,
      completed: NO_INVOICE,
      ending: NO_INVOICE,
      disputed: "It's disputed. Wait for the vendor to send it again.",
      settled: "It's already approved.",
    }),
  },
  dispute: {
    who: "staff",
    from: row({
      invoiced: true,
      completed: NO_INVOICE,
      ending: NO_INVOICE,
      disputed: "It's already disputed.",
      settled: "It's approved. Reverse the approval first.",
    }),
  },
  reverse: { who: "staff", from: row({ settled: true, invoiced: "It isn't approved." }) },
  "mark-paid": { who: "staff", from: row({ settled: true, invoiced: "Approve the invoice first." }) },
  "remove-paid": { who: "staff", from: row({ settled: true }) },
} as const satisfies Record<string, { who: Who; from: Row }>;
export type Action = keyof typeof lifeCycle;

/** True, or the reason why the action is refused in that state. */
export const can = (action: Action, state: JobState): true | string => lifeCycle[action].from[state];

/** Whether the vendor can do anything in this state. */
export const awaitsVendor = (state: JobState): boolean => Object.values(lifeCycle).some(({ who, from }) => who === "vendor" && from[state] === true);
/** The vendor never took the job: it still sees that it had the offer, and nothing else. */
export const isClosedTo = (state: JobState): boolean => state === "declined" || state === "recalled";
/** The jobs that no vendor took: what is on their lines waits for somebody else. */
export const refusedJobs = (jobs: readonly { id: Id<"vendorJob">; state: JobState }[]): ReadonlySet<string> =>
  new Set(jobs.filter(({ state }) => isClosedTo(state)).map(({ id }) => id));
/** A job in these states keeps its order from being canceled, unless the shop canceled the job: the vendor works on it, or did it. */
export const keepingStates = jobStates.filter((state) => !isClosedTo(state));
/** The vendor's part in the order is done: later additions to the order are not visible to it. */
export const isWorkDone = (state: JobState): boolean =>
  state === "completed" || state === "invoiced" || state === "disputed" || state === "settled" || state === "ending" || state === "called-off";
/** The vendor still has to answer or do the work. */
export const isUnderWay = (state: JobState): boolean => !isClosedTo(state) && !isWorkDone(state);
/** Whether messages and files can still be added. */
export const canAdd = (state: JobState): true | string => (isClosedTo(state) || state === "called-off" ? reasons[state] : true);
/** The shop canceled the job; a final invoice may be pending or settled. */
export const isCalledOff = ({ state, reason }: { state: JobState; reason: string }): boolean => reason !== "" && !isClosedTo(state);
