import { Pencil, Plus } from "lucide-react";
import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { terms } from "~/kernel/payment-terms";
import { AttachmentPanel } from "~/modules/attachments/attachments.view";
import { CustomerWarnings } from "~/modules/customers/customer-warnings.view";
import { EstimateList } from "~/modules/estimates/estimate-list.view";
import { ReceivablesSection } from "~/modules/invoices/receivables/receivables.view";
import { staff } from "~/platform/http/guards.server";
import { ActivityTimeline } from "~/ui/activity-timeline";
import { AddressBlock } from "~/ui/address-block";
import { ButtonLink } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { FormResult } from "~/ui/form-result";
import { useFormat } from "~/ui/format";
import { LazySection, lazySection } from "~/ui/lazy-section";
import { Fact, Facts, PageBody, PageHeader, Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { useFormResult } from "~/ui/use-form-result";
import { action } from "./commands.server";
import { customerPage, type PageData } from "./data.server";
import { PortalAccess } from "./portal-access";
import { CustomerDrivers, CustomerOrders, CustomerUnits } from "./records";

const mailSection = lazySection(() => import("~/modules/notifications/mails.view").then((file) => file.MailSection));

export const meta = ({ loaderData }: { loaderData?: { customer: { name: string } } }) => [{ title: loaderData?.customer.name ?? "Customer" }];

export const loader = staff.loader("customer:read", customerPage, action);

export { action };

export default function Customer() {
  const { customer, units, mails, attachments, estimates, receivables, freshUnit, mayChange, activity, warnings } = useLoaderData<PageData>();
  const format = useFormat();
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
            {/* Work needs a unit, so the first unit comes first. */}
            {freshUnit && units.length === 0 && (
              <ButtonLink to={`${paths.staff.assetForm(freshUnit)}?customer=${customer.id}`} kind="primary" icon={Plus}>
                Add the first unit
              </ButtonLink>
            )}
            {units.length > 0 && customer.archivedAt === null && (
              <ButtonLink to={`${paths.staff.newOrder}?q=${encodeURIComponent(customer.name)}`} kind="primary" icon={Plus}>
                New work order
              </ButtonLink>
            )}
            {units.length > 0 && <ButtonLink to={paths.staff.customerLabels(customer.id)}>Labels</ButtonLink>}
            {mayChange && (
              <ButtonLink to={paths.staff.customerForm(customer.id)} icon={Pencil}>
                Edit
              </ButtonLink>
            )}
          </>
        }
      />
      <PageBody>
        <FormResult result={useFormResult<typeof action>()} />
        <CustomerWarnings warnings={warnings} />
        <Facts>
          <Fact term="Email">{customer.email ?? "not on file"}</Fact>
          <Fact term="Phone">{customer.phone ?? "not on file"}</Fact>
          {customer.address !== null && (
            <Fact term="Billing address">
              <AddressBlock text={customer.address} />
            </Fact>
          )}
          {customer.taxId !== null && <Fact term="Tax ID">{customer.taxId}</Fact>}
          <Fact term="Units">{units.length}</Fact>
          {customer.laborRate !== null && <Fact term="Agreed labor rate">{format.money(customer.laborRate)} an hour</Fact>}
          {customer.standingMost !== null && <Fact term="Standing sum">{format.money(customer.standingMost)}</Fact>}
          {customer.needsPurchaseOrder && <Fact term="PO number">required on every invoice</Fact>}
          {customer.dailyInspections && <Fact term="Inspections">every day that a unit drives</Fact>}
          {customer.terms !== null && <Fact term="Terms">{terms[customer.terms].label}</Fact>}
          {customer.creditLimit !== null && <Fact term="Credit limit">{format.money(customer.creditLimit)}</Fact>}
          {customer.taxCertificate !== null && (
            <Fact term="Tax exempt by">
              {customer.taxCertificate}
              {customer.taxCertificateThrough && `, through ${format.shortDay(customer.taxCertificateThrough)}`}
            </Fact>
          )}
          <Fact term="Can see">{customer.sharesPositions ? "units, locations" : "units"}</Fact>
          <Fact term="Customer since">
            <Moment at={customer.createdAt} />
          </Fact>
        </Facts>
        <div className="grid gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <div className="grid content-start gap-6">
            {!customer.isSelf && <PortalAccess />}
            <CustomerDrivers />
            {receivables && <ReceivablesSection customerId={customer.id} receivables={receivables} />}
            {estimates.length > 0 && (
              <Section title="Newest estimates" count={estimates.length}>
                <EstimateList rows={estimates} />
              </Section>
            )}
            <CustomerOrders />
            <CustomerUnits />
            <AttachmentPanel {...attachments} />
          </div>
          <div className="grid content-start gap-6">
            <LazySection section={mailSection} props={{ mails, none: "Emails to this customer's contacts are listed here." }} />
            <Section title="Activity">
              {activity.length === 0 ? (
                <p className="text-ink-soft">Portal sign-ins, invites and access changes are listed here.</p>
              ) : (
                <ActivityTimeline lines={activity} />
              )}
            </Section>
          </div>
        </div>
      </PageBody>
    </>
  );
}
