import { useLoaderData } from "react-router";
import { invoiceNumber } from "~/modules/invoices/invoice";
import { ContinueToSquare, ReturnNotice } from "~/modules/payments/checkouts/checkout.view";
import { customer } from "~/platform/http/guards.server";
import { Empty } from "~/ui/empty";
import { FormResult } from "~/ui/form-result";
import { useFormat } from "~/ui/format";
import { DataList, DataRow } from "~/ui/list";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { useFormResult } from "~/ui/use-form-result";
import { Choose } from "./choose";
import { commands } from "./commands.server";
import { type PageData, payInvoicesPage } from "./data.server";

export const meta = () => [{ title: "Pay invoices" }];

export const action = commands;

export const loader = customer.loader("invoice:read", payInvoicesPage, action);

export default function PayInvoices() {
  const { open, hasMore, credit, isConnected, returned } = useLoaderData<PageData>();
  const answer = useFormResult<typeof action>();
  const checkout = answer && "checkout" in answer ? (answer.checkout ?? null) : null;
  const { money } = useFormat();
  return (
    <>
      <PageHeader title="Pay invoices" />
      <PageBody>
        <FormResult result={answer} />
        {returned && <ReturnNotice returned={returned} rest="What is still open is below." />}
        {checkout ? (
          <Section title="What this pays">
            <DataList label="What this pays">
              {checkout.on.map(({ number, amount, rest }) => (
                <DataRow
                  key={number}
                  title={invoiceNumber(number)}
                  detail={rest > 0 ? `${money(rest)} stays open` : "Paid in full"}
                  end={<span className="tabular-nums">{money(amount)}</span>}
                />
              ))}
              <DataRow title={<strong>Together</strong>} end={<strong className="tabular-nums">{money(checkout.amount)}</strong>} />
            </DataList>
            <div className="max-w-md">
              <ContinueToSquare {...checkout} />
            </div>
          </Section>
        ) : open.length === 0 ? (
          <Empty title="Nothing to pay" body="All invoices are paid." />
        ) : (
          <>
            {!isConnected && (
              <Notice tone="slate" title="The shop doesn't take payments online at the moment.">
                <p>Pay in one of the ways on the invoices, or call the shop.</p>
              </Notice>
            )}
            {credit > 0 && (
              <Notice tone="blue" title={`${money(credit)} of credit isn't applied to an invoice yet`}>
                <p>What you pay here is in addition to it. Call the shop first to have it applied.</p>
              </Notice>
            )}
            <Choose />
            {hasMore && <p className="text-ink-soft">These are the {open.length} that were due first. The others show up once these are paid.</p>}
          </>
        )}
      </PageBody>
    </>
  );
}
