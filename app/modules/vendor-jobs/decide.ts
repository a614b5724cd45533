import type { Id } from "~/kernel/ids";
import { type BasisPoints, type Cents, toCents } from "~/kernel/money";
import { err, never, ok, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { type Budget, type BudgetImpact, budgetImpact } from "./budget/budget";
import { type VendorCharges, vendorChargesTotal } from "./invoicing/vendor-charges";
import { isCalledOff, type JobState, lifeCycle, NO_ESTIMATE, NO_INVOICE, NOTHING_SENT, type Who } from "./job-states";
import {
  allowed,
  type CostEntry,
  currentCost,
  type DecisionStamp,
  type EstimateRevision,
  type InvoiceSubmission,
  newestEstimate,
  newestInvoice,
  priceWith,
  type VendorJob,
  varianceOf,
} from "./vendor-job";
import { type VendorJobEvent, vendorJobJournal } from "./vendor-job.journal";

/**
 * `revision`, `submission` and `seen` (the job's version) come from the page the user saw, so nothing newer is decided
 * unseen. Without a `markup` the customer is charged nothing for it.
 */
export type VendorJobCommand =
  | { intent: "accept" }
  | { intent: "decline"; reason: string }
  | { intent: "recall"; reason: string }
  | { intent: "reassign"; to: Id<"vendorJob"> }
  /**
   * `pays`: the vendor may send one invoice for the work done so far. `goesOn`: whether the order resumes if it was on
   * hold only for this job; null if the page did not ask.
   */
  | { intent: "call-off"; seen: number; reason: string; pays: boolean; goesOn: boolean | null }
  | { intent: "submit-estimate"; charges: VendorCharges }
  | { intent: "withdraw" }
  | { intent: "approve-estimate"; revision: number; override: string }
  | { intent: "decline-estimate"; revision: number; feedback: string }
  | { intent: "complete"; note: string }
  | { intent: "submit-invoice"; reference: string; charges: VendorCharges }
  | { intent: "withdraw-invoice" }
  | { intent: "approve-invoice"; submission: number; varianceReason: string; override: string; markup: BasisPoints | null; entryId: Id<"entry"> }
  | { intent: "dispute"; submission: number; reason: string }
  | { intent: "reverse"; reason: string; entryId: Id<"entry"> }
  /** The shop paid the approved invoice. @param day its calendar day */
  | { intent: "mark-paid"; day: string; reference: string }
  | { intent: "remove-paid"; reason: string };

export type Refusal =
  | { kind: "not-allowed"; message: string }
  | { kind: "incomplete"; field: string; message: string }
  | { kind: "over-budget"; over: readonly BudgetImpact[] }
  | { kind: "stale" }
  | { kind: "not-found" };

export type Change = { event: VendorJobEvent; next: VendorJob };

/** `budgets` exclude this job's own part: the new amount is checked against the rest. */
export type DecisionContext = {
  now: UtcMs;
  who: Who;
  by: string;
  /** The vendor's name, for the journal. */
  vendor: string;
  /** The name of a vendor without a portal, whose answers staff record; null if it answers itself. */
  speaksFor: string | null;
  budgets: readonly Budget[];
  /** Why the customer's price stays as it is; null where it follows this vendor's invoice. A cost counts in any case. */
  priceFixed: string | null;
  /** The order is on hold for outside work, and this is its only open job. */
  holdsOrder: boolean;
};
type Decided = Result<Change, Refusal>;
const notAllowed = (message: string): Decided => err({ kind: "not-allowed", message });
const incomplete = (field: string, message: string): Decided => err({ kind: "incomplete", field, message });

export function decide(job: VendorJob, command: VendorJobCommand, at: DecisionContext): Decided {
  const { who } = lifeCycle[command.intent];
  const onBehalfOf = who === "vendor" && at.who === "staff" ? at.speaksFor : null;
  if (who !== at.who && onBehalfOf === null)
    return notAllowed(who === "vendor" ? "Only the vendor can do this, in its own portal." : "Only the shop can do this.");
  const may = allowed(command.intent, job);
  if (may !== true) return notAllowed(may);
  const stamp: DecisionStamp = { at: at.now, by: onBehalfOf === null ? at.by : `${at.by} for ${onBehalfOf}` };
  const its = { number: job.number, vendor: at.vendor, ...(onBehalfOf === null ? {} : { onBehalfOf }) };
  const to = (state: JobState, event: VendorJobEvent, more: Partial<VendorJob> = {}): Decided =>
    ok({
      event,
      next: { ...job, ...more, state, stateSince: state === job.state ? job.stateSince : at.now, version: job.version + 1 },
    });

  switch (command.intent) {
    case "accept":
      return to("accepted", vendorJobJournal.of("vendor-job.accepted", its));
    case "decline":
      return command.reason === ""
        ? incomplete("reason", "Enter a reason. The shop will see it.")
        : to("declined", vendorJobJournal.of("vendor-job.declined", { ...its, why: command.reason }), { reason: command.reason });
    case "recall":
      return to("recalled", vendorJobJournal.of("vendor-job.taken-back", { ...its, why: command.reason }), { reason: command.reason });
    case "reassign":
      return job.laterId
        ? notAllowed("This job was already reassigned to another vendor.")
        : to(job.state, vendorJobJournal.of("vendor-job.reassigned", { ...its, to: command.to }), { laterId: command.to });
    case "call-off": {
      if (command.seen !== job.version) return err({ kind: "stale" });
      if (command.reason === "") return incomplete("reason", "Enter a reason. The vendor will see it.");
      if (at.holdsOrder && command.goesOn === null) return incomplete("goesOn", "Choose whether to resume the work order. It isn't on hold for anything else.");
      const event = vendorJobJournal.of("vendor-job.canceled", { ...its, why: command.reason, pays: command.pays });
      return to(command.pays ? "ending" : "called-off", event, { reason: command.reason, estimates: closed(job.estimates) });
    }
    case "submit-estimate": {
      const wrong = wrongWith(command.charges);
      if (wrong) return incomplete("lines", wrong);
      const revision = (newestEstimate(job)?.revision ?? 0) + 1;
      const estimate: EstimateRevision = { revision, state: "submitted", charges: command.charges, submitted: stamp, decided: null };
      return to(
        job.state === "approved" ? "approved" : "estimate-submitted",
        vendorJobJournal.of("vendor-job.estimate-submitted", { ...its, revision, total: vendorChargesTotal(command.charges) }),
        { estimates: [...job.estimates, estimate] },
      );
    }
    case "withdraw": {
      const estimate = newestEstimate(job);
      if (!estimate) return notAllowed(NO_ESTIMATE);
      return to(
        job.state === "approved" ? "approved" : "accepted",
        vendorJobJournal.of("vendor-job.estimate-withdrawn", { ...its, revision: estimate.revision }),
        {
          estimates: lastAs(job.estimates, { ...estimate, state: "withdrawn" }),
        },
      );
    }
    case "approve-estimate": {
      const estimate = newestEstimate(job);
      if (estimate?.revision !== command.revision) return err({ kind: "stale" });
      const total = vendorChargesTotal(estimate.charges);
      const over = overBudget(at.budgets, total);
      if (over.length > 0 && command.override === "") return err({ kind: "over-budget", over });
      const override = over.length > 0 ? command.override : "";
      const decided = { ...stamp, feedback: "", override };
      return to(
        "approved",
        vendorJobJournal.of("vendor-job.estimate-approved", { ...its, revision: command.revision, total, ...(override ? { override } : {}) }),
        { estimates: lastAs(job.estimates, { ...estimate, state: "approved", decided }) },
      );
    }
    case "decline-estimate": {
      const estimate = newestEstimate(job);
      if (estimate?.revision !== command.revision) return err({ kind: "stale" });
      if (command.feedback === "") return incomplete("feedback", "Write what should change, so the vendor can revise it.");
      const decided = { ...stamp, feedback: command.feedback, override: "" };
      // What was approved before an addition still holds.
      const state = job.state === "approved" ? "approved" : "revision-requested";
      return to(state, vendorJobJournal.of("vendor-job.estimate-declined", { ...its, revision: command.revision, why: command.feedback }), {
        estimates: lastAs(job.estimates, { ...estimate, state: "declined", decided }),
      });
    }
    case "complete":
      if (job.state === "accepted" && job.needsEstimate) return notAllowed("The shop needs an estimate first.");
      return to("completed", vendorJobJournal.of("vendor-job.completed", { ...its, ...(command.note ? { note: command.note } : {}) }), {
        estimates: closed(job.estimates),
      });
    case "submit-invoice": {
      if (command.reference === "") return incomplete("reference", "Enter the invoice number.");
      const wrong = wrongWith(command.charges);
      if (wrong) return incomplete("lines", wrong);
      const submission = (newestInvoice(job)?.submission ?? 0) + 1;
      const invoice: InvoiceSubmission = {
        submission,
        state: "submitted",
        reference: command.reference,
        charges: command.charges,
        submitted: stamp,
        decided: null,
      };
      return to(
        "invoiced",
        vendorJobJournal.of("vendor-job.invoice-submitted", { ...its, submission, reference: command.reference, total: vendorChargesTotal(command.charges) }),
        { invoices: [...job.invoices, invoice] },
      );
    }
    case "withdraw-invoice": {
      const invoice = newestInvoice(job);
      if (!invoice) return notAllowed(NOTHING_SENT);
      const { submission, reference } = invoice;
      return to(isCalledOff(job) ? "ending" : "completed", vendorJobJournal.of("vendor-job.invoice-withdrawn", { ...its, submission, reference }), {
        invoices: lastAs(job.invoices, { ...invoice, state: "withdrawn" }),
      });
    }
    case "approve-invoice":
      return approveInvoice(job, command, at, to);
    case "dispute": {
      const invoice = newestInvoice(job);
      if (invoice?.submission !== command.submission) return err({ kind: "stale" });
      if (command.reason === "") return incomplete("reason", "Write what's wrong, so the vendor can correct it.");
      const decided = { ...stamp, reason: command.reason, override: "" };
      return to("disputed", vendorJobJournal.of("vendor-job.invoice-disputed", { ...its, submission: command.submission, why: command.reason }), {
        invoices: lastAs(job.invoices, { ...invoice, state: "disputed", decided }),
      });
    }
    case "reverse": {
      const [invoice, cost] = [newestInvoice(job), currentCost(job)];
      if (!invoice || !cost) return notAllowed(NO_INVOICE);
      if (command.reason === "") return incomplete("reason", "Enter why you're reversing the approval.");
      const { submission } = cost;
      const entry: CostEntry = {
        id: command.entryId,
        submission,
        amount: minus(cost.amount),
        price: minus(cost.price),
        reverses: cost.id,
        why: command.reason,
        ...stamp,
      };
      return to("invoiced", vendorJobJournal.of("vendor-job.invoice-reversed", { ...its, submission, amount: entry.amount, why: command.reason }), {
        invoices: lastAs(job.invoices, { ...invoice, state: "submitted", decided: null }),
        costs: [...job.costs, entry],
      });
    }
    case "mark-paid": {
      const { day, reference } = command;
      return to("settled", vendorJobJournal.of("vendor-job.paid", { ...its, day, reference }), { paid: { day, reference, ...stamp } });
    }
    case "remove-paid":
      return command.reason === ""
        ? incomplete("reason", "Enter why you're removing the mark.")
        : to("settled", vendorJobJournal.of("vendor-job.paid-removed", { ...its, why: command.reason }), { paid: null });
    default:
      return never(command);
  }
}

type To = (state: JobState, event: VendorJobEvent, more?: Partial<VendorJob>) => Decided;

/** An amount above the approved estimate needs a reason, and one above a limit needs an override. */
function approveInvoice(job: VendorJob, command: Extract<VendorJobCommand, { intent: "approve-invoice" }>, at: DecisionContext, to: To): Decided {
  const invoice = newestInvoice(job);
  if (invoice?.submission !== command.submission) return err({ kind: "stale" });
  // The page shows a markup where the price follows the cost, so neither price nor none comes as a surprise.
  if (at.priceFixed !== null && command.markup !== null) return notAllowed(`The customer's price changed meanwhile. ${at.priceFixed}`);
  if (at.priceFixed === null && command.markup === null) return incomplete("markup", "Enter the markup on the customer's line.");
  const amount = vendorChargesTotal(invoice.charges);
  const variance = varianceOf(job);
  if (variance !== null && variance > 0 && command.varianceReason === "")
    return incomplete("varianceReason", "This invoice is above the approved estimate. Enter a reason, or dispute it.");
  const over = overBudget(at.budgets, amount);
  if (over.length > 0 && command.override === "") return err({ kind: "over-budget", over });
  const override = over.length > 0 ? command.override : "";
  const stamp: DecisionStamp = { at: at.now, by: at.by };
  const reason = variance !== null && variance > 0 ? command.varianceReason : "";
  const { submission } = invoice;
  const cost: CostEntry = {
    id: command.entryId,
    submission,
    amount,
    price: command.markup === null ? toCents(0) : priceWith(amount, command.markup),
    reverses: null,
    why: reason,
    ...stamp,
  };
  return to(
    "settled",
    vendorJobJournal.of("vendor-job.invoice-approved", {
      number: job.number,
      vendor: at.vendor,
      submission,
      amount,
      price: cost.price,
      ...(variance ? { variance } : {}),
      ...(reason ? { why: reason } : {}),
      ...(override ? { override } : {}),
    }),
    { invoices: lastAs(job.invoices, { ...invoice, state: "approved", decided: { ...stamp, reason, override } }), costs: [...job.costs, cost] },
  );
}

const overBudget = (budgets: readonly Budget[], more: Cents): BudgetImpact[] => budgetImpact(budgets, more).filter(({ level }) => level === "over");
const minus = (amount: Cents): Cents => toCents(0 - amount);
const lastAs = <T>(all: readonly T[], last: T): T[] => [...all.slice(0, -1), last];
/** The estimates once no more decision about them is needed. */
const closed = (estimates: VendorJob["estimates"]): VendorJob["estimates"] =>
  estimates.map((one) => (one.state === "submitted" ? { ...one, state: "lapsed" as const } : one));
const wrongWith = ({ lines }: VendorCharges): string | null => (lines.length === 0 ? "Add at least one line with a description and a price." : null);
