import type { Id } from "~/kernel/ids";
import type { Cents } from "~/kernel/money";
import { formatMoney } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { ButtonLink } from "~/ui/button";
import { DataList, DataRow } from "~/ui/list";
import { Section } from "~/ui/page";
import { type InvoiceStatus, invoiceNumber } from "./invoice";
import { AccountFigures, StatusMark } from "./invoice.view";

type Books = {
  owed: Cents;
  overdue: Cents;
  credit: Cents;
  newest: readonly { id: Id<"invoice">; number: number | null; status: InvoiceStatus; total: Cents; balance: Cents }[];
};

/** On a customer's own page: how its account stands and its newest invoices. The rest is on the account. */
export function BooksSection({ customerId, books, currency, locale }: { customerId: Id<"customer">; books: Books; currency: string; locale: string }) {
  const money = (amount: Cents) => formatMoney(amount, currency, locale);
  return (
    <Section title="Invoices and balance" action={<ButtonLink to={paths.staff.account(customerId)}>Account</ButtonLink>}>
      <AccountFigures owed={books.owed} overdue={books.overdue} credit={books.credit} currency={currency} locale={locale} />
      {books.newest.length === 0 ? (
        <p className="text-ink-soft">No invoice was written yet.</p>
      ) : (
        <DataList label="Newest invoices">
          {books.newest.map(({ id, number, status, total, balance }) => (
            <DataRow
              key={id}
              to={paths.staff.invoice(id)}
              title={
                <span className="inline-flex flex-wrap items-center gap-x-3">
                  <span className="font-semibold tabular-nums">{invoiceNumber(number)}</span>
                  <StatusMark bare status={status} />
                </span>
              }
              end={status === "draft" ? undefined : <span className="tabular-nums">{money(balance > 0 ? balance : total)}</span>}
            />
          ))}
        </DataList>
      )}
    </Section>
  );
}
