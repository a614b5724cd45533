import type { RevisionState } from "./revision";

const WITH_CUSTOMER = "It is with the customer. Revise it to change it.";
const ANSWERED = "It is answered. Revise it to change it.";
const AGREED = "It is approved, and the work is agreed on. Write a new estimate for anything more.";
const REPLACED = "A newer revision has taken its place.";
const NOT_SENT = "It has not been sent yet.";
const STILL_DRAFT = "It is a draft: change it as it is.";
const APPROVED_ALREADY = "It is approved already.";
const PARTLY_ALREADY = "It is answered already: some lines were approved.";
const DECLINED_ALREADY = "It was declined already. Ask the shop to send it again.";
const CHANGES_ALREADY = "Changes were asked for. The shop sends it again.";

export type Who = "staff" | "customer";
type Row = Record<RevisionState, true | string>;
const whenAnswering: Row = {
  draft: NOT_SENT,
  sent: true,
  approved: APPROVED_ALREADY,
  "partially-approved": PARTLY_ALREADY,
  declined: DECLINED_ALREADY,
  "changes-requested": CHANGES_ALREADY,
  superseded: REPLACED,
};
const writing: Row = {
  draft: true,
  sent: WITH_CUSTOMER,
  approved: AGREED,
  "partially-approved": AGREED,
  declined: ANSWERED,
  "changes-requested": ANSWERED,
  superseded: REPLACED,
};
/** The life cycle: what may be done to a revision in each state and by whom, and otherwise the reason why not. */
export const lifeCycle = {
  write: { who: ["staff"], from: writing },
  send: { who: ["staff"], from: writing },
  revise: {
    who: ["staff"],
    from: { draft: STILL_DRAFT, sent: true, approved: AGREED, "partially-approved": AGREED, declined: true, "changes-requested": true, superseded: REPLACED },
  },
  view: { who: ["customer"], from: { ...whenAnswering, approved: true, "partially-approved": true, declined: true, "changes-requested": true } },
  "ask-colleague": { who: ["customer"], from: whenAnswering },
  answer: { who: ["customer", "staff"], from: whenAnswering },
} as const satisfies Record<string, { who: readonly Who[]; from: Row }>;
export type Action = keyof typeof lifeCycle;

/** True, or the reason why this cannot be done to a revision in that state. */
export const can = (action: Action, state: RevisionState): true | string => lifeCycle[action].from[state];

export const isAgreed = (state: RevisionState): boolean => state === "approved" || state === "partially-approved";
