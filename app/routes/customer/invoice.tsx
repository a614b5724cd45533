import { Download } from "lucide-react";
import { Form, Link, useLoaderData } from "react-router";
import { parseId } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { terms } from "~/kernel/payment-terms";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { mayUse, rightRefusalMessage } from "~/modules/customers/contacts/contact-rights";
import { PartyFacts } from "~/modules/customers/parties.view";
import { PortalCores } from "~/modules/invoices/cores/core.view";
import { invoiceNumber } from "~/modules/invoices/invoice";
import { Contents, Figures, StatusMark } from "~/modules/invoices/invoice.view";
import { payToken } from "~/modules/invoices/pay-link.server";
import { methodLabels } from "~/modules/invoices/receivables/ledger";
import { readLeastPart } from "~/modules/organizations/shop-rules/shop-rules.read.server";
import { readOnItsWay } from "~/modules/payments/payment.read.server";
import { readTakesPayments } from "~/modules/payments/square/square-connection.read.server";
import { customer } from "~/platform/http/guards.server";
import { orNotFound, refuse } from "~/platform/http/problem.server";
import { readPortalInvoice } from "~/queries/customer/invoices.server";
import { ButtonLink } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { Notice } from "~/ui/notice";
import { Fact, Facts, PageBody, PageHeader, Section, Timeline, TimelineItem } from "~/ui/page";
import { TextLink } from "~/ui/text-link";

export const meta = ({ loaderData }: { loaderData?: { invoice: { number: number | null } } }) => [
  { title: loaderData ? invoiceNumber(loaderData.invoice.number) : "Invoice" },
];

export const loader = customer.loader("invoice:read", async ({ services, session, params }) => {
  const allowed = mayUse(await readContactRights(services.db), "documents");
  if (!allowed.ok) throw refuse(403, rightRefusalMessage(allowed.error, session.organization));
  const id = orNotFound(parseId("invoice", params.invoiceId));
  const page = orNotFound(await readPortalInvoice(services.db, id, services.clock.now()));
  const isPayable = page.invoice.balance > 0 && (await readTakesPayments(services));
  const token = payToken(services.settings.linkKey, { organizationId: session.organization.id, subject: { kind: "invoice", id } });
  return {
    ...page,
    payAt: isPayable ? paths.pay(token) : null,
    mayPayPart: isPayable && (await readLeastPart(services.db)) !== null,
    pending: (await readOnItsWay(services, session.organization, [id]))(id),
  };
});

type Payment = ReturnType<typeof useLoaderData<typeof loader>>["payments"][number];

function formatPayment({ kind, of, method, reference, amount }: Payment, money: (amount: Cents) => string): string {
  const note = of === "credit-note" ? "credit note" : of === "credit" ? "credit" : null;
  const by = note ?? [method && methodLabels[method], reference].filter(Boolean).join(" ");
  const sum = money(toCents(Math.abs(amount)));
  switch (kind) {
    case "release":
      return `${sum} unapplied (${by})`;
    case "credit-note":
      return `Credit note for ${sum}`;
    case "refund":
      return `${sum} of the credit note refunded: ${by}`;
    case "reversal":
      return `Credit note for ${sum} reversed`;
    case "reinstatement":
      return `Credit note for ${sum} reinstated`;
    default:
      return note ? `${sum} by ${note}` : `${sum} by ${by}`;
  }
}

export default function CustomerInvoice() {
  const { invoice, contents, cores, payments, payAt, mayPayPart, pending } = useLoaderData<typeof loader>();
  const { money, shortDay } = useFormat();
  return (
    <>
      <PageHeader
        title={invoiceNumber(invoice.number)}
        state={
          <>
            <StatusMark status={invoice.status} />
            {invoice.balance > 0 && invoice.dueDay && (
              <span>
                {invoice.status === "overdue" ? "Was due" : "Due"} {shortDay(invoice.dueDay)}
              </span>
            )}
          </>
        }
        action={
          <>
            {payAt !== null && pending === null && (
              <Form method="post" action={payAt}>
                <SubmitButton name="intent" value="pay" pendingLabel="Opening Square">
                  Pay now
                </SubmitButton>
              </Form>
            )}
            <ButtonLink to={paths.customer.invoicePdf(invoice.id)} reloadDocument icon={Download}>
              Download PDF
            </ButtonLink>
          </>
        }
      />
      <PageBody>
        {pending && (
          <Notice tone="amber" title={pending}>
            <p>You don't need to do anything. It counts here when it arrives.</p>
          </Notice>
        )}
        <Figures total={invoice.total} applied={invoice.applied} balance={invoice.balance} />
        <Facts>
          {invoice.issuedAt !== null && (
            <Fact term="Issued">
              <Moment at={invoice.issuedAt} />
            </Fact>
          )}
          {invoice.terms && invoice.status !== "void" && <Fact term="Terms">{terms[invoice.terms].label}</Fact>}
          {mayPayPart && payAt !== null && pending === null && (
            <Fact term="Pay a part">
              <TextLink to={payAt}>Choose the amount</TextLink>
            </Fact>
          )}
          {payments.length > 0 && (
            <Fact term="Without payments">
              <TextLink to={`${paths.customer.invoicePdf(invoice.id)}?issued`} reloadDocument>
                PDF as issued
              </TextLink>
            </Fact>
          )}
        </Facts>
        <PortalCores cores={cores} />
        <Section title="Work done">
          <Contents contents={contents} orderTo={paths.customer.order} summaryTo={invoice.status === "void" ? undefined : paths.customer.orderPdf} />
        </Section>
        <Section title="Payments">
          {payments.length === 0 ? (
            <p className="text-ink-soft">No payments on this invoice yet.</p>
          ) : (
            <Timeline label="Payments">
              {payments.map((payment) => (
                <TimelineItem
                  key={payment.id}
                  title={formatPayment(payment, money)}
                  tone={payment.amount < 0 ? "amber" : "green"}
                  at={payment.day ? shortDay(payment.day) : <Moment at={payment.at} />}
                />
              ))}
            </Timeline>
          )}
        </Section>
        <Section title="Addresses and terms">
          <Facts>
            <PartyFacts billTo={contents.billTo} shop={invoice.status === "void" ? null : contents.shop} />
          </Facts>
        </Section>
        <Link to={paths.customer.invoices} className="inline-flex min-h-(--target) w-fit items-center text-accent underline underline-offset-2">
          All invoices
        </Link>
      </PageBody>
    </>
  );
}
