import { useLoaderData } from "react-router";
import { type Cents, moneyText } from "~/kernel/money";
import { termNames, terms } from "~/kernel/payment-terms";
import { MoneyFields, ReceiptSwitch } from "~/modules/invoices/receivables/ledger-form.view";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Field, Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { Notice } from "~/ui/notice";
import type { action } from "./commands.server";
import type { PageData } from "./data.server";

/** A draft: issue it on terms, or discard it; why it can't be issued where it can't. */
export function DraftActions({ total }: { total: Cents }) {
  const { over, asksReason, allowed, suggestedTerms, creditConcern } = useLoaderData<PageData>();
  const { money } = useFormat();
  return (
    <div className="grid gap-3">
      {over.map((text) => (
        <Notice key={text} tone="amber" title={text} />
      ))}
      {creditConcern && <Notice tone="red" title={creditConcern} />}
      <div className="flex flex-wrap items-end gap-3">
        {allowed.issue === true ? (
          <CommandForm<typeof action> intent="issue" saved={{ terms: suggestedTerms }} className="flex flex-wrap items-end gap-3">
            <input type="hidden" name="seen" value={total} />
            <Select label="Terms" name="terms">
              {termNames.map((name) => (
                <option key={name} value={name}>
                  {terms[name].label}
                </option>
              ))}
            </Select>
            {over.length > 0 && asksReason && <Field label="Reason for billing unauthorized work" name="why" id="issue-why" />}
            <SubmitButton pendingLabel="Issuing">Issue for {money(total)}</SubmitButton>
          </CommandForm>
        ) : (
          <p className="max-w-[40rem] self-center">{allowed.issue}</p>
        )}
        <CommandForm<typeof action> intent="discard">
          <SubmitButton kind="quiet" pendingLabel="Discarding">
            Discard draft
          </SubmitButton>
        </CommandForm>
      </div>
    </div>
  );
}

/** The likely next step first, rare steps behind a disclosure. A step that isn't possible shows the reason. */
export function InvoiceActions() {
  const { invoice, allowed, spendable, mayRecord, fresh } = useLoaderData<PageData>();
  const refused = useRefusedForm<typeof action>();
  const { money, today } = useFormat();
  return (
    <div className="flex flex-wrap items-start gap-2">
      {mayRecord && allowed.pay === true && (
        <Disclosure title="Record payment" kind="primary" open={refused("pay") !== null}>
          <CommandForm<typeof action> intent="pay" saved={{ method: "check", day: today }} className="grid gap-3">
            <input type="hidden" name="id" value={fresh.pay} />
            <MoneyFields form="pay" amount={moneyText(invoice.balance)} dayLabel="Date received" />
            <ReceiptSwitch form="pay" />
            <SubmitButton pendingLabel="Recording">Record payment</SubmitButton>
          </CommandForm>
        </Disclosure>
      )}
      {mayRecord && allowed.applyCredit === true && spendable > 0 && (
        <CommandForm<typeof action> intent="apply-credit">
          <SubmitButton kind="quiet" pendingLabel="Applying">
            Apply credit of {money(spendable)}
          </SubmitButton>
        </CommandForm>
      )}
      {mayRecord && allowed.creditNote === true && (
        <Disclosure title="Credit note" open={refused("credit-note") !== null}>
          <CommandForm<typeof action> intent="credit-note" className="grid gap-3">
            <input type="hidden" name="id" value={fresh.note} />
            <Field label="Amount" name="amount" id="note-amount" figures />
            <Field label="Reason" name="why" id="note-why" />
            <SubmitButton pendingLabel="Saving">Record credit note</SubmitButton>
          </CommandForm>
        </Disclosure>
      )}
      <Disclosure title="Void" open={refused("void") !== null}>
        {allowed.void === true ? (
          <CommandForm<typeof action> intent="void" className="grid gap-3">
            <Field label="Reason" name="why" id="void-why" hint="The number isn't reused. Its work orders are ready to invoice again." />
            <SubmitButton kind="danger" pendingLabel="Voiding">
              Void this invoice
            </SubmitButton>
          </CommandForm>
        ) : (
          <p className="max-w-80">{allowed.void}</p>
        )}
      </Disclosure>
    </div>
  );
}
