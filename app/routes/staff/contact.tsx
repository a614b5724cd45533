import { ArrowLeft } from "lucide-react";
import { Form, Link, useActionData, useLoaderData } from "react-router";
import * as z from "zod";
import { parseId } from "~/kernel/ids";
import { moneyText, parseMoney } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { changeContact } from "~/modules/customers/contacts/change-contacts.server";
import { readContact } from "~/modules/customers/contacts/contact.read.server";
import { rightNames, rights } from "~/modules/customers/contacts/contact-rights";
import { asTyped } from "~/platform/http/form.server";
import { staff } from "~/platform/http/guards.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { Moment } from "~/ui/clock";
import { Field, Switch } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { Icon } from "~/ui/icon";
import { PageBody, PageHeader, Section } from "~/ui/page";

export const meta = ({ loaderData }: { loaderData?: { contact: { name: string } } }) => [{ title: loaderData?.contact.name ?? "Contact" }];

const idsIn = (params: Record<string, string | undefined>) => ({
  customerId: orNotFound(parseId("customer", params.customerId)),
  contactId: orNotFound(parseId("contact", params.contactId)),
});

export const loader = staff.loader("portal-access:manage", async ({ services, session, params }) => {
  const { customerId, contactId } = idsIn(params);
  const { zone, locale, currency } = session.organization;
  return { customerId, contact: orNotFound(await readContact(services.db, customerId, contactId)), zone, locale, currency, now: services.clock.now() };
});

const box = z.literal("on").optional();
const ContactForm = z.object({
  version: z.coerce.number().int().min(1),
  name: z.string().trim().min(1, "Enter the person's name.").max(80, "Use at most 80 characters."),
  email: z.string().trim().min(1, "Enter the email address."),
  documents: box,
  decide: box,
  limit: z
    .string()
    .trim()
    .refine((text) => text === "" || (parseMoney(text) ?? -1) >= 0, "Enter an amount such as 500, or leave it empty for no limit."),
  pay: box,
  drivers: box,
  service: box,
  export: box,
});

export const action = staff.action("portal-access:manage", ContactForm, async ({ services, params, form }) => {
  const { name, email, version } = form;
  const values = asTyped(form);
  const on = (right: (typeof rightNames)[number]) => form[right] === "on";
  const changed = await changeContact(services, {
    ...idsIn(params),
    version,
    name,
    email,
    rights: {
      documents: on("documents"),
      decide: on("decide"),
      decideLimit: form.limit === "" ? null : parseMoney(form.limit),
      pay: on("pay"),
      drivers: on("drivers"),
      service: on("service"),
      export: on("export"),
    },
  });
  if (changed.ok)
    return {
      problem: null,
      done: changed.value.moved ? "Saved. The old address is signed out; send an invite to the new one." : "Saved. The change applies right away.",
    };
  switch (changed.error.kind) {
    case "not-found":
      throw new Response("Not found", { status: 404 });
    case "stale":
      return problem(409, { message: "Someone else just changed this contact. Reload the page to see the latest version.", values });
    case "known":
      return problem(409, { message: "Fix the highlighted fields.", fields: { email: "Another contact of this customer has this address." }, values });
    case "not-an-email":
      return problem(422, { message: "Fix the highlighted fields.", fields: { email: "Enter a valid email address." }, values });
  }
});

export default function Contact() {
  const { customerId, contact, zone, locale, currency, now } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const refusal = result?.problem;
  const { rights: own } = contact;
  return (
    <>
      <PageHeader title={contact.name} state={<span className="text-ink-soft">Contact at {contact.customer}</span>} />
      <PageBody>
        <Link to={paths.staff.customer(customerId)} className="inline-flex min-h-(--target) items-center gap-1.5 justify-self-start text-accent">
          <Icon of={ArrowLeft} />
          {contact.customer}
        </Link>
        <FormResult result={result} />
        <Form key={contact.version} method="post" className="grid max-w-150 gap-6" noValidate>
          <input type="hidden" name="version" value={contact.version} />
          <div className="grid max-w-96 gap-4">
            <Field label="Name" name="name" defaultValue={refusal?.values?.name ?? contact.name} error={refusal?.fields?.name} autoComplete="off" required />
            <Field
              label="Email"
              name="email"
              type="email"
              hint="Used to sign in. If you change it, this person is signed out and needs a new invite."
              defaultValue={refusal?.values?.email ?? contact.email}
              error={refusal?.fields?.email}
              autoComplete="off"
              required
            />
            <p className="text-small text-ink-soft">
              {contact.invitedAt === null ? (
                "Never invited."
              ) : (
                <>
                  Invited <Moment at={contact.invitedAt} zone={zone} locale={locale} now={now} />.
                </>
              )}
            </p>
          </div>
          <Section title="Portal permissions">
            <p className="text-ink-soft">Every contact can see vehicles. Contacts who approve or pay can also see documents.</p>
            <div className="grid gap-3">
              {rightNames.map((right) => (
                <div key={right} className="grid gap-2">
                  <Switch
                    label={rights[right].label}
                    name={right}
                    value="on"
                    defaultChecked={refusal?.values ? refusal.values[right] === "on" : own[right]}
                    hint={rights[right].what}
                  />
                  {right === "decide" && (
                    <div className="max-w-64 pl-[3.2em]">
                      <Field
                        label="Can approve up to"
                        name="limit"
                        unit={currency}
                        figures
                        hint="Empty: no limit"
                        defaultValue={refusal?.values?.limit ?? (own.decideLimit === null ? "" : moneyText(own.decideLimit))}
                        error={refusal?.fields?.limit}
                        autoComplete="off"
                      />
                    </div>
                  )}
                </div>
              ))}
            </div>
          </Section>
          <div>
            <SubmitButton pendingLabel="Saving">Save</SubmitButton>
          </div>
        </Form>
      </PageBody>
    </>
  );
}
