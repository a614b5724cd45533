import type { Id } from "~/kernel/ids";
import { type Cents, moneyText, toCents } from "~/kernel/money";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Field, Switch } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import type { LedgerEntry } from "./ledger";
import { MoneyFields } from "./ledger-form.view";

/** The action of a page that has these commands. */
type EntryAction = { commands: Record<"refund" | "correct" | "reverse" | "reinstate", unknown> };
type Entry = Pick<LedgerEntry, "id" | "kind" | "amount" | "method" | "reference" | "day">;

/** What can be done about an entry; a flag is off where that no longer makes sense. */
type Props = {
  entry: Entry;
  /** New ids for the entries that a form adds. */
  fresh: { refund: string; correct: string };
  /** The most that can be refunded of a payment by hand; 0 for none. */
  refundable: Cents;
  mayCorrect: boolean;
  mayReverse: boolean;
};

/** Refund, correct or reverse money that came in or went out. */
export function EntryCommands({ entry, fresh, refundable, mayCorrect, mayReverse }: Props) {
  // Square alone changes what came through it.
  const isOurs = entry.method !== "square";
  if (refundable <= 0 && !(isOurs && (mayCorrect || mayReverse))) return null;
  return (
    <div className="flex flex-wrap items-start gap-x-4">
      {refundable > 0 && <Refund entry={entry} id={fresh.refund} most={refundable} />}
      {isOurs && mayCorrect && <Correct entry={entry} id={fresh.correct} />}
      {isOurs && mayReverse && <Reverse entry={entry} />}
    </div>
  );
}

function Refund({ entry, id, most }: { entry: Entry; id: string; most: Cents }) {
  const { today } = useFormat();
  const row = { source: entry.id };
  const form = `refund-${entry.id}`;
  return (
    <Disclosure title={entry.method === "square" ? "Refund another way" : "Refund"} style="link" open={useRefusedForm<EntryAction>()("refund", row) !== null}>
      <CommandForm<EntryAction> intent="refund" row={row} saved={{ method: "check", day: today }} className="grid gap-3">
        <input type="hidden" name="id" value={id} />
        <p className="text-small">The refund uses unapplied money first, then money applied to invoices. Those invoices are open again.</p>
        <MoneyFields form={form} amount={moneyText(most)} dayLabel="Date refunded" />
        <Field label="Reason" name="why" id={`${form}-why`} />
        <SubmitButton pendingLabel="Recording">Record refund</SubmitButton>
      </CommandForm>
    </Disclosure>
  );
}

/** For a slip of the hand: the entry is replaced, and statements show only what is right. */
function Correct({ entry, id }: { entry: Entry; id: string }) {
  const row = { entry: entry.id };
  const form = `correct-${entry.id}`;
  const what = entry.kind === "refund" ? "refund" : "payment";
  const { method, reference, day } = entry;
  return (
    <Disclosure title="Correct" about={`this ${what}`} style="link" open={useRefusedForm<EntryAction>()("correct", row) !== null}>
      <CommandForm<EntryAction> intent="correct" row={row} saved={{ method, reference, day }} className="grid gap-3">
        <input type="hidden" name="id" value={id} />
        <MoneyFields form={form} amount={moneyText(toCents(Math.abs(entry.amount)))} dayLabel={entry.kind === "refund" ? "Date refunded" : "Date received"} />
        <Switch label={`This ${what} was never made`} name="never" value="on" id={`${form}-never`} hint="It is taken off the account." />
        <Field label="What was wrong" name="why" id={`${form}-why`} hint="For example a mistyped amount" />
        <SubmitButton pendingLabel="Correcting">Correct {what}</SubmitButton>
      </CommandForm>
    </Disclosure>
  );
}

function Reverse({ entry }: { entry: Entry }) {
  const row = { source: entry.id };
  const isPayment = entry.kind === "payment";
  return (
    <Disclosure title="Reverse" style="link" open={useRefusedForm<EntryAction>()("reverse", row) !== null}>
      <CommandForm<EntryAction> intent="reverse" row={row} className="grid gap-3">
        <Field
          label="Reason"
          name="why"
          id={`reverse-${entry.id}-why`}
          hint={isPayment ? "For example a bounced check. For a mistyped amount, use Correct." : "For example the wrong invoice"}
        />
        <SubmitButton kind="danger" pendingLabel="Reversing">
          Reverse this {isPayment ? "payment" : entry.kind === "credit-note" ? "credit note" : "credit"}
        </SubmitButton>
      </CommandForm>
    </Disclosure>
  );
}

/** Undoes a reversal made by mistake. */
export function UndoReversal({ source }: { source: Id<"entry"> }) {
  const row = { source };
  return (
    <Disclosure title="Undo reversal" style="link" open={useRefusedForm<EntryAction>()("reinstate", row) !== null}>
      <CommandForm<EntryAction> intent="reinstate" row={row} className="grid gap-3">
        <Field label="Why" name="why" id={`again-${source}-why`} hint="Such as: the check cleared after all, or the wrong one was reversed" />
        <SubmitButton pendingLabel="Undoing">Undo reversal</SubmitButton>
      </CommandForm>
    </Disclosure>
  );
}
