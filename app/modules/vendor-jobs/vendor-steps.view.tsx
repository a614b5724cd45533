import { Check, CircleCheck, Send, Undo2, X } from "lucide-react";
import { Form } from "react-router";
import { formatMoney } from "~/kernel/money";
import { Disclosure } from "~/ui/disclosure";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { Section } from "~/ui/page";
import { TextArea } from "~/ui/text-area";
import type { Refused } from "~/ui/use-refused";
import { type Bill, billTotal } from "./invoicing/vendor-charges";
import { blankLines, TAX, type Typed, typedLine, typedLines, typedTax } from "./invoicing/vendor-charges-form";
import { BillRows } from "./invoicing/vendor-charges-form.view";
import { can, type JobState } from "./job-states";
import type { EstimateRevision, InvoiceSubmission } from "./vendor-job";

type Props = {
  job: {
    state: JobState;
    needsEstimate: boolean;
    estimates: readonly { revision: number; state: EstimateRevision["state"]; bill: Bill; feedback: string }[];
    invoices: readonly { submission: number; state: InvoiceSubmission["state"]; reference: string; bill: Bill; reason: string }[];
  };
  /** The vendor that staff write this down for; absent where the vendor does it itself. */
  onBehalfOf?: string;
  refused: Refused;
  currency: string;
  locale: string;
};

const ownWords = {
  accept: "Accept",
  decline: "Decline",
  readBy: "The shop reads it",
  changes: "The shop asks for changes",
  disputed: (reference: string) => `Your invoice ${reference} is disputed`,
  again: "Put it right below and send it again.",
  complete: "Mark complete",
  forRecord: "For the shop's record",
  sent: (what: string) => `Your ${what} is with the shop. You hear when it is decided.`,
  withdraw: (what: string) => `Withdraw ${what}`,
  estimate: "Your estimate",
  submitEstimate: "Submit estimate",
  anyEstimate: "Send an estimate all the same",
  invoice: "Your invoice",
  reference: "Your invoice number",
  submitInvoice: "Submit invoice",
  note: "Note to the shop",
};
/** The same where staff write down what a vendor says. */
const recordWords: typeof ownWords = {
  accept: "They accept",
  decline: "They decline",
  readBy: "As they say it",
  changes: "You asked for changes",
  disputed: (reference) => `You dispute their invoice ${reference}`,
  again: "Write down below how they put it right.",
  complete: "They are done",
  forRecord: "As they say it",
  sent: (what) => `Their ${what} waits for your decision.`,
  withdraw: (what) => `They take the ${what} back`,
  estimate: "Their estimate",
  submitEstimate: "Record estimate",
  anyEstimate: "They send an estimate all the same",
  invoice: "Their invoice",
  reference: "Their invoice number",
  submitInvoice: "Record invoice",
  note: "Their note",
};
const wordsFor = ({ onBehalfOf }: Pick<Props, "onBehalfOf">) => (onBehalfOf ? recordWords : ownWords);

/** Enter in a field presses the first button of a form; this one does nothing, so nobody accepts or sends by it. */
const Nothing = () => <button type="submit" disabled hidden aria-hidden="true" tabIndex={-1} />;

/** What the vendor does next, before anything else on the page. */
export function NextStep({ job: { state, needsEstimate, estimates, invoices }, onBehalfOf, refused }: Props) {
  const words = wordsFor({ onBehalfOf });
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
              {words.accept}
            </SubmitButton>
            <SubmitButton name="act" value="decline" kind="quiet" icon={X} pendingWord="Declining" wide>
              {words.decline}
            </SubmitButton>
          </div>
          {/* Asked for once somebody declines: who accepts has nothing to say. */}
          {declined && <Field label="Reason" name="reason" hint={words.readBy} defaultValue={declined.typed.reason} error={declined.fields.reason} />}
        </Form>
      )}
      {feedback && (
        <Notice tone="amber" title={words.changes}>
          <p className="whitespace-pre-line">“{feedback}”</p>
        </Notice>
      )}
      {dispute && (
        <Notice tone="red" title={words.disputed(dispute.reference)}>
          <p className="whitespace-pre-line">“{dispute.reason}”</p>
          <p>{words.again}</p>
        </Notice>
      )}
      {can("complete", state) === true && (state === "approved" || !needsEstimate) && (
        <Form method="post" className="grid gap-3" noValidate>
          <input type="hidden" name="act" value="complete" />
          <TextArea label="What was done" name="note" hint={words.forRecord} defaultValue={refused("complete")?.typed.note} />
          <SubmitButton icon={CircleCheck} pendingWord="Marking" wide>
            {words.complete}
          </SubmitButton>
        </Form>
      )}
      {can("withdraw", state) === true && <TakeBack act="withdraw" what="estimate" words={words} />}
      {can("withdraw-invoice", state) === true && <TakeBack act="withdraw-invoice" what="invoice" words={words} />}
    </>
  );
}

