import { useLoaderData } from "react-router";
import { orderParams, parseList, placeParams } from "~/kernel/list-order";
import { paths } from "~/kernel/paths";
import { type Age, ageLabels, invoiceNumber, parseAge } from "~/modules/invoices/invoice";
import { Receivables, StatusMark } from "~/modules/invoices/invoice.view";
import { type InvoiceFilter, invoiceFilterNames, invoiceFilters, parseInvoiceFilter } from "~/modules/invoices/invoice-filters";
import { onItsWay } from "~/modules/payments/checkouts/on-its-way";
import { readSavedViews } from "~/modules/people/saved-views/saved-views.server";
import { staff } from "~/platform/http/guards.server";
import { type InvoiceSort, invoiceSorts, readInvoiceList, readReceivables } from "~/queries/staff/invoice-list.server";
import { readReadyToInvoice } from "~/queries/staff/ready-to-invoice.server";
import { ButtonLink } from "~/ui/button";
import { DataTable } from "~/ui/data-table";
import { Empty } from "~/ui/empty";
import { FilterChips, SearchField } from "~/ui/filters";
import { useFormat } from "~/ui/format";
import { DataList, DataRow } from "~/ui/list";
import { columnSorts, listAddress } from "~/ui/list-sort";
import { LiveDot } from "~/ui/live-dot";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { Pager } from "~/ui/pager";
import { TextLink } from "~/ui/text-link";
import { ListDownload, ListViews } from "./list-tools";
import { useShopRoom } from "./use-shop-room";

export const meta = () => [{ title: "Invoices" }];

export const loader = staff.loader("invoice:read", async ({ services: { db, clock }, session, url }) => {
  const wanted = parseList(url.searchParams, invoiceSorts);
  const filter = parseInvoiceFilter(url.searchParams.get("show"));
  const age = parseAge(url.searchParams.get("age"));
  const now = clock.now();
  const [list, ready, owed, views] = await Promise.all([
    readInvoiceList(db, { ...wanted, filter, age, now }),
    readReadyToInvoice(db),
    readReceivables(db, now),
    readSavedViews({ db }, { me: session.membership.id, list: "invoices" }),
  ]);
  const rows = list.rows.map(({ pending, ...row }) => ({ ...row, pending: onItsWay(pending, session.organization, now) }));
  return { ...list, rows, views, ready, owed, filter, age, query: wanted.query, order: wanted.order, first: wanted.after === null };
});

type Row = Awaited<ReturnType<typeof loader>>["rows"][number];
/** The filter and search of an address, without those that it has anyway. */
const narrowed = (filter: InvoiceFilter, age: Age | null, query: string) => ({
  ...(filter === "open" ? {} : { show: filter }),
  ...(age ? { age } : {}),
  ...(query ? { q: query } : {}),
});

export default function Invoices() {
  const { rows, views, next, first, ready, owed, filter, age, query, order } = useLoaderData<typeof loader>();
  const { money, now, shortDay } = useFormat();
  const sort = columnSorts<InvoiceSort>(narrowed(filter, age, query), order);
  const address = (show: InvoiceFilter, of: Age | null, more = {}) => listAddress(narrowed(show, of, query), order, more);
  const { live } = useShopRoom(["invoice", "account", "work-order"]);
  return (
    <>
      <PageHeader
        title="Invoices"
        state={<LiveDot {...live} now={now} />}
        action={
          <>
            <ButtonLink to={paths.staff.unbilled}>Unbilled work</ButtonLink>
            <ButtonLink to={paths.staff.balances}>Balances</ButtonLink>
          </>
        }
      />
      <PageBody>
        {ready.length > 0 && (
          <Section title="Ready to invoice" count={ready.length}>
            <DataList label="Ready to invoice">
              {ready.map(({ customerId, customer, price, count }) => (
                <DataRow
                  key={customerId}
                  to={paths.staff.newInvoice(customerId)}
                  title={customer}
                  detail={count === 1 ? "1 completed order" : `${count} completed orders`}
                  end={<span className="tabular-nums">{money(price)} before shop supplies and tax</span>}
                />
              ))}
            </DataList>
          </Section>
        )}
        <Receivables owed={owed} to={(one) => address("open", one)} current={age} />
        <div className="grid gap-3 lg:flex lg:items-center lg:justify-between">
          <FilterChips
            label="Filter invoices"
            chips={invoiceFilterNames.map((name) => ({
              label: invoiceFilters[name].label,
              to: address(name, null),
              current: name === filter && age === null,
            }))}
          />
          <div className="lg:w-72">
            <SearchField
              label="Find an invoice"
              value={query}
              placeholder="Number, customer, unit or PO"
              keep={{ ...narrowed(filter, age, ""), ...orderParams(order) }}
            />
          </div>
        </div>
        {age && (
          <p>
            Only {ageLabels[age].toLowerCase()}. <TextLink to={address(filter, null)}>Show all ages</TextLink>
          </p>
        )}
        <ListViews list="invoices" search={address(filter, age)} views={views} />
        {rows.length === 0 ? (
          <Empty
            title={query ? "No invoice matches" : emptyTitles[filter]}
            body={
              query
                ? "Try another search, or choose All."
                : ready.length > 0
                  ? "Completed orders are listed above. Choose a customer to draft an invoice."
                  : "Completed work orders show up here, ready to invoice."
            }
          />
        ) : (
          <DataTable
            caption="Invoices"
            rows={rows}
            rowKey={({ id }: Row) => id}
            rowTo={({ id }) => paths.staff.invoice(id)}
            columns={[
              {
                key: "number",
                title: "Invoice",
                sort: sort("number", "desc"),
                cell: ({ number }) => <span className="whitespace-nowrap tabular-nums">{invoiceNumber(number)}</span>,
              },
              {
                key: "customer",
                title: "Customer",
                wraps: true,
                cell: ({ customer, status, units, pending }) => (
                  <span className="grid min-w-0">
                    <span className="line-clamp-2">{customer}</span>
                    {units && <span className="text-small text-ink-soft">Unit {units.replaceAll(",", ", ")}</span>}
                    {pending && <span className="text-small text-ink-soft">{pending}</span>}
                    <span className="text-small sm:hidden">
                      <StatusMark bare status={status} />
                    </span>
                  </span>
                ),
              },
              { key: "status", title: "State", from: "sm", cell: ({ status }) => <StatusMark bare status={status} /> },
              {
                key: "due",
                title: "Due",
                sort: sort("due"),
                from: "sm",
                cell: ({ dueDay }) => (dueDay ? <span className="whitespace-nowrap">{shortDay(dueDay)}</span> : ""),
              },
              { key: "total", title: "Total", from: "lg", figures: true, cell: ({ state, total }) => (state === "draft" ? "" : money(total)) },
              {
                key: "balance",
                title: "Balance due",
                figures: true,
                sort: sort("balance", "desc"),
                cell: ({ state, balance }) => (state === "draft" ? "" : money(balance)),
              },
            ]}
          />
        )}
        {(next || !first) && (
          <Pager
            label="Pages of invoices"
            previous={first ? undefined : address(filter, age)}
            next={next ? address(filter, age, placeParams(next)) : undefined}
          />
        )}
        {rows.length > 0 && <ListDownload to={`${paths.staff.invoicesCsv}${address(filter, age)}`} />}
      </PageBody>
    </>
  );
}

const emptyTitles: Record<InvoiceFilter, string> = {
  open: "No open invoices",
  overdue: "Nothing is overdue",
  cores: "No outstanding cores",
  draft: "No drafts",
  paid: "No paid invoices yet",
  void: "No voided invoices",
  all: "No invoices yet",
};
