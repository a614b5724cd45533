import { useLoaderData } from "@remix-run/react";
import { formatMoney } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { readOwnRights } from "~/modules/customers/contact.read.server";
import { mayUse, rightRefusalWords } from "~/modules/customers/contact-rights";
import { invoiceNumber } from "~/modules/invoices/invoice";
import { dayWords, StatusMark } from "~/modules/invoices/invoice.view";
import { readOwnInvoices } from "~/modules/invoices/own-invoices.read.server";
import { customer } from "~/platform/http/guards.server";
import { Empty } from "~/ui/empty";
import { DataList, DataRow } from "~/ui/list";
import { PageBody, PageHeader } from "~/ui/page";
import { Pager } from "~/ui/pager";

export const meta = () => [{ title: "Invoices" }];

export const loader = customer.loader("invoice:read", async ({ services, session, url }) => {
  const { locale, currency } = session.organization;
  const allowed = mayUse(await readOwnRights(services.db), "documents");
  if (!allowed.ok) return { refused: rightRefusalWords(allowed.error, session.organization), rows: [], next: null, first: true, locale, currency };
  const before = /^\d{1,9}$/.exec(url.searchParams.get("before") ?? "")?.[0];
  const list = await readOwnInvoices(services.db, { before: before ? Number(before) : null, now: services.clock.now() });
  return { refused: null, ...list, first: !before, locale, currency };
});

export default function CustomerInvoices() {
  const { refused, rows, next, first, locale, currency } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title="Invoices" />
      <PageBody>
        {refused ? (
          <Empty title="Not open to you" body={refused} />
        ) : rows.length === 0 ? (
          <Empty title="No invoices yet" body="When the shop bills its work, the invoice stands here." />
        ) : (
          <DataList label="Invoices">
            {rows.map(({ id, number, status, total, balance, dueDay }) => (
              <DataRow
                key={id}
                to={paths.customer.invoice(id)}
                title={
                  <span className="inline-flex flex-wrap items-center gap-x-3">
                    <span className="font-semibold tabular-nums">{invoiceNumber(number)}</span>
                    <StatusMark bare status={status} />
                  </span>
                }
                detail={status === "void" ? "Nothing to pay" : status === "paid" ? "Paid in full" : dueDay && `Due ${dayWords(dueDay, locale)}`}
                end={
                  <span className="grid tabular-nums">
                    <span className="font-semibold">{formatMoney(balance > 0 ? balance : total, currency, locale)}</span>
                    {balance > 0 && balance < total && <span className="text-small text-ink-soft">of {formatMoney(total, currency, locale)}</span>}
                  </span>
                }
              />
            ))}
          </DataList>
        )}
        {(next || !first) && <Pager label="Pages of invoices" previous={first ? undefined : "?"} next={next ? `?before=${next}` : undefined} />}
      </PageBody>
    </>
  );
}
