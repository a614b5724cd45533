import type { Id } from "~/kernel/ids";
import { type BasisPoints, type Cents, portion, sumCents, toCents } from "~/kernel/money";
import type { UtcMs } from "~/kernel/time";
import { type VendorCharges, vendorChargesTotal } from "./invoicing/vendor-charges";
import type { JobState } from "./job-states";

/** What a vendor is asked for. `title` and `instructions` are the vendor's to read; the limit is the shop's own. */
export type Assignment = {
  title: string;
  instructions: string;
  /** The shop's calendar day. */
  dueDay: string | null;
  notToExceed: Cents | null;
  needsEstimate: boolean;
  sharesCustomer: boolean;
};

export type DecisionStamp = { at: UtcMs; by: string };
/** A numbered estimate of a vendor's. What was sent stays as it was sent. */
export type EstimateRevision = {
  revision: number;
  /** Lapsed where the shop called the job off before it had decided. */
  state: "submitted" | "withdrawn" | "declined" | "approved" | "lapsed";
  charges: VendorCharges;
  submitted: DecisionStamp;
  decided: (DecisionStamp & { feedback: string; override: string }) | null;
};

/** One submission of a vendor's invoice: disputed or taken back, it is sent again under the next number. */
export type InvoiceSubmission = {
  submission: number;
  state: "submitted" | "withdrawn" | "disputed" | "approved";
  /** The vendor's own invoice number. */
  reference: string;
  charges: VendorCharges;
  submitted: DecisionStamp;
  decided: (DecisionStamp & { reason: string; override: string }) | null;
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
export type VendorJob = Assignment & {
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

export const newestEstimate = ({ estimates }: Pick<VendorJob, "estimates">): EstimateRevision | null => estimates.at(-1) ?? null;
export const newestInvoice = ({ invoices }: Pick<VendorJob, "invoices">): InvoiceSubmission | null => invoices.at(-1) ?? null;
export const approvedEstimate = ({ estimates }: Pick<VendorJob, "estimates">): EstimateRevision | null =>
  estimates.findLast(({ state }) => state === "approved") ?? null;

/** What is promised to the vendor and not yet on an approved invoice: while a last invoice may come, that of a job called off too. */
export function committedOf(job: Pick<VendorJob, "state" | "estimates">): Cents {
  const approved = approvedEstimate(job);
  return approved && job.state !== "settled" && job.state !== "called-off" ? vendorChargesTotal(approved.charges) : toCents(0);
}
/** What it has cost: approved invoices, less what was taken back. */
export const actualOf = ({ costs }: Pick<VendorJob, "costs">): Cents => sumCents(costs.map(({ amount }) => amount));

/** The cost that stands now; null where none was approved, or it was taken back. */
export function currentCost({ costs }: Pick<VendorJob, "costs">): CostEntry | null {
  const last = costs.at(-1);
  return last && last.reverses === null ? last : null;
}

/** How far an invoice is from what was approved; null where nothing was. */
export function varianceOf(job: Pick<VendorJob, "estimates" | "invoices">): Cents | null {
  const [approved, invoice] = [approvedEstimate(job), newestInvoice(job)];
  return approved && invoice ? toCents(vendorChargesTotal(invoice.charges) - vendorChargesTotal(approved.charges)) : null;
}

export const priceWith = (cost: Cents, markup: BasisPoints): Cents => toCents(cost + portion(cost, markup));
