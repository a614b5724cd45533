import { useLoaderData } from "react-router";
import { type Cents, moneyText, toCents } from "~/kernel/money";
import { invoiceNumber } from "~/modules/invoices/invoice";
import { movementLabel } from "~/modules/invoices/invoice.view";
import { MoneyFields } from "~/modules/invoices/receivables/ledger-form.view";
import { refundableCredit } from "~/modules/payments/refunds/refund-request";
import { SquareRefund } from "~/modules/payments/refunds/square-refund.view";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Field, Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/page";
import type { action } from "./commands.server";
import type { PageData } from "./data.server";

/** The customer's unapplied money by its source, to be applied to an invoice or paid out. */
export function UnappliedCredit() {
  const { sources, open, mayRecord, refundables } = useLoaderData<PageData>();
  const heldOf = ({ id, free }: Props["source"]) => toCents(Math.min(free, refundables[id]?.reserved ?? 0));
  /** What of it may be paid out by hand; of a payment through Square nothing, unless Square could not refund it. */
  const payableBy = (source: Props["source"]) => {
    if (source.method !== "square") return source.free;
    return toCents(Math.min(refundables[source.id]?.byHand ?? 0, source.free - heldOf(source)));
  };
  const { money, shortDay } = useFormat();
  return (
    <Section title="Unapplied credit" count={sources.length}>
      {sources.length === 0 ? (
        <p className="text-ink-soft">No unapplied credit.</p>
      ) : (
        <ul aria-label="Unapplied credit" className="divide-y divide-line border-y border-line bg-panel">
          {sources.map((source) => (
            <li key={source.id} className="grid gap-1 px-3 py-2">
              <span className="flex flex-wrap items-baseline justify-between gap-x-4">
                <span className="font-semibold">{movementLabel(source, money).title}</span>
                <span className="tabular-nums">
                  {money(source.free)} unapplied
                  {heldOf(source) > 0 && <span className="text-ink-soft">, of it {money(heldOf(source))} on its way back</span>}
                </span>
              </span>
              <span className="text-small text-ink-soft">
                {shortDay(source.day)}
                {source.why && ` · ${source.why}`}
                {source.estimate !== null && ` · deposit for E-${source.estimate}`}
              </span>
              {mayRecord && (
                <div key={source.free - heldOf(source)} className="flex flex-wrap items-start gap-x-4">
                  {open.length > 0 && source.free > heldOf(source) && <Apply source={source} most={toCents(source.free - heldOf(source))} />}
                  {source.method === "square" && <Refund source={source} />}
                  {payableBy(source) > 0 && <PayOut source={source} most={payableBy(source)} />}
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

type Props = { source: PageData["sources"][number] };

function Apply({ source, most }: Props & { most: Cents }) {
  const { open } = useLoaderData<PageData>();
  const { money } = useFormat();
  const row = { source: source.id };
  const form = `put-${source.id}`;
  const [oldest] = open;
  return (
    <Disclosure title="Apply to invoice" style="link" open={useRefusedForm<typeof action>()("allocate", row) !== null}>
      <CommandForm<typeof action> intent="allocate" row={row} className="grid gap-3">
        <input type="hidden" name="id" value={source.fresh.apply} />
        <Select label="Invoice" name="invoice" id={`${form}-invoice`} defaultValue={oldest?.id}>
          {open.map((invoice) => (
            <option key={invoice.id} value={invoice.id}>
              {invoiceNumber(invoice.number)}, {money(invoice.balance)} open
            </option>
          ))}
        </Select>
        <Field label="Amount" name="amount" id={`${form}-amount`} figures defaultValue={moneyText(toCents(Math.min(most, oldest?.balance ?? most)))} />
        <SubmitButton pendingLabel="Applying">Apply credit</SubmitButton>
      </CommandForm>
    </Disclosure>
  );
}

/** What came through Square goes back through Square. */
function Refund({ source }: Props) {
  const { refundables, whyNoRefund } = useLoaderData<PageData>();
  const its = refundables[source.id];
  if (!its) return null;
  const most = refundableCredit(its);
  // A new key after each request: the form is closed and empty again, so a second click asks for nothing.
  return <SquareRefund key={`${its.requests.length} ${most}`} its={{ ...its, most }} fresh={its.fresh} whyNot={whyNoRefund} place="credit" />;
}

/** Pays out the unapplied part of any credit. */
function PayOut({ source, most }: Props & { most: Cents }) {
  const { today } = useFormat();
  const row = { source: source.id };
  const form = `out-${source.id}`;
  return (
    <Disclosure title="Pay out" style="link" open={useRefusedForm<typeof action>()("pay-out", row) !== null}>
      <CommandForm<typeof action> intent="pay-out" row={row} saved={{ method: "check", day: today }} className="grid gap-3">
        <input type="hidden" name="id" value={source.fresh.payOut} />
        <MoneyFields form={form} amount={moneyText(most)} dayLabel="Date paid out" />
        <Field label="Reason" name="why" id={`${form}-why`} />
        <SubmitButton pendingLabel="Recording">Record payout</SubmitButton>
      </CommandForm>
    </Disclosure>
  );
}
