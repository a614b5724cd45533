import type { Id } from "~/kernel/ids";
import { type BasisPoints, type Cents, portion, sumCents, toCents } from "~/kernel/money";
import { err, never, ok, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { type Bill, billTotal } from "./bill";
import { type Budget, type Weighed, weighed } from "./budget";

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

/** What a vendor is asked for. `title` and `instructions` are the vendor's to read; the limit is the shop's own. */
export type Brief = {
  title: string;
  instructions: string;
  /** The shop's calendar day. */
  dueDay: string | null;
  notToExceed: Cents | null;
  needsEstimate: boolean;
  sharesCustomer: boolean;
};

type Said = { at: UtcMs; by: string };
/** A numbered estimate of a vendor's. What was sent stays as it was sent. */
export type EstimateRevision = {
  revision: number;
  /** Lapsed where the shop called the job off before it had decided. */
  state: "submitted" | "withdrawn" | "declined" | "approved" | "lapsed";
  bill: Bill;
  submitted: Said;
  decided: (Said & { feedback: string; override: string }) | null;
};

/** One submission of a vendor's invoice: disputed or taken back, it is sent again under the next number. */
export type InvoiceSubmission = {
  submission: number;
  state: "submitted" | "withdrawn" | "disputed" | "approved";
  /** The vendor's own invoice number. */
  reference: string;
  bill: Bill;
  submitted: Said;
  decided: (Said & { reason: string; override: string }) | null;
};

/** What an approved invoice costs the order, and what takes it back: entries are added, never changed. */
export type CostEntry = {
  id: Id<"entry">;
  submission: number;
  /** Below zero where it takes a cost back. */
  amount: Cents;
  /** What the customer's line is sold at; the same sign as the amount. */
  price: Cents;
  reverses: Id<"entry"> | null;
  why: string;
  at: UtcMs;
  by: string;
};

/** One assignment of outside work to one vendor, with all that a decision about it needs. */
export type VendorJob = Brief & {
  id: Id<"vendorJob">;
  number: number;
  workOrderId: Id<"workOrder">;
  assetId: Id<"asset">;
  vendorId: Id<"vendor">;
  state: JobState;
  stateSince: UtcMs;
  /** Why it was declined, taken back or called off; empty where it was none of them. */
  reason: string;
  /** The assignment that it took the place of, and the one that took its place. */
  earlierId: Id<"vendorJob"> | null;
  laterId: Id<"vendorJob"> | null;
  assignedBy: { id: string; name: string };
  version: number;
  estimates: readonly EstimateRevision[];
  invoices: readonly InvoiceSubmission[];
  costs: readonly CostEntry[];
};

/** The life cycle: what may be done in each state and by whom, and otherwise the reason why not. */
export type Who = "staff" | "vendor";
type Row = Record<JobState, true | string>;
const stands: Row = {
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
const row = (own: Partial<Row>): Row => ({ ...stands, ...own });
const ACCEPTED = "The job is accepted already.";
const UNDER_WAY = "The vendor has accepted it. Send a message instead.";
const NO_ESTIMATE = "There is no estimate to decide on: the vendor took it back, or has not sent one.";
const NO_INVOICE = "There is no invoice to decide on: the vendor took it back, or has not sent one.";
const NOTHING_SENT = "There is no invoice to take back.";
const FIRST_APPROVED = "The estimate has to be approved first.";
const under = (words: string): Partial<Row> => ({
  accepted: words,
  "estimate-submitted": words,
  "revision-requested": words,
  approved: words,
  completed: words,
  invoiced: words,
  disputed: words,
  settled: words,
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
/** Whether messages and files still come to it. */
export const canAdd = (state: JobState): true | string => (isClosedTo(state) || state === "called-off" ? stands[state] : true);
/** The shop does not want the work any more; its last invoice may still be on the way, or settled by now. */
export const isCalledOff = ({ state, reason }: Pick<VendorJob, "state" | "reason">): boolean => reason !== "" && !isClosedTo(state);

export const newestEstimate = ({ estimates }: Pick<VendorJob, "estimates">): EstimateRevision | null => estimates.at(-1) ?? null;
export const newestInvoice = ({ invoices }: Pick<VendorJob, "invoices">): InvoiceSubmission | null => invoices.at(-1) ?? null;
export const approvedEstimate = ({ estimates }: Pick<VendorJob, "estimates">): EstimateRevision | null =>
  estimates.findLast(({ state }) => state === "approved") ?? null;

/** What is promised to the vendor and not yet on an approved invoice: while a last invoice may come, that of a job called off too. */
export function committedOf(job: Pick<VendorJob, "state" | "estimates">): Cents {
  const approved = approvedEstimate(job);
  return approved && job.state !== "settled" && job.state !== "called-off" ? billTotal(approved.bill) : toCents(0);
}
/** What it has cost: approved invoices, less what was taken back. */
export const actualOf = ({ costs }: Pick<VendorJob, "costs">): Cents => sumCents(costs.map(({ amount }) => amount));

/** The cost that stands now; null where none was approved, or it was taken back. */
export function standingCost({ costs }: Pick<VendorJob, "costs">): CostEntry | null {
  const last = costs.at(-1);
  return last && last.reverses === null ? last : null;
}

/** How far an invoice is from what was approved; null where nothing was. */
export function varianceOf(job: Pick<VendorJob, "estimates" | "invoices">): Cents | null {
  const [approved, invoice] = [approvedEstimate(job), newestInvoice(job)];
  return approved && invoice ? toCents(billTotal(invoice.bill) - billTotal(approved.bill)) : null;
}

export const priceWith = (cost: Cents, markup: BasisPoints): Cents => toCents(cost + portion(cost, markup));

/**
 * `revision`, `submission` and `seen`, the job's version, are those of the page that somebody acted from: what came
 * later is not decided unseen. Without a `markup` the customer is charged nothing for it.
 */
export type Act =
  | { act: "accept" }
  | { act: "decline"; reason: string }
  | { act: "recall"; reason: string }
  | { act: "reassign"; to: Id<"vendorJob"> }
  /** `pays` for the work done so far: the vendor may send one invoice for it. */
  | { act: "call-off"; seen: number; reason: string; pays: boolean }
  | { act: "submit-estimate"; bill: Bill }
  | { act: "withdraw" }
  | { act: "approve-estimate"; revision: number; override: string }
  | { act: "decline-estimate"; revision: number; feedback: string }
  | { act: "complete"; note: string }
  | { act: "submit-invoice"; reference: string; bill: Bill }
  | { act: "withdraw-invoice" }
  | { act: "approve-invoice"; submission: number; varianceReason: string; override: string; markup: BasisPoints | null; entryId: Id<"entry"> }
  | { act: "dispute"; submission: number; reason: string }
  | { act: "reverse"; reason: string; entryId: Id<"entry"> };

export type Refusal =
  | { kind: "not-allowed"; words: string }
  | { kind: "incomplete"; field: string; words: string }
  | { kind: "over-budget"; over: readonly Weighed[] }
  | { kind: "stale" }
  | { kind: "not-found" };

/** How the journal tells that a vendor's work was done; nothing leads back from there. */
export const WORK_COMPLETED = "vendor work completed";
/** The same of a job that ended before its work was done. */
export const CALLED_OFF = "called off";

export type Change = { what: string; body: Record<string, unknown>; next: VendorJob };

/** `budgets` stand without this job's own part in them: what it adds is weighed against the rest. */
export type Circumstances = {
  now: UtcMs;
  who: Who;
  by: string;
  /** The vendor, where it has no portal and says by phone what staff write down; null where it answers itself. */
  speaksFor: string | null;
  budgets: readonly Budget[];
  /** Why the order's lines cannot change any more; null while they can. A cost still goes on it, without a price for the customer. */
  orderLocked: string | null;
};
type Decided = Result<Change, Refusal>;
const notAllowed = (words: string): Decided => err({ kind: "not-allowed", words });
const incomplete = (field: string, words: string): Decided => err({ kind: "incomplete", field, words });

export function decide(job: VendorJob, act: Act, at: Circumstances): Decided {
  const { who, from } = lifeCycle[act.act];
  const onBehalfOf = who === "vendor" && at.who === "staff" ? at.speaksFor : null;
  if (who !== at.who && onBehalfOf === null) return notAllowed(who === "vendor" ? "Only the vendor does this, in its own portal." : "Only the shop does this.");
  const allowed = from[job.state];
  if (allowed !== true) return notAllowed(allowed);
  const said: Said = { at: at.now, by: onBehalfOf === null ? at.by : `${at.by} for ${onBehalfOf}` };
  const to = (state: JobState, what: string, body: Record<string, unknown> = {}, more: Partial<VendorJob> = {}): Decided =>
    ok({
      what,
      body: onBehalfOf === null ? body : { ...body, onBehalfOf },
      next: { ...job, ...more, state, stateSince: state === job.state ? job.stateSince : at.now, version: job.version + 1 },
    });

  switch (act.act) {
    case "accept":
      return to("accepted", "vendor accepted");
    case "decline":
      return act.reason === ""
        ? incomplete("reason", "Say why, so that the shop knows.")
        : to("declined", "vendor declined", { why: act.reason }, { reason: act.reason });
    case "recall":
      return to("recalled", "taken back from the vendor", { why: act.reason }, { reason: act.reason });
    case "reassign":
      return job.laterId
        ? notAllowed("It was given to another vendor already.")
        : to(job.state, "given to another vendor", { to: act.to }, { laterId: act.to });
    case "call-off": {
      if (act.seen !== job.version) return err({ kind: "stale" });
      if (act.reason === "") return incomplete("reason", "Say why, so that the vendor knows.");
      const estimate = newestEstimate(job);
      const estimates = estimate?.state === "submitted" ? lastAs(job.estimates, { ...estimate, state: "lapsed" as const }) : job.estimates;
      return to(act.pays ? "ending" : "called-off", CALLED_OFF, { why: act.reason, pays: act.pays }, { reason: act.reason, estimates });
    }
    case "submit-estimate": {
      const wrong = wrongWith(act.bill);
      if (wrong) return incomplete("lines", wrong);
      const revision = (newestEstimate(job)?.revision ?? 0) + 1;
      const estimate: EstimateRevision = { revision, state: "submitted", bill: act.bill, submitted: said, decided: null };
      return to("estimate-submitted", "vendor estimate submitted", { revision, total: billTotal(act.bill) }, { estimates: [...job.estimates, estimate] });
    }
    case "withdraw": {
      const estimate = newestEstimate(job);
      if (!estimate) return notAllowed(NO_ESTIMATE);
      return to(
        "accepted",
        "vendor estimate withdrawn",
        { revision: estimate.revision },
        { estimates: lastAs(job.estimates, { ...estimate, state: "withdrawn" }) },
      );
    }
    case "approve-estimate": {
      const estimate = newestEstimate(job);
      if (estimate?.revision !== act.revision) return err({ kind: "stale" });
      const total = billTotal(estimate.bill);
      const over = overBudget(at.budgets, total);
      if (over.length > 0 && act.override === "") return err({ kind: "over-budget", over });
      const override = over.length > 0 ? act.override : "";
      const decided = { ...said, feedback: "", override };
      return to(
        "approved",
        "vendor estimate approved",
        { revision: act.revision, total, ...(override ? { override } : {}) },
        { estimates: lastAs(job.estimates, { ...estimate, state: "approved", decided }) },
      );
    }
    case "decline-estimate": {
      const estimate = newestEstimate(job);
      if (estimate?.revision !== act.revision) return err({ kind: "stale" });
      if (act.feedback === "") return incomplete("feedback", "Say what should be different, so that the vendor can change it.");
      const decided = { ...said, feedback: act.feedback, override: "" };
      return to(
        "revision-requested",
        "vendor estimate sent back",
        { revision: act.revision, why: act.feedback },
        { estimates: lastAs(job.estimates, { ...estimate, state: "declined", decided }) },
      );
    }
    case "complete":
      if (job.state === "accepted" && job.needsEstimate) return notAllowed("The shop wants an estimate first.");
      return to("completed", WORK_COMPLETED, act.note ? { note: act.note } : {});
    case "submit-invoice": {
      if (act.reference === "") return incomplete("reference", "Give your invoice's number.");
      const wrong = wrongWith(act.bill);
      if (wrong) return incomplete("lines", wrong);
      const submission = (newestInvoice(job)?.submission ?? 0) + 1;
      const invoice: InvoiceSubmission = { submission, state: "submitted", reference: act.reference, bill: act.bill, submitted: said, decided: null };
      return to(
        "invoiced",
        "vendor invoice submitted",
        { submission, reference: act.reference, total: billTotal(act.bill) },
        { invoices: [...job.invoices, invoice] },
      );
    }
    case "withdraw-invoice": {
      const invoice = newestInvoice(job);
      if (!invoice) return notAllowed(NOTHING_SENT);
      const { submission, reference } = invoice;
      return to(
        isCalledOff(job) ? "ending" : "completed",
        "vendor invoice withdrawn",
        { submission, reference },
        { invoices: lastAs(job.invoices, { ...invoice, state: "withdrawn" }) },
      );
    }
    case "approve-invoice":
      return approveInvoice(job, act, at, to);
    case "dispute": {
      const invoice = newestInvoice(job);
      if (invoice?.submission !== act.submission) return err({ kind: "stale" });
      if (act.reason === "") return incomplete("reason", "Say what is wrong with it, so that the vendor can put it right.");
      const decided = { ...said, reason: act.reason, override: "" };
      return to(
        "disputed",
        "vendor invoice disputed",
        { submission: act.submission, why: act.reason },
        { invoices: lastAs(job.invoices, { ...invoice, state: "disputed", decided }) },
      );
    }
    case "reverse": {
      const [invoice, cost] = [newestInvoice(job), standingCost(job)];
      if (!invoice || !cost) return notAllowed(NO_INVOICE);
      if (act.reason === "") return incomplete("reason", "Say why the approval is taken back.");
      if (at.orderLocked && cost.price !== 0) return notAllowed(`The customer's line for it stands on the work order. ${at.orderLocked}`);
      const { submission } = cost;
      const entry: CostEntry = {
        id: act.entryId,
        submission,
        amount: minus(cost.amount),
        price: minus(cost.price),
        reverses: cost.id,
        why: act.reason,
        ...said,
      };
      return to(
        "invoiced",
        "vendor invoice's approval reversed",
        { submission, amount: entry.amount, why: act.reason },
        { invoices: lastAs(job.invoices, { ...invoice, state: "submitted", decided: null }), costs: [...job.costs, entry] },
      );
    }
    default:
      return never(act);
  }
}

type To = (state: JobState, what: string, body?: Record<string, unknown>, more?: Partial<VendorJob>) => Decided;

/** What is above the approved estimate is seen and reasoned first, and what is above a budget is overridden by name. */
function approveInvoice(job: VendorJob, act: Extract<Act, { act: "approve-invoice" }>, at: Circumstances, to: To): Decided {
  const invoice = newestInvoice(job);
  if (invoice?.submission !== act.submission) return err({ kind: "stale" });
  // Never free by surprise: the page said so, or it is looked at again.
  if (at.orderLocked && act.markup !== null) return notAllowed(`The customer cannot be charged for it any more. ${at.orderLocked}`);
  const amount = billTotal(invoice.bill);
  const variance = varianceOf(job);
  if (variance !== null && variance > 0 && act.varianceReason === "")
    return incomplete("varianceReason", "It is above the approved estimate. Say why that is right, or dispute it.");
  const over = overBudget(at.budgets, amount);
  if (over.length > 0 && act.override === "") return err({ kind: "over-budget", over });
  const override = over.length > 0 ? act.override : "";
  const said: Said = { at: at.now, by: at.by };
  const reason = variance !== null && variance > 0 ? act.varianceReason : "";
  const { submission } = invoice;
  const cost: CostEntry = {
    id: act.entryId,
    submission,
    amount,
    price: act.markup === null ? toCents(0) : priceWith(amount, act.markup),
    reverses: null,
    why: reason,
    ...said,
  };
  return to(
    "settled",
    "vendor invoice approved",
    { submission, amount, price: cost.price, ...(variance ? { variance } : {}), ...(reason ? { why: reason } : {}), ...(override ? { override } : {}) },
    { invoices: lastAs(job.invoices, { ...invoice, state: "approved", decided: { ...said, reason, override } }), costs: [...job.costs, cost] },
  );
}

const overBudget = (budgets: readonly Budget[], more: Cents): Weighed[] => weighed(budgets, more).filter(({ level }) => level === "over");
const minus = (amount: Cents): Cents => toCents(0 - amount);
const lastAs = <T>(all: readonly T[], last: T): T[] => [...all.slice(0, -1), last];
const wrongWith = ({ lines }: Bill): string | null => (lines.length === 0 ? "Write at least one line: what it is and what it costs." : null);
