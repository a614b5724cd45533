import { Download } from "lucide-react";
import { Form } from "react-router";
import { toCents } from "~/kernel/money";
import { Button, ButtonLink } from "~/ui/button";
import { DataTable } from "~/ui/data-table";
import { Field } from "~/ui/field";
import { useFormat } from "~/ui/format";
import { balanceLabel } from "./balance-label";
import { entryLabel, type Period, type Statement } from "./statement";

/** The query string of a statement's URL. */
export const periodQuery = ({ from, through }: Period): string => `?${new URLSearchParams({ from, through })}`;

/** `note`: such as of money on its way. */
type Props = { statement: Statement; pdf: string; note: string | null };

/** A statement with its period, opening balance, entries and closing balance. */
export function StatementSheet({ statement, pdf, note }: Props) {
  const { from, through, opening, lines, closing } = statement;
  const { money, shortDay } = useFormat();
  const balance = balanceLabel(closing);
  const rows = [
    { key: "opening", on: from, label: "Balance forward", charged: "", credited: "", balance: opening },
    ...lines.map((line, at) => ({
      key: String(at),
      on: line.on,
      label: entryLabel(line),
      charged: line.amount >= 0 ? money(line.amount) : "",
      credited: line.amount < 0 ? money(toCents(-line.amount)) : "",
      balance: line.balance,
    })),
  ];
  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-3">
        <Form className="flex flex-wrap items-end gap-3">
          <Field label="From" type="date" name="from" defaultValue={from} key={`from ${from}`} />
          <Field label="Through" type="date" name="through" defaultValue={through} key={`through ${through}`} />
          <Button type="submit">Show</Button>
        </Form>
        <ButtonLink to={pdf} reloadDocument icon={Download}>
          Download PDF
        </ButtonLink>
      </div>
      <p className="text-lead">
        {balance.term} as of {shortDay(through)}: <strong className="tabular-nums">{money(balance.amount)}</strong>
      </p>
      {note && <p>{note}</p>}
      <DataTable
        caption="Statement"
        rows={rows}
        rowKey={({ key }: (typeof rows)[number]) => key}
        columns={[
          { key: "on", title: "Day", cell: ({ on }) => <span className="whitespace-nowrap">{shortDay(on)}</span> },
          {
            key: "description",
            title: "Description",
            cell: ({ label, charged, credited }) => (
              <span className="grid">
                {label}
                <span className="text-small text-ink-soft tabular-nums sm:hidden">{charged ? `+${charged}` : credited && `−${credited}`}</span>
              </span>
            ),
          },
          { key: "charged", title: "Charged", figures: true, from: "sm", cell: ({ charged }) => charged },
          { key: "credited", title: "Paid or credited", figures: true, from: "sm", cell: ({ credited }) => credited },
          { key: "balance", title: "Balance", figures: true, cell: ({ balance }) => money(balance) },
        ]}
      />
      {lines.length === 0 && <p className="text-ink-soft">No charges or payments in this period.</p>}
    </>
  );
}
