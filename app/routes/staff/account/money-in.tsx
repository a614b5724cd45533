import { type FormEvent, useRef, useState } from "react";
import { useLoaderData } from "react-router";
import { type Cents, moneyText, parseMoney, sumCents, toCents } from "~/kernel/money";
import { invoiceNumber } from "~/modules/invoices/invoice";
import { StatusMark } from "~/modules/invoices/invoice.view";
import { MoneyFields, ReceiptSwitch } from "~/modules/invoices/receivables/ledger-form.view";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Field, Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { pickField } from "../../parts/invoice-picks";
import type { action } from "./commands.server";
import type { PageData } from "./data.server";
import { shareField } from "./shares";

/** Money from the customer: for open invoices, ahead as a deposit, or a credit that the shop gives. */
export function MoneyIn() {
  const { fresh, open, estimates, depositFor } = useLoaderData<PageData>();
  const { today } = useFormat();
  const refused = useRefusedForm<typeof action>();
  const asked = estimates.find(({ id }) => id === depositFor);
  return (
    <div className="flex flex-wrap items-start gap-2">
      {open.length > 0 && (
        <Disclosure title="Record payment" kind="primary" open={refused("receive") !== null}>
          <ReceivePayment />
        </Disclosure>
      )}
      <Disclosure title="Take a deposit" kind={open.length > 0 ? "quiet" : "primary"} open={refused("pay") !== null || asked !== undefined}>
        <CommandForm<typeof action> intent="pay" saved={{ method: "check", day: today, estimate: asked?.id ?? "" }} className="grid gap-3">
          <input type="hidden" name="id" value={fresh.deposit} />
          {estimates.length > 0 && (
            <Select label="For estimate" name="estimate" hint="It pays the first invoice with work of this estimate.">
              <option value="">None</option>
              {estimates.map(({ id, number, title }) => (
                <option key={id} value={id}>
                  E-{number} {title}
                </option>
              ))}
            </Select>
          )}
          <MoneyFields form="deposit" amount={asked?.deposit ? moneyText(asked.deposit) : ""} dayLabel="Date received" />
          <ReceiptSwitch form="deposit" />
          <SubmitButton pendingLabel="Recording">Record deposit</SubmitButton>
        </CommandForm>
      </Disclosure>
      <Disclosure title="Give credit" open={refused("give-credit") !== null}>
        <CommandForm<typeof action> intent="give-credit" className="grid gap-3">
          <input type="hidden" name="id" value={fresh.credit} />
          <Field label="Amount" name="amount" id="credit-amount" figures />
          <Field label="Reason" name="why" id="credit-why" hint="For example goodwill, warranty or a promised price" />
          <SubmitButton pendingLabel="Giving">Record credit</SubmitButton>
        </CommandForm>
      </Disclosure>
    </div>
  );
}

/** One payment over several invoices. Until an amount is typed, it follows the invoices that are ticked. */
function ReceivePayment() {
  const { fresh, open } = useLoaderData<PageData>();
  const { today, money, shortDay } = useFormat();
  const typed = useRefusedForm<typeof action>()("receive")?.typed;
  const form = useRef<HTMLDivElement>(null);
  const isTyped = useRef(typed !== undefined);
  const [sum, setSum] = useState<Cents | null>(null);
  const follow = ({ target }: FormEvent<HTMLFormElement>) => {
    if (!(target instanceof HTMLInputElement)) return;
    const amount = form.current?.querySelector<HTMLInputElement>('[name="amount"]');
    if (target === amount) isTyped.current = amount.value !== "";
    const picked = open.map(({ id, balance }) => {
      const box = form.current?.querySelector<HTMLInputElement>(`[name="${pickField(id)}"]`);
      const share = form.current?.querySelector<HTMLInputElement>(`[name="${shareField(id)}"]`)?.value ?? "";
      return share.trim() === "" ? (box?.checked ? balance : toCents(0)) : (parseMoney(share) ?? toCents(0));
    });
    const total = sumCents(picked);
    setSum(total);
    if (amount && !isTyped.current) amount.value = total > 0 ? moneyText(total) : "";
  };
  return (
    <CommandForm<typeof action> intent="receive" saved={{ method: "check", day: today }} onChange={follow} className="grid gap-4">
      <div ref={form} className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <input type="hidden" name="id" value={fresh.payment} />
        <fieldset className="min-w-0">
          <legend className="font-semibold">Which invoices does it pay?</legend>
          <p className="text-small text-ink-soft">Ticked invoices are paid in full, oldest due first, as far as the payment reaches.</p>
          <ul className="mt-2 divide-y divide-line border-y border-line">
            {open.map((invoice) => (
              <li key={invoice.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-1">
                <label className="flex min-h-(--target) min-w-56 flex-1 cursor-pointer items-center gap-2.5">
                  <input type="checkbox" name={pickField(invoice.id)} defaultChecked={typed ? pickField(invoice.id) in typed : false} className="size-4" />
                  <span className="font-semibold whitespace-nowrap tabular-nums">{invoiceNumber(invoice.number)}</span>
                  <StatusMark bare status={invoice.status} />
                  {invoice.dueDay && <span className="text-small text-ink-soft max-sm:hidden">due {shortDay(invoice.dueDay)}</span>}
                  <span className="ml-auto tabular-nums">{money(invoice.balance)}</span>
                </label>
                <div className="w-28 max-sm:w-full">
                  <Field
                    label={<span className="sr-only">Amount on {invoiceNumber(invoice.number)}</span>}
                    name={shareField(invoice.id)}
                    figures
                    placeholder="in full"
                  />
                </div>
              </li>
            ))}
          </ul>
          {sum !== null && (
            <p aria-live="polite" className="pt-2 text-right font-semibold tabular-nums">
              {money(sum)} on invoices
            </p>
          )}
        </fieldset>
        <div className="grid content-start gap-3">
          <MoneyFields form="receive" dayLabel="Date received" />
          <ReceiptSwitch form="receive" />
          <SubmitButton pendingLabel="Recording">Record payment</SubmitButton>
        </div>
      </div>
    </CommandForm>
  );
}
