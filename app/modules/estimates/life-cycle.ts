import type { RevisionState } from "./revision";

const WITH_CUSTOMER = "This estimate is with the customer. Revise it to make changes.";
const ANSWERED = "The customer has answered. Revise it to make changes.";
const AGREED = "This estimate is approved. Create a new estimate for more work.";
const ANSWERED_ALL = "The customer declined this estimate. Create a new one from the work order to offer the work again.";
const WITHDRAWN = "The shop withdrew this estimate.";
const REPLACED = "A newer revision replaced this one.";
const NOT_SENT = "This estimate hasn't been sent yet.";
const STILL_DRAFT = "This is a draft. Edit it directly.";
const APPROVED_ALREADY = "This estimate is already approved.";
const PARTLY_ALREADY = "This estimate is already answered: some lines were approved.";
const DECLINED_ALREADY = "This estimate was already declined. Ask the shop to send it again.";
const CHANGES_ALREADY = "Changes were requested. The shop will send it again.";

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
  withdrawn: WITHDRAWN,
};
const writing: Row = {
  draft: true,
  sent: WITH_CUSTOMER,
  approved: AGREED,
  "partially-approved": AGREED,
  declined: ANSWERED_ALL,
  "changes-requested": ANSWERED,
  superseded: REPLACED,
  withdrawn: WITHDRAWN,
};
/** As long as the customer did not decide. */
const unanswered: Row = {
  draft: true,
  sent: true,
  approved: AGREED,
  "partially-approved": AGREED,
  declined: ANSWERED_ALL,
  "changes-requested": true,
  superseded: REPLACED,
  withdrawn: WITHDRAWN,
};
/** What can be done to a revision in each state and by whom, or the reason why not. */
export const lifeCycle = {
  write: { who: ["staff"], from: writing },
  send: { who: ["staff"], from: writing },
  "send-again": { who: ["staff"], from: whenAnswering },
  revise: { who: ["staff"], from: { ...unanswered, draft: STILL_DRAFT } },
  withdraw: { who: ["staff"], from: unanswered },
  view: { who: ["customer"], from: { ...whenAnswering, approved: true, "partially-approved": true, declined: true, "changes-requested": true } },
  "ask-colleague": { who: ["customer"], from: whenAnswering },
  answer: { who: ["customer", "staff"], from: whenAnswering },
} as const satisfies Record<string, { who: readonly Who[]; from: Row }>;
export type Action = keyof typeof lifeCycle;

/** True, or the reason why the action is refused in that state. */
export const can = (action: Action, state: RevisionState): true | string => lifeCycle[action].from[state];

export const isAgreed = (state: RevisionState): boolean => state === "approved" || state === "partially-approved";
