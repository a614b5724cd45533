import type { Id } from "~/kernel/ids";
import { type BasisPoints, type Cents, portion, sumCents, toCents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import { type VendorCharges, vendorChargesTotal } from "./invoicing/vendor-charges";
import { type Action, can, type JobState } from "./job-states";

/** What a vendor is asked to do. The vendor sees `title` and `instructions`; the limit is internal. */
export type Assignment = {
  title: string;
  instructions: string;
  /** Calendar day in the shop's time zone. */
  dueDay: string | null;
  notToExceed: Cents | null;
  needsEstimate: boolean;
  sharesCustomer: boolean;
};

/** When the shop paid the approved invoice, on its own calendar, and by what. */
export type VendorPayment = { day: string; reference: string; at: UtcMs; by: string };
export type DecisionStamp = { at: UtcMs; by: string };
/** A numbered vendor estimate. Its charges never change once sent. */
export type EstimateRevision = {
  revision: number;
  /** Lapsed if the shop canceled the job before deciding. */
  state: "submitted" | "withdrawn" | "declined" | "approved" | "lapsed";
  charges: VendorCharges;
  submitted: DecisionStamp;
  decided: (DecisionStamp & { feedback: string; override: string }) | null;
};

/** A submission of a vendor invoice. A disputed or withdrawn one is sent again under the next number. */
export type InvoiceSubmission = {
  submission: number;
  state: "submitted" | "withdrawn" | "disputed" | "approved";
  /** The vendor's own invoice number. */
  reference: string;
  charges: VendorCharges;
  submitted: DecisionStamp;
  decided: (DecisionStamp & { reason: string; override: string }) | null;
};

/** An entry of the cost ledger: an approved invoice or its reversal. Entries are added, never changed. */
export type CostEntry = {
  id: Id<"entry">;
  submission: number;
  /** Negative for a reversal. */
  amount: Cents;
  /** The customer's price; same sign as the amount. */
  price: Cents;
  reverses: Id<"entry"> | null;
  why: string;
  at: UtcMs;
  by: string;
};

/** An assignment to a vendor, with all that a decision about it needs. */
export type VendorJob = Assignment & {
  id: Id<"vendorJob">;
  number: number;
  workOrderId: Id<"workOrder">;
  assetId: Id<"asset">;
  /** The order's line that it is for. */
  lineId: Id<"line">;
  /** Other lines of the order that say what is asked; the vendor reads them without prices. */
  askedLines: readonly Id<"line">[];
  vendorId: Id<"vendor">;
  state: JobState;
  stateSince: UtcMs;
  /** Why it was declined, recalled or canceled; otherwise empty. */
  reason: string;
  /** The assignment it replaced, and the one that replaced it. */
  earlierId: Id<"vendorJob"> | null;
  laterId: Id<"vendorJob"> | null;
  assignedBy: { id: string; name: string };
  version: number;
  estimates: readonly EstimateRevision[];
  invoices: readonly InvoiceSubmission[];
  costs: readonly CostEntry[];
  paid: VendorPayment | null;
};

export const newestEstimate = ({ estimates }: Pick<VendorJob, "estimates">): EstimateRevision | null => estimates.at(-1) ?? null;
export const newestInvoice = ({ invoices }: Pick<VendorJob, "invoices">): InvoiceSubmission | null => invoices.at(-1) ?? null;
export const approvedEstimate = ({ estimates }: Pick<VendorJob, "estimates">): EstimateRevision | null =>
  estimates.findLast(({ state }) => state === "approved") ?? null;

type Estimated<E = Pick<EstimateRevision, "state">> = { state: JobState; estimates: readonly E[] };

/** A further estimate that waits for the shop, while the one approved before it holds. */
export function waitingAddition<E extends Pick<EstimateRevision, "state">>({ state, estimates }: Estimated<E>): E | null {
  const last = estimates.at(-1);
  return state === "approved" && last?.state === "submitted" ? last : null;
}
/** The estimate that needs the shop's decision. */
export const waitingEstimate = (job: Estimated<EstimateRevision>): EstimateRevision | null =>
  job.state === "estimate-submitted" ? newestEstimate(job) : waitingAddition(job);

const WAITS = "Your addition is waiting for the shop's decision.";
const withoutAddition: Partial<Record<Action, string>> = {
  withdraw: "The shop already approved it.",
  "approve-estimate": "It's already approved.",
  "decline-estimate": "It's already approved.",
};

/** True, or the reason why the action is refused: by the state, once approved by whether an addition waits, and once settled by whether it was paid. */
export function allowed(action: Action, job: Estimated & Partial<Pick<VendorJob, "paid">>): true | string {
  const byState = can(action, job.state);
  if (byState === true && action === "reverse" && job.paid) return "It's marked as paid. Remove that mark first.";
  if (byState === true && action === "mark-paid" && job.paid) return "It's already marked as paid.";
  if (byState === true && action === "remove-paid" && !job.paid) return "It isn't marked as paid.";
  if (byState !== true || job.state !== "approved") return byState;
  if (waitingAddition(job)) return action === "submit-estimate" ? WAITS : true;
  return withoutAddition[action] ?? true;
}

/** Approved and not yet on an approved invoice. A canceled job counts while its final invoice is pending. */
export function committedOf(job: Pick<VendorJob, "state" | "estimates">): Cents {
  const approved = approvedEstimate(job);
  return approved && job.state !== "settled" && job.state !== "called-off" ? vendorChargesTotal(approved.charges) : toCents(0);
}
/** Approved invoices less reversals. */
export const actualOf = ({ costs }: Pick<VendorJob, "costs">): Cents => sumCents(costs.map(({ amount }) => amount));

/** The cost that counts now; null if none was approved or it was reversed. */
export function currentCost({ costs }: Pick<VendorJob, "costs">): CostEntry | null {
  const last = costs.at(-1);
  return last && last.reverses === null ? last : null;
}

/** Difference between an invoice and the approved estimate; null if none was approved. */
export function varianceOf(job: Pick<VendorJob, "estimates" | "invoices">): Cents | null {
  const [approved, invoice] = [approvedEstimate(job), newestInvoice(job)];
  return approved && invoice ? toCents(vendorChargesTotal(invoice.charges) - vendorChargesTotal(approved.charges)) : null;
}

export const priceWith = (cost: Cents, markup: BasisPoints): Cents => toCents(cost + portion(cost, markup));
