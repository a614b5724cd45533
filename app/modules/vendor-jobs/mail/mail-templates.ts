import { type Cents, formatMoney } from "~/kernel/money";
import { formatDay } from "~/kernel/time";
import { type AskedLine, formatAsked } from "../assignment/asked-lines";
import { taxOf, type VendorCharges, vendorChargesTotal } from "../invoicing/vendor-charges";
import type { VendorJob } from "../vendor-job";
import type { VendorMail } from "./mail-events";

export type VendorMailFacts = {
  job: Pick<VendorJob, "title" | "instructions" | "dueDay" | "needsEstimate" | "reason" | "estimates" | "invoices">;
  /** "V-12". */
  number: string;
  shop: string;
  vendor: string;
  unitNumber: string;
  nth: number;
  /** Year, make and model; VIN. */
  unit: readonly string[];
  /** How a vendor without a portal reaches the shop; null if it has a portal. */
  contactLine: string | null;
  /** What is asked, for the mail about a new job. */
  lines: readonly AskedLine[];
  /** Text of the message, for mails about a message. */
  message: string;
  /** Reason and payment, for the mail about a canceled job. */
  calledOff: { why: string; pays: boolean };
  currency: string;
  locale: string;
};
export type VendorMailContent = { subject: string; first: string; facts: readonly string[]; quote: string; button: string };

/**
 * The content of each mail. A vendor's mail holds no more than its portal: no customer, no customer price, no limit of
 * the shop, no other vendor.
 */
export function vendorMailContent(template: VendorMail, it: VendorMailFacts): VendorMailContent {
  const { job, number, shop, vendor, unitNumber, nth, unit, contactLine, lines, message, calledOff, currency, locale } = it;
  const money = (amount: Cents) => formatMoney(amount, currency, locale);
  const [estimate, invoice] = [job.estimates.find(({ revision }) => revision === nth), job.invoices.find(({ submission }) => submission === nth)];
  const asked = estimate ? money(vendorChargesTotal(estimate.charges)) : "";
  const billed = invoice ? money(vendorChargesTotal(invoice.charges)) : "";
  const ofItTax = (charges: VendorCharges | undefined) => (charges && taxOf(charges) > 0 ? [`Includes ${money(taxOf(charges))} tax.`] : []);
  const about = `${number}, unit ${unitNumber}: ${job.title}`;
  const content = (first: string, button: string, quote = "", facts: readonly string[] = []): VendorMailContent => ({
    subject: `${first} (${number})`,
    first,
    facts: [about, ...facts, ...(contactLine === null ? [] : [contactLine])],
    quote,
    button,
  });
  const open = "Open the job";
  switch (template) {
    case "assigned":
      return content(`New job from ${shop}: ${job.title}`, "Accept or decline", job.instructions, [
        ...(contactLine === null ? [] : [...unit, job.needsEstimate ? "Please send an estimate before you start." : "No estimate is needed."]),
        ...(lines.length > 0 ? ["What is asked:", ...lines.map(formatAsked)] : []),
        ...(job.dueDay ? [`Needed by ${formatDay(job.dueDay, locale)}.`] : []),
      ]);
    case "recalled":
      return content(`${shop} recalled the job`, open, job.reason, ["You don't need to do anything."]);
    case "called-off":
      return content(`${shop} canceled the job`, calledOff.pays ? "Bill the work done so far" : open, calledOff.why, [
        calledOff.pays ? "Stop the work. The shop pays for the work done so far: send one invoice for it." : "Stop the work. Nothing more can be billed.",
      ]);
    case "estimate-approved":
      return content(`${shop} approved your estimate of ${asked}`, open, "", ["You can start the work.", ...ofItTax(estimate?.charges)]);
    case "estimate-declined":
      return content(`${shop} requested changes to your estimate of ${asked}`, "Revise the estimate", estimate?.decided?.feedback);
    case "invoice-approved":
      return content(`${shop} approved your invoice ${invoice?.reference ?? ""} of ${billed}`, open, "", ofItTax(invoice?.charges));
    case "invoice-disputed":
      return content(`${shop} disputed your invoice ${invoice?.reference ?? ""} of ${billed}`, "Correct and resend the invoice", invoice?.decided?.reason);
    case "invoice-reversed":
      return content(`${shop} reversed the approval of your invoice ${invoice?.reference ?? ""}`, open, "", [
        "It's under review again. We'll email you when it's decided.",
      ]);
    case "message-from-shop":
      return content(`New message from ${shop}`, "Read and reply", message);
    case "accepted":
      return content(`${vendor} accepted the job`, open);
    case "declined":
      return content(`${vendor} declined the job`, "Assign another vendor", job.reason);
    case "estimate-submitted":
      return content(`${vendor} sent an estimate of ${asked}`, "Approve or decline", estimate?.charges.note, ofItTax(estimate?.charges));
    case "estimate-withdrawn":
      return content(`${vendor} withdrew the estimate of ${asked}`, open);
    case "completed":
      return content(`${vendor} marked the job complete`, open);
    case "invoice-submitted":
      return content(`${vendor} sent invoice ${invoice?.reference ?? ""} of ${billed}`, "Approve or dispute", invoice?.charges.note, ofItTax(invoice?.charges));
    case "invoice-withdrawn":
      return content(`${vendor} withdrew invoice ${invoice?.reference ?? ""} of ${billed}`, open);
    case "message-from-vendor":
      return content(`New message from ${vendor}`, "Read and reply", message);
  }
}
