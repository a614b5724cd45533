import { useState } from "react";
import { Link, useLoaderData } from "react-router";
import type { Id } from "~/kernel/ids";
import { sumCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { invoiceNumber } from "~/modules/invoices/invoice";
import { StatusMark } from "~/modules/invoices/status.view";
import { MOST_INVOICES } from "~/modules/payments/checkouts/payment-intent";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { DataList } from "~/ui/list";
import { RowCheck } from "~/ui/row-check";
import { pickField } from "../../parts/invoice-picks";
import { amountTyped, BANK_TAKES } from "../../parts/pay-amount";
import { partField } from "./chosen-shares";
import type { commands } from "./commands.server";
import type { PageData } from "./data.server";

type Row = PageData["open"][number];

/** Which of the open invoices are paid, and how much of each. */
export function Choose() {
  const { open, isConnected, takesBank, least } = useLoaderData<PageData>();
  const { money } = useFormat();
  const refused = useRefusedForm<typeof commands>()("pay");
  const [chosen, setChosen] = useState(() => chosenFirst(open, refused?.typed));
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>(refused?.typed ?? {});
  // What was chosen may be paid, or on its way, by now.
  const counted = open.filter(({ id, pending }) => pending === null && chosen.has(id));
  const amounts = counted.map(({ id, balance }) => amountTyped(typed[partField(id)], balance));
  const sum = sumCents(amounts.map((amount) => amount ?? sumCents([])));
  return (
    <CommandForm<typeof commands> intent="pay" className="grid gap-4">
      {isConnected && least !== null && (
        <p className="text-ink-soft">To pay a part of an invoice, enter its amount: {money(least)} or more. Leave it empty to pay the whole balance.</p>
      )}
      <DataList label="Open invoices">
        {open.map((row) => (
          <PayRow
            key={row.id}
            row={row}
            isChosen={chosen.has(row.id)}
            onChoose={(is) => setChosen((before) => new Set(is ? [...before, row.id] : [...before].filter((id) => id !== row.id)))}
            onType={(text) => setTyped((before) => ({ ...before, [partField(row.id)]: text }))}
          />
        ))}
      </DataList>
      {isConnected && (
        <div className="flex flex-wrap items-center gap-4">
          <p className="w-full font-semibold tabular-nums" role="status">
            {counted.length === 1 ? "1 invoice" : `${counted.length} invoices`}
            {amounts.includes(null) ? ": check the amounts" : `, ${money(sum)} together`}
          </p>
          <SubmitButton pendingLabel="Opening Square">Pay now</SubmitButton>
          {takesBank && (
            <SubmitButton kind="quiet" pendingLabel="Opening Square" name="way" value="bank">
              Pay by bank transfer
            </SubmitButton>
          )}
        </div>
      )}
      {isConnected && (
        <p className="text-small text-ink-soft">
          You pay on Square's secure page, without an added fee. Next you see what each invoice gets.{takesBank && BANK_TAKES}
        </p>
      )}
    </CommandForm>
  );
}

/** All that can be paid, oldest first, as far as one checkout takes them; after a refusal those that were sent. */
function chosenFirst(open: readonly Row[], sent: Readonly<Record<string, string>> | undefined): ReadonlySet<Id<"invoice">> {
  const payable = open.filter(({ pending }) => pending === null).map(({ id }) => id);
  return new Set(sent ? payable.filter((id) => pickField(id) in sent) : payable.slice(0, MOST_INVOICES));
}

type RowProps = { row: Row; isChosen: boolean; onChoose(is: boolean): void; onType(text: string): void };

function PayRow({ row: { id, number, status, balance, dueDay, pending }, isChosen, onChoose, onType }: RowProps) {
  const { isConnected, least } = useLoaderData<PageData>();
  const { money, shortDay } = useFormat();
  const isPayable = isConnected && pending === null;
  const mayPart = isPayable && least !== null && balance > least;
  return (
    <li className="flex flex-wrap hover:bg-hover">
      {isPayable && <RowCheck selection={{ name: pickField(id), value: "on", label: `Pay ${invoiceNumber(number)}`, chosen: isChosen, onChange: onChoose }} />}
      <Link to={paths.customer.invoice(id)} data-row className="flex min-h-(--row) min-w-0 flex-1 items-center gap-3 px-3 py-1 -outline-offset-2">
        <span className="grid min-w-0 flex-1">
          <span className="inline-flex flex-wrap items-center gap-x-3">
            <span className="font-semibold tabular-nums">{invoiceNumber(number)}</span>
            <StatusMark bare status={status} />
          </span>
          <span className="text-small text-ink-soft">{pending ?? (dueDay && `Due ${shortDay(dueDay)}`)}</span>
        </span>
        <span className="font-semibold tabular-nums">{money(balance)}</span>
      </Link>
      {mayPart && isChosen && (
        <div className="w-full px-3 pb-3 pl-[calc(var(--target)+0.75rem)] sm:w-52 sm:py-1.5 sm:pl-3">
          <Field
            label={<span className="text-small font-normal text-ink-soft">Pay on {invoiceNumber(number)}</span>}
            name={partField(id)}
            figures
            placeholder={money(balance)}
            onChange={(event) => onType(event.currentTarget.value)}
          />
        </div>
      )}
    </li>
  );
}
