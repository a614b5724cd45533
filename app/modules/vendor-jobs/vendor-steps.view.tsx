import { Check, CircleCheck, Send, Undo2, X } from "lucide-react";
import { Form } from "react-router";
import { Disclosure } from "~/ui/disclosure";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { Notice } from "~/ui/notice";
import { Section } from "~/ui/page";
import { TextArea } from "~/ui/text-area";
import type { Refused } from "~/ui/use-refused";
import { type VendorCharges, vendorChargesTotal } from "./invoicing/vendor-charges";
import { blankLines, TAX, type Typed, typedLine, typedLines, typedTax } from "./invoicing/vendor-charges-form";
import { ChargeRows } from "./invoicing/vendor-charges-form.view";
import { can, type JobState } from "./job-states";
import { allowed, type EstimateRevision, type InvoiceSubmission, waitingAddition } from "./vendor-job";

type Props = {
  job: {
    state: JobState;
    needsEstimate: boolean;
    estimates: readonly { revision: number; state: EstimateRevision["state"]; charges: VendorCharges; feedback: string }[];
    invoices: readonly { submission: number; state: InvoiceSubmission["state"]; reference: string; charges: VendorCharges; reason: string }[];
  };
  /** The vendor whose answers staff record; absent if the vendor answers itself. */
  onBehalfOf?: string;
  refused: Refused;
};

const vendorLabels = {
  accept: "Accept",
  decline: "Decline",
  readBy: "The shop sees this",
  changes: "The shop requested changes",
  disputed: (reference: string) => `Your invoice ${reference} is disputed`,
  again: "Correct it below and send it again.",
  complete: "Mark complete",
  forRecord: "Shown to the shop",
  sent: (what: string) => `Your ${what} is with the shop. We'll email you when it's decided.`,
  withdraw: (what: string) => `Withdraw ${what}`,
  estimate: "Your estimate",
  submitEstimate: "Submit estimate",
  addition: "Add to the approved estimate",
  refusedAddition: (sum: string) => `The shop declined the addition. The approved ${sum} still applies.`,
  anyEstimate: "Send an estimate anyway",
  invoice: "Your invoice",
  reference: "Your invoice number",
  submitInvoice: "Submit invoice",
  note: "Note to the shop",
};
/** Labels when staff record a vendor's answers. */
const recordLabels: typeof vendorLabels = {
  accept: "Record acceptance",
  decline: "Record decline",
  readBy: "In the vendor's words",
  changes: "You requested changes",
  disputed: (reference) => `You disputed their invoice ${reference}`,
  again: "Record the corrected invoice below.",
  complete: "Record completion",
  forRecord: "In the vendor's words",
  sent: (what) => `Their ${what} needs your decision.`,
  withdraw: (what) => `Record withdrawal of the ${what}`,
  estimate: "Their estimate",
  submitEstimate: "Record estimate",
  addition: "Record an addition to the approved estimate",
  refusedAddition: (sum) => `You declined the addition. The approved ${sum} still applies.`,
  anyEstimate: "Record an estimate anyway",
  invoice: "Their invoice",
  reference: "Their invoice number",
  submitInvoice: "Record invoice",
  note: "Their note",
};
const labelsFor = ({ onBehalfOf }: Pick<Props, "onBehalfOf">) => (onBehalfOf ? recordLabels : vendorLabels);

/** Enter in a field presses a form's first button. This disabled one keeps Enter from accepting or sending. */
const Nothing = () => <button type="submit" disabled hidden aria-hidden="true" tabIndex={-1} />;

/** The vendor's next step, at the top of the page. */
export function NextStep({ job, onBehalfOf, refused }: Props) {
  const { money } = useFormat();
  const { state, needsEstimate, estimates, invoices } = job;
  const labels = labelsFor({ onBehalfOf });
  const declined = refused("decline");
  const feedback = state === "revision-requested" ? (estimates.at(-1)?.feedback ?? "") : "";
  const refusedAddition = state === "approved" && estimates.at(-1)?.state === "declined" ? estimates.at(-1) : undefined;
  const approved = estimates.findLast((one) => one.state === "approved");
  const dispute = state === "disputed" ? invoices.at(-1) : undefined;
  return (
    <>
      {can("accept", state) === true && (
        <Form method="post" className="grid gap-3" noValidate>
          <Nothing />
          <div className="grid grid-cols-2 gap-2">
            <SubmitButton name="intent" value="accept" icon={Check} pendingLabel="Accepting" wide>
              {labels.accept}
            </SubmitButton>
            <SubmitButton name="intent" value="decline" kind="quiet" icon={X} pendingLabel="Declining" wide>
              {labels.decline}
            </SubmitButton>
          </div>
          {/* Shown only after declining without a reason, to keep the two buttons simple. */}
          {declined && <Field label="Reason" name="reason" hint={labels.readBy} defaultValue={declined.typed.reason} error={declined.fields.reason} />}
        </Form>
      )}
      {feedback && (
        <Notice tone="amber" title={labels.changes}>
          <p className="whitespace-pre-line">“{feedback}”</p>
        </Notice>
      )}
      {refusedAddition && approved && (
        <Notice tone="amber" title={labels.refusedAddition(money(vendorChargesTotal(approved.charges)))}>
          <p className="whitespace-pre-line">“{refusedAddition.feedback}”</p>
        </Notice>
      )}
      {dispute && (
        <Notice tone="red" title={labels.disputed(dispute.reference)}>
          <p className="whitespace-pre-line">“{dispute.reason}”</p>
          <p>{labels.again}</p>
        </Notice>
      )}
      {can("complete", state) === true && (state === "approved" || !needsEstimate) && (
        <Form method="post" className="grid gap-3" noValidate>
          <input type="hidden" name="intent" value="complete" />
          <TextArea label="Work performed" name="note" hint={labels.forRecord} defaultValue={refused("complete")?.typed.note} />
          <SubmitButton icon={CircleCheck} pendingLabel="Saving" wide>
            {labels.complete}
          </SubmitButton>
        </Form>
      )}
      {allowed("withdraw", job) === true && <TakeBack command="withdraw" what={waitingAddition(job) ? "addition" : "estimate"} labels={labels} />}
      {can("withdraw-invoice", state) === true && <TakeBack command="withdraw-invoice" what="invoice" labels={labels} />}
    </>
  );
}

