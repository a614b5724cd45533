import { Form, Link, redirect, useActionData, useLoaderData } from "react-router";
import * as z from "zod";
import { parseId } from "~/kernel/ids";
import { moneyText } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { archiveCustomer, saveCustomer } from "~/modules/customers/save-customer.server";
import { staff } from "~/platform/http/guards.server";
import { idTaken, orNotFound, problem } from "~/platform/http/problem.server";
import { readCustomerRecord } from "~/queries/staff/customer-record.server";
import { Disclosure } from "~/ui/disclosure";
import { Field, Switch } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { PageBody, PageHeader } from "~/ui/page";

export const meta = ({ loaderData }: { loaderData?: { customer: { name: string } | null } }) => [
  { title: loaderData?.customer ? `Edit ${loaderData.customer.name}` : "Add customer" },
];

/** Revalidates after a refused form too, so the page shows the latest data next to the error. */
export const shouldRevalidate = () => true;

export const loader = staff.loader("customer:manage", async ({ services, session, params }) => {
  const id = orNotFound(parseId("customer", params.customerId));
  const record = await readCustomerRecord(services.db, id);
  return { id, customer: record?.customer ?? null, currency: session.organization.currency };
});

const CustomerFields = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("save"),
    version: z.coerce.number().int().min(0),
    name: z.string(),
    email: z.string(),
    phone: z.string(),
    laborRate: z.string(),
    taxCertificate: z.string(),
    shares: z.literal("on").optional(),
  }),
  z.object({ intent: z.literal("archive") }),
]);

export const action = staff.action("customer:manage", CustomerFields, async ({ services, params, form }) => {
  const id = orNotFound(parseId("customer", params.customerId));
  if (form.intent === "archive") {
    const archived = await archiveCustomer(services, id);
    if (archived.ok) throw redirect(paths.staff.customers);
    if (archived.error.kind === "own-fleet") return problem(409, { message: "You can't archive the shop's own fleet." });
    if (archived.error.kind === "stale") return problem(409, { message: "Someone else just changed this customer. Check the latest version and try again." });
    throw new Response("Not found", { status: 404 });
  }
  const { version, shares, intent: command, ...typed } = form;
  const values = { ...typed, shares: shares ?? "off" };
  const saved = await saveCustomer(services, { id, form: { ...typed, shares: shares === "on" }, seen: version || null });
  if (saved.ok) throw redirect(paths.staff.customer(id));
  switch (saved.error.kind) {
    case "wrong":
      return problem(422, { message: "Fix the highlighted fields.", fields: saved.error.fields, values });
    case "id-taken":
      return idTaken(values);
    case "stale":
      return problem(409, {
        message: "Someone else just changed this customer. Your entries are still here; save again to replace theirs.",
        values,
      });
    default:
      throw new Response("Not found", { status: 404 });
  }
});

export default function CustomerForm() {
  const { id, customer, currency } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const refusal = result?.problem;
  const values = refusal?.values;
  const field = (name: "name" | "email" | "phone" | "taxCertificate") => ({
    name,
    defaultValue: values?.[name] ?? customer?.[name] ?? "",
    error: refusal?.fields?.[name],
  });
  const rate = customer?.laborRate ?? null;
  return (
    <>
      <PageHeader title={customer ? `Edit ${customer.name}` : "Add customer"} />
      <PageBody>
        <FormResult result={result} />
        <Form method="post" className="grid max-w-120 gap-4" noValidate>
          <input type="hidden" name="intent" value="save" />
          <input type="hidden" name="version" value={customer?.version ?? 0} />
          <Field label="Name" {...field("name")} required />
          <Field
            label="Email"
            hint="Where the shop sends email. When the portal is turned on, it is also the first sign-in."
            type="email"
            {...field("email")}
          />
          <Field label="Phone" type="tel" {...field("phone")} />
          <Field
            label="Agreed labor rate"
            name="laborRate"
            unit={`${currency} an hour`}
            figures
            hint="Leave empty to use the shop's usual rate"
            defaultValue={values?.laborRate ?? (rate === null ? "" : moneyText(rate))}
            error={refusal?.fields?.laborRate}
          />
          <Field label="Tax exemption certificate" hint="With a certificate on file, no tax is charged" {...field("taxCertificate")} />
          <Switch
            label="Share unit locations with this customer"
            name="shares"
            value="on"
            defaultChecked={values ? values.shares === "on" : (customer?.sharesPositions ?? true)}
            hint="Shown in the customer portal. You can turn it off for single units."
          />
          <div className="flex flex-wrap items-center gap-4">
            <SubmitButton pendingLabel="Saving">{customer ? "Save" : "Add customer"}</SubmitButton>
            <Link to={customer ? paths.staff.customer(id) : paths.staff.customers} className="inline-flex min-h-(--target) items-center text-accent underline">
              Back
            </Link>
          </div>
        </Form>
        {customer && !customer.isSelf && customer.archivedAt === null && (
          <Disclosure title="Archive">
            <Form method="post" className="grid max-w-96 gap-3">
              <input type="hidden" name="intent" value="archive" />
              <p className="text-ink-soft">
                The customer leaves the lists, and its people are signed out at once. Its units, work orders and activity are kept.
              </p>
              <SubmitButton kind="danger" pendingLabel="Archiving">
                Archive customer
              </SubmitButton>
            </Form>
          </Disclosure>
        )}
      </PageBody>
    </>
  );
}
