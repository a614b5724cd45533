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

/** The life cycle: what may be done in each state and by whom, and otherwise the reason why not. */
export type Who = "staff" | "vendor";
type Row = Record<JobState, true | string>;
const reasons: Row = {
  assigned: "The job is not accepted yet.",
  accepted: "The job is accepted, and nothing waits for a decision.",
  declined: "The vendor declined this job.",
  recalled: "The shop took this job back.",
  "estimate-submitted": "An estimate waits for the shop's decision.",
  "revision-requested": "The estimate was sent back for changes.",
  approved: "The estimate is approved, and the work is under way.",
  completed: "The work is done.",
  invoiced: "The invoice waits for the shop's decision.",
  disputed: "The invoice is disputed.",
  settled: "The invoice is approved.",
  ending: "The shop called this job off: all that is still to come is one invoice for the work done so far.",
  "called-off": "The shop called this job off.",
};
const row = (own: Partial<Row>): Row => ({ ...reasons, ...own });
const ACCEPTED = "The job is accepted already.";
const UNDER_WAY = "The vendor has accepted it. Send a message instead.";
export const NO_ESTIMATE = "There is no estimate to decide on: the vendor took it back, or has not sent one.";
export const NO_INVOICE = "There is no invoice to decide on: the vendor took it back, or has not sent one.";
export const NOTHING_SENT = "There is no invoice to take back.";
const FIRST_APPROVED = "The estimate has to be approved first.";
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
    from: row({ declined: true, recalled: true, "called-off": true, assigned: "It is with the vendor. Take it back first.", ...under(UNDER_WAY) }),
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
      assigned: "Nobody has accepted it yet. Take it back instead.",
      invoiced: "The invoice waits for your decision. Approve or dispute it first.",
      settled: "The invoice is approved: there is nothing left to call off.",
      "called-off": "It is called off already.",
    }),
  },
  "submit-estimate": { who: "vendor", from: row({ accepted: true, "revision-requested": true }) },
  withdraw: {
    who: "vendor",
    from: row({ "estimate-submitted": true, approved: "The shop has approved it already.", accepted: "There is no estimate to take back." }),
  },
  "approve-estimate": { who: "staff", from: row({ "estimate-submitted": true, accepted: NO_ESTIMATE, approved: "It is approved already." }) },
  "decline-estimate": { who: "staff", from: row({ "estimate-submitted": true, accepted: NO_ESTIMATE, approved: "It is approved already." }) },
  complete: {
    who: "vendor",
    from: row({
      accepted: true,
      approved: true,
      "estimate-submitted": FIRST_APPROVED,
      "revision-requested": FIRST_APPROVED,
      completed: "It is marked complete already.",
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
      disputed: "The shop disputes it already. Put it right and send it again.",
      settled: "The shop has approved it already.",
    }),
  },
  "approve-invoice": {
    who: "staff",
    from: row({
      invoiced: true,
      completed: NO_INVOICE,
      ending: NO_INVOICE,
      disputed: "It is disputed: the vendor sends it again.",
      settled: "It is approved already.",
    }),
  },
  dispute: {
    who: "staff",
    from: row({
      invoiced: true,
      completed: NO_INVOICE,
      ending: NO_INVOICE,
      disputed: "It is disputed already.",
      settled: "It is approved. Reverse that first.",
    }),
  },
  reverse: { who: "staff", from: row({ settled: true, invoiced: "It is not approved." }) },
} as const satisfies Record<string, { who: Who; from: Row }>;
export type Action = keyof typeof lifeCycle;

/** True, or the reason why this cannot be done to a job in that state. */
export const can = (action: Action, state: JobState): true | string => lifeCycle[action].from[state];

/** Whether the vendor has anything to say to a job as it stands. */
export const awaitsVendor = (state: JobState): boolean => Object.values(lifeCycle).some(({ who, from }) => who === "vendor" && from[state] === true);
/** It never became this vendor's: it keeps the fact, and reads nothing more. */
export const isClosedTo = (state: JobState): boolean => state === "declined" || state === "recalled";
/** Its part in the order is done: what comes to the order later is not for it. */
export const isWorkDone = (state: JobState): boolean =>
  state === "completed" || state === "invoiced" || state === "disputed" || state === "settled" || state === "ending" || state === "called-off";
/** The vendor still has to answer it, or to work on it. */
export const isUnderWay = (state: JobState): boolean => !isClosedTo(state) && !isWorkDone(state);
/** Whether messages and files still come to it. */
export const canAdd = (state: JobState): true | string => (isClosedTo(state) || state === "called-off" ? reasons[state] : true);
/** The shop does not want the work any more; its last invoice may still be on the way, or settled by now. */
export const isCalledOff = ({ state, reason }: { state: JobState; reason: string }): boolean => reason !== "" && !isClosedTo(state);
