import { Link, useLoaderData } from "react-router";
import * as z from "zod";
import { moneyText } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { termNames, terms } from "~/kernel/payment-terms";
import { archiveCustomer, saveCustomer } from "~/modules/customers/save-customer.server";
import { noFields } from "~/platform/http/commands.server";
import { seenVersion, switched } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { readCustomerRecord } from "~/queries/staff/customer-record.server";
import { CommandForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Field, Select, Switch } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { useFormat } from "~/ui/format";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { TextArea } from "~/ui/text-area";
import { useFormResult } from "~/ui/use-form-result";

export const meta = ({ loaderData }: { loaderData?: { customer: { name: string } | null } }) => [
  { title: loaderData?.customer ? `Edit ${loaderData.customer.name}` : "Add customer" },
];

/** Revalidates after a refused form too, so the page shows the latest data next to the error. */
export const shouldRevalidate = () => true;

export const loader = staff.loader("customer:manage", async ({ services, id: idOf }) => {
  const id = idOf("customer");
  const record = await readCustomerRecord(services.db, id);
  return { id, customer: record?.customer ?? null };
});

export const action = staff.commands({
  save: staff.command({
    permission: "customer:manage",
    form: z.object({
      version: seenVersion,
      name: z.string(),
      email: z.string(),
      phone: z.string(),
      address: z.string(),
      taxId: z.string(),
      laborRate: z.string(),
      taxCertificate: z.string(),
      taxCertificateThrough: z.string(),
      terms: z.string(),
      creditLimit: z.string(),
      creditHold: switched,
      monthlyStatement: switched,
      warning: z.string(),
      standingMost: z.string(),
      needsPurchaseOrder: switched,
      dailyInspections: switched,
      shares: switched,
    }),
    run: ({ services, id, form: { version, ...form } }) => saveCustomer(services, { id: id("customer"), form, seen: version || null }),
    drain: "before-answer",
    goTo: ({ id }) => paths.staff.customer(id("customer")),
    refusals: { stale: "Someone else just changed this customer. Your entries are still here; save again to replace theirs." },
  }),
  archive: staff.command({
    permission: "customer:manage",
    form: noFields,
    run: ({ services, id }) => archiveCustomer(services, id("customer")),
    drain: "before-answer",
    goTo: () => paths.staff.customers,
    refusals: { "own-fleet": "You can't archive the shop's own fleet." },
  }),
});

export default function CustomerForm() {
  const { id, customer } = useLoaderData<typeof loader>();
  const { currency } = useFormat();
  const result = useFormResult<typeof action>();
  const rate = customer?.laborRate ?? null;
  const most = customer?.standingMost ?? null;
  const limit = customer?.creditLimit ?? null;
  return (
    <>
      <PageHeader title={customer ? `Edit ${customer.name}` : "Add customer"} />
      <PageBody>
        <FormResult result={result} />
        <CommandForm<typeof action>
          intent="save"
          saved={{
            ...customer,
            laborRate: rate === null ? "" : moneyText(rate),
            standingMost: most === null ? "" : moneyText(most),
            creditLimit: limit === null ? "" : moneyText(limit),
            shares: customer?.sharesPositions ?? true,
          }}
          className="grid max-w-120 gap-5"
        >
          <input type="hidden" name="version" value={customer?.version ?? 0} />
          <Field label="Name" name="name" required />
          <Field label="Email" hint="Where the shop sends email. When the portal is turned on, it is also the first sign-in." type="email" name="email" />
          <Field label="Phone" type="tel" name="phone" />
          <TextArea label="Billing address" name="address" rows={3} hint="Printed on documents; paste it as it goes on an envelope" />
          <TextArea label="Warning for the shop" name="warning" rows={2} hint="Internal. Shown wherever new work for this customer begins." />
          <Switch
            label="Share unit locations with this customer"
            name="shares"
            value="on"
            hint="Shown in the customer portal. You can turn it off for single units."
          />
          <Section title="Prices and authorization">
            <Field label="Agreed labor rate" name="laborRate" unit={`${currency} an hour`} figures hint="Leave empty to use the shop's usual rate" />
            <Field
              label="Standing sum"
              name="standingMost"
              unit={currency}
              figures
              hint="Work up to this total needs no estimate. Leave empty to use the shop's sum."
            />
            <Switch label="PO number required" name="needsPurchaseOrder" value="on" hint="Nothing is invoiced without their PO number." />
          </Section>
          <Section title="Inspections">
            <Switch
              label="Daily inspections"
              name="dailyInspections"
              value="on"
              hint="A unit that drove on a day without an inspection is listed as missing one, and the shop is notified the next morning."
            />
          </Section>
          <Section title="Terms and credit">
            <Select label="Invoices are due" name="terms">
              <option value="">As usual at this shop</option>
              {termNames.map((name) => (
                <option key={name} value={name}>
                  {terms[name].label}
                </option>
              ))}
            </Select>
            <Field label="Credit limit" name="creditLimit" unit={currency} figures hint="The most they may owe. Leave empty for no limit." />
            <Switch label="Credit hold" name="creditHold" value="on" hint="No more credit, and no payment reminders, until you turn this off." />
            <Switch
              label="Monthly statement by email"
              name="monthlyStatement"
              value="on"
              hint="On the first of each month for the last one, if anything happened or is owed. The first one is for this month."
            />
          </Section>
          <Section title="Tax">
            <Field label="Tax ID" name="taxId" hint="Printed on documents, where the customer asks for it" />
            <Field label="Tax exemption certificate" hint="With a certificate on file, no tax is charged" name="taxCertificate" />
            <Field label="Certificate valid through" type="date" name="taxCertificateThrough" hint="Leave empty if it doesn't expire" />
          </Section>
          <div className="flex flex-wrap items-center gap-4">
            <SubmitButton pendingLabel="Saving">{customer ? "Save" : "Add customer"}</SubmitButton>
            <Link to={customer ? paths.staff.customer(id) : paths.staff.customers} className="inline-flex min-h-(--target) items-center text-accent underline">
              Back
            </Link>
          </div>
        </CommandForm>
        {customer && !customer.isSelf && customer.archivedAt === null && (
          <Disclosure title="Archive">
            <CommandForm<typeof action> intent="archive" className="grid max-w-96 gap-3">
              <p className="text-ink-soft">
                The customer leaves the lists, and its people are signed out at once. Its units, work orders and activity are kept.
              </p>
              <SubmitButton kind="danger" pendingLabel="Archiving">
                Archive customer
              </SubmitButton>
            </CommandForm>
          </Disclosure>
        )}
      </PageBody>
    </>
  );
}
