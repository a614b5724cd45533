import { useState } from "react";
import { useLoaderData } from "react-router";
import type { Id } from "~/kernel/ids";
import { sumCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { invoiceNumber } from "~/modules/invoices/invoice";
import { StatusMark } from "~/modules/invoices/status.view";
import { ContinueToSquare, ReturnNotice } from "~/modules/payments/checkouts/checkout.view";
import { customer } from "~/platform/http/guards.server";
import { CommandForm } from "~/ui/command-form";
import { Empty } from "~/ui/empty";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { useFormat } from "~/ui/format";
import { DataList, DataRow } from "~/ui/list";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { useFormResult } from "~/ui/use-form-result";
import { pickField } from "../../parts/invoice-picks";
import { commands } from "./commands.server";
import { type PageData, payInvoicesPage } from "./data.server";

export const meta = () => [{ title: "Pay invoices" }];

export const action = commands;

export const loader = customer.loader("invoice:read", payInvoicesPage, action);

export default function PayInvoices() {
  const { open, isConnected, returned } = useLoaderData<PageData>();
  const answer = useFormResult<typeof action>();
  const checkout = answer && "checkout" in answer ? (answer.checkout ?? null) : null;
  const { money } = useFormat();
  return (
    <>
      <PageHeader title="Pay invoices" />
      <PageBody>
        <FormResult result={answer} />
        {returned && <ReturnNotice returned={returned} rest="What is still open is below." />}
        {checkout ? (
          <Section title="What this pays">
            <DataList label="What this pays">
              {checkout.on.map(({ number, amount }) => (
                <DataRow key={number} title={invoiceNumber(number)} end={<span className="tabular-nums">{money(amount)}</span>} />
              ))}
              <DataRow title={<strong>Together</strong>} end={<strong className="tabular-nums">{money(checkout.amount)}</strong>} />
            </DataList>
            <div className="max-w-md">
              <ContinueToSquare url={checkout.url} amount={checkout.amount} />
            </div>
          </Section>
        ) : open.length === 0 ? (
          <Empty title="Nothing to pay" body="All invoices are paid." />
        ) : (
          <>
            {!isConnected && (
              <Notice tone="slate" title="The shop doesn't take payments online at the moment.">
                <p>Pay in one of the ways on the invoices, or call the shop.</p>
              </Notice>
            )}
            <Choose />
          </>
        )}
      </PageBody>
    </>
  );
}

function Choose() {
  const { open, isConnected } = useLoaderData<PageData>();
  const { money, shortDay } = useFormat();
  const [chosen, setChosen] = useState<ReadonlySet<Id<"invoice">>>(() => new Set(open.filter(({ pending }) => pending === 0).map(({ id }) => id)));
  const sum = sumCents(open.filter(({ id }) => chosen.has(id)).map(({ balance }) => balance));
  return (
    <CommandForm<typeof action> intent="pay" className="grid gap-4">
      <DataList label="Open invoices">
        {open.map(({ id, number, status, balance, dueDay, pending }) => (
          <DataRow
            key={id}
            to={paths.customer.invoice(id)}
            selection={
              pending > 0 || !isConnected
                ? undefined
                : {
                    name: pickField(id),
                    value: "on",
                    label: `Pay ${invoiceNumber(number)}`,
                    chosen: chosen.has(id),
                    onChange: (is) => setChosen((before) => new Set(is ? [...before, id] : [...before].filter((one) => one !== id))),
                  }
            }
            title={
              <span className="inline-flex flex-wrap items-center gap-x-3">
                <span className="font-semibold tabular-nums">{invoiceNumber(number)}</span>
                <StatusMark bare status={status} />
              </span>
            }
            detail={pending > 0 ? `${money(pending)} is on its way` : dueDay && `Due ${shortDay(dueDay)}`}
            end={<span className="font-semibold tabular-nums">{money(balance)}</span>}
          />
        ))}
      </DataList>
      {isConnected && (
        <div className="flex flex-wrap items-center gap-4">
          <SubmitButton pendingLabel="Opening Square">Pay now</SubmitButton>
          <p className="tabular-nums">
            {chosen.size === 1 ? "1 invoice" : `${chosen.size} invoices`}, {money(sum)} together
          </p>
        </div>
      )}
      {isConnected && <p className="text-small text-ink-soft">You pay on Square's secure page, without an added fee.</p>}
    </CommandForm>
  );
}
