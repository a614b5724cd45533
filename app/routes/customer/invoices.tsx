import { CreditCard, FileText } from "lucide-react";
import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { formatShortDay } from "~/kernel/time";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { mayUse, rightRefusalMessage } from "~/modules/customers/contacts/contact-rights";
import { AccountFigures } from "~/modules/invoices/invoice.view";
import { invoiceFilters, type PortalInvoiceFilter, parsePortalInvoiceFilter, portalInvoiceFilters } from "~/modules/invoices/invoice-filters";
import { InvoiceRow } from "~/modules/invoices/invoice-row.view";
import { readOnItsWay } from "~/modules/payments/payment.read.server";
import { readTakesPayments } from "~/modules/payments/square/square-connection.read.server";
import { customer } from "~/platform/http/guards.server";
import { readPortalInvoices } from "~/queries/customer/invoices.server";
import { readPortalBalance } from "~/queries/staff/account.server";
import { ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { FilterChips } from "~/ui/filters";
import { DataList } from "~/ui/list";
import { PageBody, PageHeader } from "~/ui/page";
import { Pager } from "~/ui/pager";

export const meta = () => [{ title: "Invoices" }];

export const loader = customer.loader("invoice:read", async ({ services, session, url }) => {
  const filter = parsePortalInvoiceFilter(url.searchParams.get("show"));
  const allowed = mayUse(await readContactRights(services.db), "documents");
  if (!allowed.ok) {
    const refused = rightRefusalMessage(allowed.error, session.organization);
    return { refused, rows: [], next: null, first: true, figures: null, filter, mayPay: false };
  }
  const before = /^\d{1,9}$/.exec(url.searchParams.get("before") ?? "")?.[0];
  const now = services.clock.now();
  const [list, figures] = await Promise.all([
    readPortalInvoices(services.db, { filter, before: before ? Number(before) : null, now }),
    readPortalBalance(services.db, now),
  ]);
  const coming = await readOnItsWay(
    services,
    session.organization,
    list.rows.map(({ id }) => id),
  );
  const { locale } = session.organization;
  const rows = list.rows.map(({ id, status, number, total, balance, dueDay }) => ({
    id,
    invoice: { status, number, total, balance },
    detail: status === "void" ? "Nothing to pay" : status === "paid" ? "Paid in full" : (coming(id) ?? (dueDay && `Due ${formatShortDay(dueDay, locale)}`)),
  }));
  return { refused: null, rows, next: list.next, first: !before, figures, filter, mayPay: figures.owed > 0 && (await readTakesPayments(services)) };
});

const address = (filter: PortalInvoiceFilter, before?: number) =>
  `?${new URLSearchParams({ ...(filter === "all" ? {} : { show: filter }), ...(before ? { before: String(before) } : {}) })}`;

const emptyTitles: Record<PortalInvoiceFilter, string> = {
  all: "No invoices yet",
  open: "No open invoices",
  overdue: "Nothing is overdue",
  paid: "No paid invoices yet",
};

export default function CustomerInvoices() {
  const { refused, rows, next, first, figures, filter, mayPay } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title="Invoices"
        action={
          figures && (
            <>
              {mayPay && (
                <ButtonLink to={paths.customer.pay()} kind="primary" icon={CreditCard}>
                  Pay invoices
                </ButtonLink>
              )}
              <ButtonLink to={paths.customer.statement} icon={FileText}>
                Statement
              </ButtonLink>
            </>
          )
        }
      />
      <PageBody>
        {figures && (
          <>
            <AccountFigures {...figures} />
            <FilterChips
              label="Filter invoices"
              chips={portalInvoiceFilters.map((name) => ({ label: invoiceFilters[name].label, to: address(name), current: name === filter }))}
            />
          </>
        )}
        {refused ? (
          <Empty title="You can't see invoices" body={refused} />
        ) : rows.length === 0 ? (
          <Empty title={emptyTitles[filter]} body={filter === "all" ? "Invoices from the shop show up here." : "Choose All to see the others."} />
        ) : (
          <DataList label="Invoices">
            {rows.map(({ id, ...row }) => (
              <InvoiceRow key={id} to={paths.customer.invoice(id)} {...row} />
            ))}
          </DataList>
        )}
        {(next || !first) && <Pager label="Pages of invoices" previous={first ? undefined : address(filter)} next={next ? address(filter, next) : undefined} />}
      </PageBody>
    </>
  );
}
