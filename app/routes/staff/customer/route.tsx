import { Pencil, Plus } from "lucide-react";
import { useLoaderData } from "react-router";
import { activityOf } from "~/kernel/activity";
import { newId, parseId } from "~/kernel/ids";
import { formatMoney } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { may } from "~/kernel/permissions";
import { dayOf } from "~/kernel/time";
import { readAttachments } from "~/modules/attachments/attachments.read.server";
import { AttachmentPanel } from "~/modules/attachments/attachments.view";
import { describeCustomerEvent } from "~/modules/customers/activity";
import { readDriversOf } from "~/modules/drivers/drivers.read.server";
import { EstimateList } from "~/modules/estimates/estimate-list.view";
import { ReceivablesSection } from "~/modules/invoices/receivables/receivables.view";
import { staff } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { readCustomerReceivables } from "~/queries/staff/account.server";
import { readCustomerOrders } from "~/queries/staff/customer-orders.server";
import { readCustomerRecord } from "~/queries/staff/customer-record.server";
import { readEstimatesOfCustomer } from "~/queries/staff/estimate-list.server";
import { readMailHistory } from "~/queries/staff/mail-history.server";
import { ActivityTimeline } from "~/ui/activity-timeline";
import { ButtonLink } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { FormResult } from "~/ui/form-result";
import { Fact, Facts, PageBody, PageHeader, Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { useFormResult } from "~/ui/use-form-result";
import { CustomerForm, runCustomerCommand } from "./commands.server";
import { PortalAccess } from "./portal-access";
import { CustomerDrivers, CustomerOrders, CustomerUnits } from "./records";

export const meta = ({ loaderData }: { loaderData?: { customer: { name: string } } }) => [{ title: loaderData?.customer.name ?? "Customer" }];

export const loader = staff.loader("customer:read", async ({ services, session, params, url }) => {
  const id = orNotFound(parseId("customer", params.customerId));
  const record = orNotFound(await readCustomerRecord(services.db, id));
  const { zone, locale, currency, plan } = session.organization;
  const { role } = session.membership;
  const now = services.clock.now();
  const [drivers, orders, mails, attachments, estimates, receivables] = await Promise.all([
    readDriversOf(services.db, id),
    readCustomerOrders(services.db, id),
    readMailHistory(
      services.db,
      [record.customer.email, ...record.contacts.map(({ email }) => email)].filter((email) => email !== null),
    ),
    readAttachments(services, { kind: "customer", id }, url.searchParams.get("files")),
    readEstimatesOfCustomer(services.db, id),
    // The shop's own trucks are repaired without an invoice.
    may("staff", role, "invoice:read") && !record.customer.isSelf ? readCustomerReceivables(services.db, id, now) : null,
  ]);
  return {
    ...record,
    activity: activityOf(record.activity, describeCustomerEvent),
    drivers,
    orders,
    mails,
    attachments,
    estimates,
    receivables,
    today: dayOf(now, zone),
    freshUnit: may("staff", role, "asset:manage") ? newId("asset", now) : null,
    mayChange: may("staff", role, "customer:manage"),
    // Made before the form is filled, so that a form sent twice is one driver.
    freshDriver: may("staff", role, "driver:manage") ? newId("driver", now) : null,
    zone,
    locale,
    currency,
    plan,
    now,
    maySetAccess: may("staff", role, "portal-access:manage"),
  };
});

export const action = staff.action("portal-access:manage", CustomerForm, runCustomerCommand);

export default function Customer() {
  const { customer, units, mails, attachments, estimates, receivables, today, freshUnit, mayChange, activity, zone, locale, currency, now } =
    useLoaderData<typeof loader>();
  const moment = { zone, locale, now };
  return (
    <>
      <PageHeader
        title={customer.name}
        state={
          customer.archivedAt !== null ? (
            <StateMark tone="slate" label="Archived" />
          ) : customer.isSelf ? null : (
            <StateMark tone={customer.portalEnabled ? "green" : "slate"} label={customer.portalEnabled ? "Portal on" : "Portal off"} />
          )
        }
        action={
          <>
            {/* Without a unit there is nothing to work on. */}
            {freshUnit && units.length === 0 && (
              <ButtonLink to={`${paths.staff.assetForm(freshUnit)}?customer=${customer.id}`} kind="primary" icon={Plus}>
                Add the first unit
              </ButtonLink>
            )}
            {mayChange && (
              <ButtonLink to={paths.staff.customerForm(customer.id)} icon={Pencil}>
                Change
              </ButtonLink>
            )}
          </>
        }
      />
      <PageBody>
        <FormResult result={useFormResult<typeof action>()} />
        <Facts>
          <Fact term="Email">{customer.email ?? "not on file"}</Fact>
          <Fact term="Phone">{customer.phone ?? "not on file"}</Fact>
          <Fact term="Units">{units.length}</Fact>
          {customer.laborRate !== null && <Fact term="Agreed labor rate">{formatMoney(customer.laborRate, currency, locale)} an hour</Fact>}
          {customer.taxCertificate !== null && <Fact term="Tax exempt by">{customer.taxCertificate}</Fact>}
          <Fact term="Sees its units">{customer.sharesPositions ? "and where they are" : "not where they are"}</Fact>
          <Fact term="Customer since">
            <Moment at={customer.createdAt} {...moment} />
          </Fact>
        </Facts>
        <div className="grid gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <div className="grid content-start gap-6">
            {!customer.isSelf && <PortalAccess />}
            <CustomerDrivers />
            {receivables && <ReceivablesSection customerId={customer.id} receivables={receivables} currency={currency} locale={locale} />}
            {estimates.length > 0 && (
              <Section title="Newest estimates" count={estimates.length}>
                <EstimateList rows={estimates} today={today} currency={currency} locale={locale} />
              </Section>
            )}
            <CustomerOrders />
            <CustomerUnits />
            <AttachmentPanel {...attachments} moment={moment} />
          </div>
          <div className="grid content-start gap-6">
            <Section title="Mailed" count={mails.length}>
              {mails.length === 0 ? (
                <p className="text-ink-soft">What goes to this customer's people by mail is listed here.</p>
              ) : (
                <ul className="divide-y divide-line border-y border-line">
                  {mails.map(({ key, subject, recipient, acceptedAt }) => (
                    <li key={key} className="grid gap-x-4 py-1.5">
                      <span className="truncate">{subject}</span>
                      <span className="truncate text-small text-ink-soft">
                        {recipient}, <Moment at={acceptedAt} {...moment} />
                      </span>
                    </li>
                  ))}
                </ul>
              )}
            </Section>
            <Section title="What happened">
              {activity.length === 0 ? (
                <p className="text-ink-soft">Sign-ins to the portal, invites and changes of access are kept here.</p>
              ) : (
                <ActivityTimeline lines={activity} {...moment} />
              )}
            </Section>
          </div>
        </div>
      </PageBody>
    </>
  );
}
