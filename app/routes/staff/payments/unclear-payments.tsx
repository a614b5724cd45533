import { disputeLabels } from "~/modules/payments/disputes/dispute";
import { Moment } from "~/ui/clock";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import type { commands } from "./commands.server";
import type { PageData } from "./data.server";

type Action = { commands: typeof commands };
type Payment = PageData["unclear"][number];

/** Money that came by our checkout and fits no invoice: each waits for somebody to choose its invoice. */
export function UnclearPayments({ unclear, disputes }: Pick<PageData, "unclear" | "disputes">) {
  const { money } = useFormat();
  return (
    <Section title="Payments that fit no invoice" count={unclear.length}>
      <p className="max-w-[60ch] text-ink-soft">Find each in Square's dashboard by its number, and put it on the invoice that it was meant for.</p>
      <ul aria-label="Payments that fit no invoice" className="divide-y divide-line border-y border-line bg-panel">
        {unclear.map((payment) => (
          <li key={payment.id} className="grid gap-1 px-3 py-2">
            <span className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span className="min-w-0 font-semibold break-all">{payment.id}</span>
              <span className="font-semibold tabular-nums">{money(payment.amount)}</span>
            </span>
            <span className="flex flex-wrap items-baseline gap-x-3 text-small text-ink-soft">
              <Moment at={payment.createdAt} />
              {disputes
                .filter(({ paymentId }) => paymentId === payment.id)
                .map(({ id, state }) => (
                  <StateMark key={id} bare tone={disputeLabels[state].tone} label={`Disputed: ${disputeLabels[state].label}`} />
                ))}
            </span>
            <Assign payment={payment} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Assign({ payment: { id } }: { payment: Payment }) {
  const row = { payment: id };
  return (
    <Disclosure title="Put on an invoice" about={id} style="link" open={useRefusedForm<Action>()("assign-payment", row) !== null}>
      <CommandForm<Action> intent="assign-payment" row={row} className="grid max-w-md gap-3">
        <Field
          label="Invoice"
          name="invoice"
          id={`assign-${id}-invoice`}
          hint="Its number, such as INV-1002. What it does not need is the customer's credit."
        />
        <div>
          <SubmitButton pendingLabel="Recording">Put on this invoice</SubmitButton>
        </div>
      </CommandForm>
    </Disclosure>
  );
}
