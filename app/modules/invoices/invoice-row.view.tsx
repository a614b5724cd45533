import type { ReactNode } from "react";
import type { Cents } from "~/kernel/money";
import { useFormat } from "~/ui/format";
import { DataRow } from "~/ui/list";
import { type InvoiceStatus, invoiceNumber } from "./invoice";
import { StatusMark } from "./status.view";

type Props = {
  to: string;
  invoice: { number: number | null; status: InvoiceStatus; total: Cents; balance: Cents };
  detail?: ReactNode;
};

/** An invoice in a customer's list, with status and balance. */
export function InvoiceRow({ to, invoice: { number, status, total, balance }, detail }: Props) {
  const { money } = useFormat();
  return (
    <DataRow
      to={to}
      title={
        <span className="inline-flex flex-wrap items-center gap-x-3">
          <span className="font-semibold tabular-nums">{invoiceNumber(number)}</span>
          <StatusMark bare status={status} />
        </span>
      }
      detail={detail}
      end={
        status !== "draft" && (
          <span className="grid tabular-nums">
            <span className="font-semibold">{money(balance > 0 ? balance : total)}</span>
            {balance > 0 && balance < total && <span className="text-small text-ink-soft">of {money(total)}</span>}
          </span>
        )
      }
    />
  );
}
