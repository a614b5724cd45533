import { paths } from "~/kernel/paths";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { TextLink } from "~/ui/text-link";
import type { commands } from "./commands.server";
import type { PageData } from "./data.server";

type Action = { commands: typeof commands };
type Payment = PageData["pending"][number];

/** What is on its way from customers' banks, and where the wait can be ended by hand. */
export function MoneyOnItsWay({ pending }: Pick<PageData, "pending">) {
  const { money } = useFormat();
  return (
    <Section title="On its way" count={pending.length}>
      <p className="max-w-[60ch] text-ink-soft">
        From customers' bank accounts. Nothing is paid until it arrives; until then nobody is reminded, and its invoices can't be voided or paid online.
      </p>
      <ul aria-label="On its way" className="divide-y divide-line border-y border-line bg-panel">
        {pending.map((payment) => (
          <li key={payment.id} className="grid gap-1 px-3 py-2">
            <span className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span className="min-w-0">
                <TextLink to={paths.staff.account(payment.customerId)}>{payment.customer}</TextLink>
              </span>
              <span className="font-semibold tabular-nums">{money(payment.amount)}</span>
            </span>
            <span className="text-small text-ink-soft">{payment.about}</span>
            {payment.problem && (
              <>
                <StateMark bare tone="amber" label={payment.problem} />
                <EndWait payment={payment} />
              </>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function EndWait({ payment: { id, customer } }: { payment: Payment }) {
  const row = { payment: id };
  return (
    <Disclosure title="Stop waiting" about={customer} style="link" open={useRefusedForm<Action>()("end-wait", row) !== null}>
      <CommandForm<Action> intent="end-wait" row={row} className="grid max-w-md gap-3">
        <p className="text-ink-soft">
          Look for the payment in Square's dashboard first. If it arrived, stop waiting and record it on the invoice. If Square reports it later, it is entered
          all the same.
        </p>
        <Field label="Reason" name="why" id={`wait-${id}-why`} />
        <div>
          <SubmitButton pendingLabel="Saving">Stop waiting</SubmitButton>
        </div>
      </CommandForm>
    </Disclosure>
  );
}
