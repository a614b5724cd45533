import { FileText } from "lucide-react";
import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { invoiceNumber } from "~/modules/invoices/invoice";
import { AccountFigures, StatusMark } from "~/modules/invoices/invoice.view";
import { OpenDisputes } from "~/modules/payments/disputes/dispute.view";
import { refundLabel } from "~/modules/payments/refunds/refund-messages";
import { staff } from "~/platform/http/guards.server";
import { ButtonLink } from "~/ui/button";
import { FormResult } from "~/ui/form-result";
import { useFormat } from "~/ui/format";
import { DataList, DataRow } from "~/ui/list";
import { LiveDot } from "~/ui/live-dot";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { useAfterCommand } from "~/ui/use-after-command";
import { useFormResult } from "~/ui/use-form-result";
import { useShopRoom } from "../use-shop-room";
import { AccountActivity } from "./activity";
import { action } from "./commands.server";
import { UnappliedCredit } from "./credit";
import { accountPage, type PageData } from "./data.server";
import { MoneyIn } from "./money-in";

export const meta = ({ loaderData }: { loaderData?: { customer: { name: string } } }) => [
  { title: loaderData ? `Account of ${loaderData.customer.name}` : "Account" },
];

export const loader = staff.loader("invoice:read", accountPage, action);

export { action };

export default function Account() {
  const { money, now } = useFormat();
  const { live } = useShopRoom(["account", "invoice"]);
  const afterCommand = useAfterCommand();
  const { customer, owed, overdue, credit, reserved, entries, mayRecord, refundsUnderWay, disputes } = useLoaderData<PageData>();
  return (
    <>
      <PageHeader
        title={`Account of ${customer.name}`}
        state={<LiveDot {...live} now={now} />}
        action={
          <>
            <ButtonLink to={paths.staff.statement(customer.id)} icon={FileText}>
              Statement
            </ButtonLink>
            <ButtonLink to={paths.staff.customer(customer.id)}>Customer</ButtonLink>
          </>
        }
      />
      <PageBody>
        <FormResult result={useFormResult<typeof action>(`${owed} ${credit} ${entries[0]?.id}`)} />
        {refundsUnderWay.map((refund) => (
          <Notice key={refund.id} tone="amber" title={`${refundLabel(refund, money)} through Square.`}>
            <p>It is on the account once Square has paid it out.</p>
          </Notice>
        ))}
        <OpenDisputes disputes={disputes} mayAnswer={mayRecord} />
        <AccountFigures owed={owed} overdue={overdue} credit={credit} reserved={reserved} />
        {mayRecord && <MoneyIn key={afterCommand} />}
        <div className="grid gap-x-8 gap-y-6 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
          <div className="grid content-start gap-6">
            <OpenInvoices />
            <UnappliedCredit />
          </div>
          <AccountActivity />
        </div>
      </PageBody>
    </>
  );
}

function OpenInvoices() {
  const { open, openCount } = useLoaderData<PageData>();
  const { money, shortDay } = useFormat();
  return (
    <Section title="Open invoices" count={openCount}>
      {open.length === 0 ? (
        <p className="text-ink-soft">No open invoices.</p>
      ) : (
        <DataList label="Open invoices">
          {open.map((invoice) => (
            <DataRow
              key={invoice.id}
              to={paths.staff.invoice(invoice.id)}
              title={
                <span className="inline-flex flex-wrap items-center gap-x-3">
                  <span className="font-semibold tabular-nums">{invoiceNumber(invoice.number)}</span>
                  <StatusMark bare status={invoice.status} />
                </span>
              }
              detail={invoice.pending ?? (invoice.dueDay && `Due ${shortDay(invoice.dueDay)}`)}
              end={<span className="tabular-nums">{money(invoice.balance)}</span>}
            />
          ))}
        </DataList>
      )}
      {openCount > open.length && <p className="text-ink-soft">Showing the {open.length} that are due first.</p>}
    </Section>
  );
}
