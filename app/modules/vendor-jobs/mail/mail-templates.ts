import { type Cents, formatMoney } from "~/kernel/money";
import { dayInWords } from "~/modules/estimates/format";
import { type Bill, billTotal, taxOf } from "../invoicing/vendor-charges";
import type { VendorJob } from "../vendor-job";
import type { VendorMail } from "./mail-events";

export type LetterFacts = {
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
  reach: string | null;
  /** What was written, where the letter is a message. */
  message: string;
  /** How it was called off, where the letter is about that. */
  calledOff: { why: string; pays: boolean };
  currency: string;
  locale: string;
};
export type Said = { subject: string; first: string; facts: readonly string[]; said: string; button: string };

/**
 * What each letter says. To a vendor it holds what the vendor's own page holds: no customer, no price of the customer's,
 * no limit of the shop's, no other vendor.
 */
export function letterWords(letter: VendorMail, it: LetterFacts): Said {
  const { job, number, shop, vendor, unitNumber, nth, unit, reach, message, calledOff, currency, locale } = it;
  const money = (amount: Cents) => formatMoney(amount, currency, locale);
  const [estimate, invoice] = [job.estimates.find(({ revision }) => revision === nth), job.invoices.find(({ submission }) => submission === nth)];
  const asked = estimate ? money(billTotal(estimate.bill)) : "";
  const billed = invoice ? money(billTotal(invoice.bill)) : "";
  const ofItTax = (bill: Bill | undefined) => (bill && taxOf(bill) > 0 ? [`${money(taxOf(bill))} of it is tax.`] : []);
  const about = `${number}, unit ${unitNumber}: ${job.title}`;
  const say = (first: string, button: string, said = "", facts: readonly string[] = []): Said => ({
    subject: `${first} (${number})`,
    first,
    facts: [about, ...facts, ...(reach === null ? [] : [reach])],
    said,
    button,
  });
  const open = "Open the job";
  switch (letter) {
    case "assigned":
      return say(`${shop} sends you work: ${job.title}`, "Accept or decline", job.instructions, [
        ...(reach === null ? [] : [...unit, job.needsEstimate ? "We want an estimate before the work." : "No estimate is needed."]),
        ...(job.dueDay ? [`Needed by ${dayInWords(job.dueDay, locale)}.`] : []),
      ]);
    case "recalled":
      return say(`${shop} took the job back`, open, job.reason, ["You need not do anything."]);
    case "called-off":
      return say(`${shop} called the job off`, calledOff.pays ? "Bill the work done so far" : open, calledOff.why, [
        calledOff.pays ? "Stop the work. The shop pays for what is done so far: send one invoice for it." : "Stop the work. Nothing more is billed.",
      ]);
    case "estimate-approved":
      return say(`${shop} approved your estimate of ${asked}`, open, "", ["You may start the work.", ...ofItTax(estimate?.bill)]);
    case "estimate-declined":
      return say(`${shop} asks for changes to your estimate of ${asked}`, "Revise the estimate", estimate?.decided?.feedback);
    case "invoice-approved":
      return say(`${shop} approved your invoice ${invoice?.reference ?? ""} of ${billed}`, open, "", ofItTax(invoice?.bill));
    case "invoice-disputed":
      return say(`${shop} disputes your invoice ${invoice?.reference ?? ""} of ${billed}`, "Put it right and send it again", invoice?.decided?.reason);
    case "invoice-reversed":
      return say(`${shop} took back the approval of your invoice ${invoice?.reference ?? ""}`, open, "", [
        "It looks at it again. You hear when it is decided.",
      ]);
    case "message-from-shop":
      return say(`${shop} wrote to you`, "Read and answer", message);
    case "accepted":
      return say(`${vendor} accepted the job`, open);
    case "declined":
      return say(`${vendor} declined the job`, "Give it to another vendor", job.reason);
    case "estimate-submitted":
      return say(`${vendor} estimates ${asked}`, "Approve or decline", estimate?.bill.note, ofItTax(estimate?.bill));
    case "estimate-withdrawn":
      return say(`${vendor} took back the estimate of ${asked}`, open);
    case "completed":
      return say(`${vendor} marked the job complete`, open);
    case "invoice-submitted":
      return say(`${vendor} sent invoice ${invoice?.reference ?? ""} of ${billed}`, "Approve or dispute", invoice?.bill.note, ofItTax(invoice?.bill));
    case "invoice-withdrawn":
      return say(`${vendor} took back invoice ${invoice?.reference ?? ""} of ${billed}`, open);
    case "message-from-vendor":
      return say(`${vendor} wrote to you`, "Read and answer", message);
  }
}
