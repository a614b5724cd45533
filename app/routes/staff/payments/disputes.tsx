import { paths } from "~/kernel/paths";
import { disputeLabels, reasonLabel } from "~/modules/payments/disputes/dispute";
import { useFormat } from "~/ui/format";
import { DataList, DataRow } from "~/ui/list";
import { Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import type { PageData } from "./data.server";

/** Payments that banks asked to have back. */
export function Disputes({ disputes }: Pick<PageData, "disputes">) {
  const { money, shortDay } = useFormat();
  return (
    <Section title="Disputes" count={disputes.length}>
      <p className="max-w-[60ch] text-ink-soft">
        A customer's bank asked for these payments back. The evidence is sent from the customer's account or the invoice; put a payment that fits no invoice on
        one first.
      </p>
      <DataList label="Disputes">
        {disputes.map(({ id, customerId, customer, state, amount, reason, dueDay }) => (
          <DataRow
            key={id}
            {...(customerId ? { to: paths.staff.account(customerId) } : {})}
            title={
              <span className="inline-flex flex-wrap items-center gap-x-3">
                <span className="font-semibold">{customer ?? "A payment that fits no invoice"}</span>
                <StateMark bare tone={disputeLabels[state].tone} label={disputeLabels[state].label} />
              </span>
            }
            detail={`${reasonLabel(reason)}${dueDay ? `; answer by ${shortDay(dueDay)}` : ""}`}
            end={<span className="font-semibold tabular-nums">{money(amount)}</span>}
          />
        ))}
      </DataList>
    </Section>
  );
}
