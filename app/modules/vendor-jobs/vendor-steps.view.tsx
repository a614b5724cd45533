import { Form } from "@remix-run/react";
import { Check, CircleCheck, Send, Undo2, X } from "lucide-react";
import { formatMoney } from "~/kernel/money";
import { Disclosure } from "~/ui/disclosure";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { Section } from "~/ui/page";
import { TextArea } from "~/ui/text-area";
import type { Refused } from "~/ui/use-refused";
import { type Bill, billTotal } from "./bill";
import { blankLines, TAX, type Typed, typedLine, typedLines, typedTax } from "./bill-form";
import { BillRows } from "./bill-form.view";
import { can, type EstimateRevision, type InvoiceSubmission, type JobState } from "./vendor-job";

type Props = {
  job: {
    state: JobState;
    needsEstimate: boolean;
    estimates: readonly { revision: number; state: EstimateRevision["state"]; bill: Bill; feedback: string }[];
    invoices: readonly { submission: number; state: InvoiceSubmission["state"]; reference: string; bill: Bill; reason: string }[];
  };
  refused: Refused;
  currency: string;
  locale: string;
};

/** Enter in a field presses the first button of a form; this one does nothing, so nobody accepts or sends by it. */
const Nothing = () => <button type="submit" disabled hidden aria-hidden="true" tabIndex={-1} />;

/** What the vendor does next, before anything else on the page. */
export function NextStep({ job: { state, needsEstimate, estimates, invoices }, refused }: Props) {
  const declined = refused("decline");
  const feedback = state === "revision-requested" ? (estimates.at(-1)?.feedback ?? "") : "";
  const dispute = state === "disputed" ? invoices.at(-1) : undefined;
  return (
    <>
      {can("accept", state) === true && (
        <Form method="post" className="grid gap-3" noValidate>
          <Nothing />
          <div className="grid grid-cols-2 gap-2">
            <SubmitButton name="act" value="accept" icon={Check} pendingWord="Accepting" wide>
              Accept
            </SubmitButton>
            <SubmitButton name="act" value="decline" kind="quiet" icon={X} pendingWord="Declining" wide>
              Decline
            </SubmitButton>
          </div>
          {/* Asked for once somebody declines: who accepts has nothing to say. */}
          {declined && <Field label="Reason" name="reason" hint="The shop reads it" defaultValue={declined.typed.reason} error={declined.fields.reason} />}
        </Form>
      )}
      {feedback && (
        <Notice tone="amber" title="The shop asks for changes">
          <p className="whitespace-pre-line">“{feedback}”</p>
        </Notice>
      )}
      {dispute && (
        <Notice tone="red" title={`Your invoice ${dispute.reference} is disputed`}>
          <p className="whitespace-pre-line">“{dispute.reason}”</p>
          <p>Put it right below and send it again.</p>
        </Notice>
      )}
      {can("complete", state) === true && (state === "approved" || !needsEstimate) && (
        <Form method="post" className="grid gap-3" noValidate>
          <input type="hidden" name="act" value="complete" />
          <TextArea label="What was done" name="note" hint="For the shop's record" defaultValue={refused("complete")?.typed.note} />
          <SubmitButton icon={CircleCheck} pendingWord="Marking" wide>
            Mark complete
          </SubmitButton>
        </Form>
      )}
      {can("withdraw", state) === true && <TakeBack act="withdraw" what="estimate" />}
      {can("withdraw-invoice", state) === true && <TakeBack act="withdraw-invoice" what="invoice" />}
    </>
  );
}

/** While the shop has not decided, what was sent can be taken back. */
const TakeBack = ({ act, what }: { act: string; what: string }) => (
  <Form method="post" className="flex flex-wrap items-center gap-3">
    <input type="hidden" name="act" value={act} />
    <span className="min-w-0 flex-1 basis-60">Your {what} is with the shop. You hear when it is decided.</span>
    <SubmitButton kind="quiet" icon={Undo2} pendingWord="Taking back">
      Withdraw {what}
    </SubmitButton>
  </Form>
);

/** The estimate or the invoice, once the vendor has read what it is for. */
export function BillStep(props: Props) {
  const { job, refused } = props;
  const { state, needsEstimate, estimates } = job;
  return (
    <>
      {can("submit-estimate", state) === true &&
        (state === "accepted" && !needsEstimate ? (
          <Disclosure title="Send an estimate all the same" open={refused("submit-estimate") !== undefined}>
            <EstimateForm {...props} />
          </Disclosure>
        ) : (
          <Section title={estimates.length > 0 ? "Revised estimate" : "Your estimate"}>
            <EstimateForm {...props} />
          </Section>
        ))}
      {can("submit-invoice", state) === true && (
        <Section title="Your invoice">
          <InvoiceForm {...props} />
        </Section>
      )}
    </>
  );
}

/** What was typed, or else what there is to begin with. */
const begunWith = (typed: Typed | undefined, bill: Bill | undefined) =>
  typed ? { rows: typedLines(typed), tax: typed[TAX] ?? "" } : { rows: bill ? bill.lines.map(typedLine) : blankLines(), tax: bill ? typedTax(bill) : "" };

function EstimateForm({ job: { estimates }, refused, currency, locale }: Props) {
  const { typed, fields } = refused("submit-estimate") ?? {};
  const last = estimates.at(-1);
  return (
    <Form method="post" className="grid gap-4" noValidate>
      <Nothing />
      <input type="hidden" name="act" value="submit-estimate" />
      <BillRows key={last?.revision ?? 0} {...begunWith(typed, last?.bill)} currency={currency} locale={locale} errors={fields} />
      <TextArea label="Note to the shop" name="note" hint="How long it takes, what is not included" defaultValue={typed?.note ?? last?.bill.note} />
      <SubmitButton icon={Send} pendingWord="Sending" wide>
        Submit estimate
      </SubmitButton>
    </Form>
  );
}

function InvoiceForm({ job: { estimates, invoices }, refused, currency, locale }: Props) {
  const { typed, fields } = refused("submit-invoice") ?? {};
  const last = invoices.at(-1);
  const approved = estimates.findLast(({ state }) => state === "approved");
  // Begun with what was approved, or with what was disputed or taken back.
  const begun = begunWith(typed, last?.bill ?? approved?.bill);
  return (
    <Form method="post" className="grid gap-4" noValidate>
      <Nothing />
      <input type="hidden" name="act" value="submit-invoice" />
      <Field label="Your invoice number" name="reference" defaultValue={typed?.reference ?? last?.reference} error={fields?.reference} autoComplete="off" />
      {approved && (
        <p>
          Approved: <strong className="tabular-nums">{formatMoney(billTotal(approved.bill), currency, locale)}</strong>
          {!last && ". The lines below begin with it."}
        </p>
      )}
      <BillRows key={last?.submission ?? 0} {...begun} currency={currency} locale={locale} errors={fields} />
      <TextArea label="Note to the shop" name="note" defaultValue={typed?.note ?? last?.bill.note} />
      <SubmitButton icon={Send} pendingWord="Sending" wide>
        Submit invoice
      </SubmitButton>
    </Form>
  );
}
