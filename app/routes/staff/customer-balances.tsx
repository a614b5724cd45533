import { Download } from "lucide-react";
import { useLoaderData } from "react-router";
import { readCursor } from "~/kernel/cursor";
import { type Cents, toCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { ageLabels, ages } from "~/modules/invoices/invoice";
import { Receivables } from "~/modules/invoices/invoice.view";
import { balanceLabel } from "~/modules/invoices/statements/balance-label";
import { staff } from "~/platform/http/guards.server";
import { readCustomerBalances } from "~/queries/staff/customer-balances.server";
import { readReceivables } from "~/queries/staff/invoice-list.server";
import { ButtonLink } from "~/ui/button";
import { DataTable } from "~/ui/data-table";
import { Empty } from "~/ui/empty";
import { useFormat } from "~/ui/format";
import { PageBody, PageHeader } from "~/ui/page";
import { Pager } from "~/ui/pager";
import { StateMark } from "~/ui/state-mark";

export const meta = () => [{ title: "Balances by customer" }];

export const loader = staff.loader("invoice:read", async ({ services: { db, clock }, url }) => {
  const now = clock.now();
  const after = readCursor(url.searchParams.get("after"), "customer");
  const [list, owed] = await Promise.all([readCustomerBalances(db, { now, after }), readReceivables(db, now)]);
  return { ...list, owed, first: after === null };
});

type Row = Awaited<ReturnType<typeof readCustomerBalances>>["rows"][number];

/** What each customer owes, by age, highest balance first. */
export default function CustomerBalances() {
  const { rows, next, first, owed } = useLoaderData<typeof loader>();
  const { money } = useFormat();
  return (
    <>
      <PageHeader
        title="Balances by customer"
        action={
          <>
            <ButtonLink to={paths.staff.balancesCsv} reloadDocument icon={Download}>
              CSV
            </ButtonLink>
            <ButtonLink to={paths.staff.invoices}>Invoices</ButtonLink>
          </>
        }
      />
      <PageBody>
        <Receivables owed={owed} />
        {rows.length === 0 ? (
          <Empty title="Nobody owes anything" body="Customers with open invoices are listed here, highest balance first." />
        ) : (
          <DataTable
            caption="Balances by customer"
            rows={rows}
            rowKey={({ id }: Row) => id}
            rowTo={({ id }) => paths.staff.account(id)}
            columns={[
              {
                key: "customer",
                title: "Customer",
                wraps: true,
                cell: (row) => (
                  <span className="grid">
                    <span className="flex flex-wrap items-baseline gap-x-3">
                      {row.name}
                      {row.problem && <StateMark bare tone="red" label={row.problem.kind === "hold" ? "Credit hold" : "Over limit"} />}
                    </span>
                    {row.pending > 0 && <span className="text-small text-ink-soft tabular-nums">{money(row.pending)} is on its way</span>}
                    <SmallAges row={row} />
                  </span>
                ),
              },
              ...ages.map((age) => ({
                key: age,
                title: ageLabels[age],
                figures: true,
                from: "lg" as const,
                cell: (row: Row) => (row.ages[age] > 0 ? money(row.ages[age]) : ""),
              })),
              { key: "credit", title: "Credit", figures: true, from: "sm", cell: ({ credit }) => (credit > 0 ? money(credit) : "") },
              { key: "balance", title: "Balance due", figures: true, cell: ({ balance }) => <Balance of={balance} /> },
            ]}
          />
        )}
        {(next || !first) && <Pager label="Pages of balances" previous={first ? undefined : "?"} next={next ? `?after=${next.at}-${next.id}` : undefined} />}
      </PageBody>
    </>
  );
}

/** The ages and the credit, where the table is too narrow for their columns. */
function SmallAges({ row }: { row: Row }) {
  const { money } = useFormat();
  return (
    <span className="grid pb-1 text-small text-ink-soft tabular-nums lg:hidden">
      {ages
        .filter((age) => row.ages[age] > 0)
        .map((age) => (
          <span key={age}>
            {ageLabels[age]}: {money(row.ages[age])}
          </span>
        ))}
      {row.credit > 0 && <span className="sm:hidden">Credit: {money(toCents(-row.credit))}</span>}
    </span>
  );
}

function Balance({ of: balance }: { of: Cents }) {
  const { money } = useFormat();
  const { term, amount } = balanceLabel(balance);
  return (
    <span className="grid">
      <strong>{money(amount)}</strong>
      {balance < 0 && <span className="text-small text-ink-soft">{term}</span>}
    </span>
  );
}