/** While the shop has not decided, what was sent can be taken back. */
const TakeBack = ({ act, what, words }: { act: string; what: string; words: typeof ownWords }) => (
  <Form method="post" className="flex flex-wrap items-center gap-3">
    <input type="hidden" name="act" value={act} />
    <span className="min-w-0 flex-1 basis-60">{words.sent(what)}</span>
    <SubmitButton kind="quiet" icon={Undo2} pendingWord="Taking back">
      {words.withdraw(what)}
    </SubmitButton>
  </Form>
);

/** The estimate or the invoice, once the vendor has read what it is for. */
export function BillStep(props: Props) {
  const { job, refused } = props;
  const words = wordsFor(props);
  const { state, needsEstimate, estimates } = job;
  return (
    <>
      {can("submit-estimate", state) === true &&
        (state === "accepted" && !needsEstimate ? (
          <Disclosure title={words.anyEstimate} open={refused("submit-estimate") !== undefined}>
            <EstimateForm {...props} />
          </Disclosure>
        ) : (
          <Section title={estimates.length > 0 ? "Revised estimate" : words.estimate}>
            <EstimateForm {...props} />
          </Section>
        ))}
      {can("submit-invoice", state) === true && (
        <Section title={words.invoice}>
          <InvoiceForm {...props} />
        </Section>
      )}
    </>
  );
}

/** What was typed, or else what there is to begin with. */
const begunWith = (typed: Typed | undefined, bill: Bill | undefined) =>
  typed ? { rows: typedLines(typed), tax: typed[TAX] ?? "" } : { rows: bill ? bill.lines.map(typedLine) : blankLines(), tax: bill ? typedTax(bill) : "" };

function EstimateForm({ job: { estimates }, onBehalfOf, refused, currency, locale }: Props) {
  const words = wordsFor({ onBehalfOf });
  const { typed, fields } = refused("submit-estimate") ?? {};
  const last = estimates.at(-1);
  return (
    <Form method="post" className="grid gap-4" noValidate>
      <Nothing />
      <input type="hidden" name="act" value="submit-estimate" />
      <BillRows key={last?.revision ?? 0} {...begunWith(typed, last?.bill)} currency={currency} locale={locale} errors={fields} />
      <TextArea label={words.note} name="note" hint="How long it takes, what is not included" defaultValue={typed?.note ?? last?.bill.note} />
      <SubmitButton icon={Send} pendingWord="Sending" wide>
        {words.submitEstimate}
      </SubmitButton>
    </Form>
  );
}

function InvoiceForm({ job: { estimates, invoices }, onBehalfOf, refused, currency, locale }: Props) {
  const words = wordsFor({ onBehalfOf });
  const { typed, fields } = refused("submit-invoice") ?? {};
  const last = invoices.at(-1);
  const approved = estimates.findLast(({ state }) => state === "approved");
  // Begun with what was approved, or with what was disputed or taken back.
  const begun = begunWith(typed, last?.bill ?? approved?.bill);
  return (
    <Form method="post" className="grid gap-4" noValidate>
      <Nothing />
      <input type="hidden" name="act" value="submit-invoice" />
      <Field label={words.reference} name="reference" defaultValue={typed?.reference ?? last?.reference} error={fields?.reference} autoComplete="off" />
      {approved && (
        <p>
          Approved: <strong className="tabular-nums">{formatMoney(billTotal(approved.bill), currency, locale)}</strong>
          {!last && ". The lines below begin with it."}
        </p>
      )}
      <BillRows key={last?.submission ?? 0} {...begun} currency={currency} locale={locale} errors={fields} />
      <TextArea label={words.note} name="note" defaultValue={typed?.note ?? last?.bill.note} />
      <SubmitButton icon={Send} pendingWord="Sending" wide>
        {words.submitInvoice}
      </SubmitButton>
    </Form>
  );
}
