import { type Cents, formatMoney } from "~/kernel/money";
import { formatDay } from "~/modules/estimates/format";
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
  /** The unit as it is known to the shop: make, model, VIN. */
  unit: readonly string[];
  /** How the shop is reached by who has no portal to answer in; null where the vendor has one. */
  contactLine: string | null;
  /** What was written, where the letter is a message. */
  message: string;
  /** How it was called off, where the letter is about that. */
  calledOff: { why: string; pays: boolean };
  currency: string;
  locale: string;
};
export type VendorMailContent = { subject: string; first: string; facts: readonly string[]; quote: string; button: string };

/**
 * What each letter says. To a vendor it holds what the vendor's own page holds: no customer, no price of the customer's,
 * no limit of the shop's, no other vendor.
 */
export function vendorMailContent(template: VendorMail, it: VendorMailFacts): VendorMailContent {
  const { job, number, shop, vendor, unitNumber, nth, unit, contactLine, message, calledOff, currency, locale } = it;
  const money = (amount: Cents) => formatMoney(amount, currency, locale);
  const [estimate, invoice] = [job.estimates.find(({ revision }) => revision === nth), job.invoices.find(({ submission }) => submission === nth)];
  const asked = estimate ? money(vendorChargesTotal(estimate.charges)) : "";
  const billed = invoice ? money(vendorChargesTotal(invoice.charges)) : "";
  const ofItTax = (charges: VendorCharges | undefined) => (charges && taxOf(charges) > 0 ? [`${money(taxOf(charges))} of it is tax.`] : []);
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
      return content(`${shop} sends you work: ${job.title}`, "Accept or decline", job.instructions, [
        ...(contactLine === null ? [] : [...unit, job.needsEstimate ? "We want an estimate before the work." : "No estimate is needed."]),
        ...(job.dueDay ? [`Needed by ${formatDay(job.dueDay, locale)}.`] : []),
      ]);
    case "recalled":
      return content(`${shop} took the job back`, open, job.reason, ["You need not do anything."]);
    case "called-off":
      return content(`${shop} called the job off`, calledOff.pays ? "Bill the work done so far" : open, calledOff.why, [
        calledOff.pays ? "Stop the work. The shop pays for what is done so far: send one invoice for it." : "Stop the work. Nothing more is billed.",
      ]);
    case "estimate-approved":
      return content(`${shop} approved your estimate of ${asked}`, open, "", ["You may start the work.", ...ofItTax(estimate?.charges)]);
    case "estimate-declined":
      return content(`${shop} asks for changes to your estimate of ${asked}`, "Revise the estimate", estimate?.decided?.feedback);
    case "invoice-approved":
      return content(`${shop} approved your invoice ${invoice?.reference ?? ""} of ${billed}`, open, "", ofItTax(invoice?.charges));
    case "invoice-disputed":
      return content(`${shop} disputes your invoice ${invoice?.reference ?? ""} of ${billed}`, "Put it right and send it again", invoice?.decided?.reason);
    case "invoice-reversed":
      return content(`${shop} took back the approval of your invoice ${invoice?.reference ?? ""}`, open, "", [
        "It looks at it again. You hear when it is decided.",
      ]);
    case "message-from-shop":
      return content(`${shop} wrote to you`, "Read and answer", message);
    case "accepted":
      return content(`${vendor} accepted the job`, open);
    case "declined":
      return content(`${vendor} declined the job`, "Give it to another vendor", job.reason);
    case "estimate-submitted":
      return content(`${vendor} estimates ${asked}`, "Approve or decline", estimate?.charges.note, ofItTax(estimate?.charges));
    case "estimate-withdrawn":
      return content(`${vendor} took back the estimate of ${asked}`, open);
    case "completed":
      return content(`${vendor} marked the job complete`, open);
    case "invoice-submitted":
      return content(`${vendor} sent invoice ${invoice?.reference ?? ""} of ${billed}`, "Approve or dispute", invoice?.charges.note, ofItTax(invoice?.charges));
    case "invoice-withdrawn":
      return content(`${vendor} took back invoice ${invoice?.reference ?? ""} of ${billed}`, open);
    case "message-from-vendor":
      return content(`${vendor} wrote to you`, "Read and answer", message);
  }
}
