import type { ComponentProps } from "react";
import type { Id } from "~/kernel/ids";
import type { Cents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { ButtonLink } from "~/ui/button";
import { DataList } from "~/ui/list";
import { Section } from "~/ui/page";
import { AccountFigures } from "../invoice.view";
import { InvoiceRow } from "../invoice-row.view";

type AccountSummary = {
  owed: Cents;
  overdue: Cents;
  credit: Cents;
  reserved: Cents;
  newest: readonly ComponentProps<typeof InvoiceRow>[];
};

/** A customer's balance and newest invoices, for the customer record. */
export function ReceivablesSection({ customerId, receivables }: { customerId: Id<"customer">; receivables: AccountSummary }) {
  return (
    <Section title="Invoices and balance" action={<ButtonLink to={paths.staff.account(customerId)}>Account</ButtonLink>}>
      <AccountFigures owed={receivables.owed} overdue={receivables.overdue} credit={receivables.credit} reserved={receivables.reserved} />
      {receivables.newest.length === 0 ? (
        <p className="text-ink-soft">No invoices yet.</p>
      ) : (
        <DataList label="Newest invoices">
          {receivables.newest.map((row) => (
            <InvoiceRow key={row.to} {...row} />
          ))}
        </DataList>
      )}
    </Section>
  );
}
