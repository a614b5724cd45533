import { Download } from "lucide-react";
import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { terms } from "~/kernel/payment-terms";
import { PartyFacts } from "~/modules/customers/parties.view";
import { CoresSection } from "~/modules/invoices/cores/settle-core.view";
import { describeGrounds } from "~/modules/invoices/frozen-authorization";
import { invoiceNumber, statusLabels } from "~/modules/invoices/invoice";
import { Contents, Figures, StatusMark } from "~/modules/invoices/invoice.view";
import { MailSection, MailTrouble } from "~/modules/notifications/mails.view";
import { OpenDisputes } from "~/modules/payments/disputes/dispute.view";
import { staff } from "~/platform/http/guards.server";
import { ButtonLink } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { CopyLink } from "~/ui/copy-link";
import { FormResult } from "~/ui/form-result";
import { useFormat } from "~/ui/format";
import { LiveDot } from "~/ui/live-dot";
import { NextStrip } from "~/ui/next-strip";
import { Notice } from "~/ui/notice";
import { Fact, Facts, PageBody, PageHeader, Section } from "~/ui/page";
import { TextLink } from "~/ui/text-link";
import { useAfterCommand } from "~/ui/use-after-command";
import { useFormResult } from "~/ui/use-form-result";
import { useShopRoom } from "../use-shop-room";
import { DraftActions, InvoiceActions } from "./actions";
import { InvoiceActivity } from "./activity";
import { action } from "./commands.server";
import { invoicePage, type PageData } from "./data.server";

export const meta = ({ loaderData }: { loaderData?: { invoice: { number: number | null } } }) => [
  { title: loaderData ? invoiceNumber(loaderData.invoice.number) : "Invoice" },
];

export const loader = staff.loader("invoice:read", invoicePage, action);

export { action };

export default function Invoice() {
  const { invoice, contents, cores, credit, mayRecord, entries, payAt, pending, disputes, authorized, mailed } = useLoaderData<PageData>();
  const { money, now, shortDay } = useFormat();
  const { live } = useShopRoom(["invoice", "account", "work-order"]);
  const afterCommand = useAfterCommand();
  const draft = invoice.state === "draft";
  const total = draft ? contents.charges.total : invoice.total;
  return (
    <>
      <PageHeader
        title={draft ? `Draft for ${contents.customer}` : invoice.number === null ? "Discarded draft" : invoiceNumber(invoice.number)}
        state={
          <>
            <StatusMark status={invoice.status} />
            <LiveDot {...live} now={now} />
          </>
        }
        action={
          invoice.number !== null && (
            <>
              {payAt !== null && <CopyLink link={payAt} label="Copy pay link" />}
              <ButtonLink to={paths.staff.invoicePdf(invoice.id)} reloadDocument icon={Download}>
                Download PDF
              </ButtonLink>
            </>
          )
        }
      />
      <PageBody>
        <FormResult result={useFormResult<typeof action>(`${invoice.status} ${invoice.version} ${invoice.balance}`)} />
        {pending && (
          <Notice tone="amber" title={pending.title}>
            {pending.knows === "square" ? (
              <p>It counts when it arrives from Square. A payment recorded now comes on top of it.</p>
            ) : (
              <p>
                {pending.knows === "late" ? "Square has no news of it. " : "Square can't be asked about it, because its account isn't connected any more. "}
                Look in Square's dashboard, then stop waiting in <TextLink to={paths.staff.payments}>Settings, Payments</TextLink>.
              </p>
            )}
          </Notice>
        )}
        {invoice.state === "issued" && invoice.balance > 0 && <MailTrouble {...mailed} />}
        <OpenDisputes disputes={disputes} mayAnswer={mayRecord} />
        {draft && <DraftActions total={total} />}
        {invoice.state === "issued" && <InvoiceActions key={afterCommand} />}
        {invoice.state === "issued" && invoice.balance > 0 && invoice.dueDay && (
          <NextStrip
            tone={invoice.status === "overdue" ? "red" : "slate"}
            title={invoice.status === "overdue" ? `${money(invoice.balance)} is overdue` : `Waiting for ${money(invoice.balance)}`}
            detail={`${invoice.status === "overdue" ? "since" : "due"} ${shortDay(invoice.dueDay)}`}
          />
        )}
        {!draft && <Figures total={invoice.total} applied={invoice.applied} balance={invoice.balance} />}
        <Facts more={contents.billTo.address || contents.billTo.taxId ? <PartyFacts billTo={contents.billTo} shop={null} /> : undefined}>
          <Fact term="Customer">
            <TextLink to={paths.staff.customer(invoice.customerId)}>{contents.customer}</TextLink>
          </Fact>
          {invoice.issuedAt !== null && (
            <Fact term="Issued">
              <Moment at={invoice.issuedAt} />
            </Fact>
          )}
          {invoice.dueDay && <Fact term="Due">{shortDay(invoice.dueDay)}</Fact>}
          {invoice.terms && <Fact term="Terms">{terms[invoice.terms].label}</Fact>}
          {entries.length > 0 && (
            <Fact term="Without payments">
              <TextLink to={`${paths.staff.invoicePdf(invoice.id)}?issued`} reloadDocument>
                PDF as issued
              </TextLink>
            </Fact>
          )}
          {mayRecord && (
            <Fact term="Customer's credit">
              <TextLink to={paths.staff.account(invoice.customerId)}>{money(credit)}</TextLink>
            </Fact>
          )}
          {authorized && <Fact term="Authorization at issue">{describeGrounds(authorized, money)}</Fact>}
          {invoice.voidReason && <Fact term="Void reason">{invoice.voidReason}</Fact>}
        </Facts>
        <CoresSection cores={cores} />
        <div className="grid gap-x-8 gap-y-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
          <Section title="Charges">
            {contents.groups.length === 0 ? (
              <p className="text-ink-soft">{statusLabels[invoice.status]}: no charges.</p>
            ) : (
              <Contents
                contents={contents}
                orderTo={paths.staff.order}
                {...(draft ? { editAt: (orderId: string, jobId: string) => `${paths.staff.job(orderId, jobId)}?then=${invoice.id}` } : {})}
              />
            )}
          </Section>
          <div className="grid content-start gap-6">
            <MailSection mails={mailed.mails} />
            <InvoiceActivity key={afterCommand} />
          </div>
        </div>
      </PageBody>
    </>
  );
}