/** Withdraws an estimate or invoice the shop hasn't decided on. */
const TakeBack = ({ command, what, labels }: { command: string; what: string; labels: typeof vendorLabels }) => (
  <Form method="post" className="flex flex-wrap items-center gap-3">
    <input type="hidden" name="intent" value={command} />
    <span className="min-w-0 flex-1 basis-60">{labels.sent(what)}</span>
    <SubmitButton kind="quiet" icon={Undo2} pendingLabel="Withdrawing">
      {labels.withdraw(what)}
    </SubmitButton>
  </Form>
);

/** The form of the estimate or invoice, below the job's details. */
export function ChargesStep(props: Props) {
  const { job, refused } = props;
  const labels = labelsFor(props);
  const { state, needsEstimate, estimates } = job;
  return (
    <>
      {allowed("submit-estimate", job) === true &&
        (state === "approved" || (state === "accepted" && !needsEstimate) ? (
          <Disclosure title={state === "approved" ? labels.addition : labels.anyEstimate} open={refused("submit-estimate") !== undefined}>
            <EstimateForm {...props} />
          </Disclosure>
        ) : (
          <Section title={estimates.length > 0 ? "Revised estimate" : labels.estimate}>
            <EstimateForm {...props} />
          </Section>
        ))}
      {can("submit-invoice", state) === true && (
        <Section title={labels.invoice}>
          <InvoiceForm {...props} />
        </Section>
      )}
    </>
  );
}

/** The typed values of a refused form, or else the starting values. */
const begunWith = (typed: Typed | undefined, charges: VendorCharges | undefined) =>
  typed
    ? { rows: typedLines(typed), tax: typed[TAX] ?? "" }
    : { rows: charges ? charges.lines.map(typedLine) : blankLines(), tax: charges ? typedTax(charges) : "" };

function EstimateForm({ job: { state, estimates }, onBehalfOf, refused }: Props) {
  const { money } = useFormat();
  const labels = labelsFor({ onBehalfOf });
  const { typed, fields } = refused("submit-estimate") ?? {};
  // An addition begins with what is approved, and is sent as the new whole.
  const approved = state === "approved" ? estimates.findLast((one) => one.state === "approved") : undefined;
  const last = approved ?? estimates.at(-1);
  return (
    <Form method="post" className="grid gap-4" noValidate>
      <Nothing />
      <input type="hidden" name="intent" value="submit-estimate" />
      {approved && (
        <p>
          Approved: <strong className="tabular-nums">{money(vendorChargesTotal(approved.charges))}</strong>. Add lines or change them; the shop decides on the
          new total, and the approved one holds until then.
        </p>
      )}
      <ChargeRows key={last?.revision ?? 0} {...begunWith(typed, last?.charges)} errors={fields} />
      <TextArea label={labels.note} name="note" hint="How long it takes, what's not included" defaultValue={typed?.note ?? last?.charges.note} />
      <SubmitButton icon={Send} pendingLabel="Sending" wide>
        {labels.submitEstimate}
      </SubmitButton>
    </Form>
  );
}

function InvoiceForm({ job: { estimates, invoices }, onBehalfOf, refused }: Props) {
  const { money } = useFormat();
  const labels = labelsFor({ onBehalfOf });
  const { typed, fields } = refused("submit-invoice") ?? {};
  const last = invoices.at(-1);
  const approved = estimates.findLast(({ state }) => state === "approved");
  // Prefilled with the approved estimate, or with the disputed or withdrawn invoice.
  const begun = begunWith(typed, last?.charges ?? approved?.charges);
  return (
    <Form method="post" className="grid gap-4" noValidate>
      <Nothing />
      <input type="hidden" name="intent" value="submit-invoice" />
      <Field label={labels.reference} name="reference" defaultValue={typed?.reference ?? last?.reference} error={fields?.reference} autoComplete="off" />
      {approved && (
        <p>
          Approved: <strong className="tabular-nums">{money(vendorChargesTotal(approved.charges))}</strong>
          {!last && ". The lines below start from it."}
        </p>
      )}
      <ChargeRows key={last?.submission ?? 0} {...begun} errors={fields} />
      <TextArea label={labels.note} name="note" defaultValue={typed?.note ?? last?.charges.note} />
      <SubmitButton icon={Send} pendingLabel="Sending" wide>
        {labels.submitInvoice}
      </SubmitButton>
    </Form>
  );
}
