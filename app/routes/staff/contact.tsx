import { ArrowLeft } from "lucide-react";
import { Link, useLoaderData } from "react-router";
import * as z from "zod";
import { moneyText, parseMoney } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { changeContact } from "~/modules/customers/contacts/change-contacts.server";
import { readContact } from "~/modules/customers/contacts/contact.read.server";
import { rightNames, rights } from "~/modules/customers/contacts/contact-rights";
import { MailSection } from "~/modules/notifications/mails.view";
import { requiredText, seenVersion, switched } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { onField } from "~/platform/http/refusals.server";
import { readAddressFault, readMailHistory } from "~/queries/staff/mail-history.server";
import { Moment } from "~/ui/clock";
import { CommandForm } from "~/ui/command-form";
import { Field, Switch } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { useFormat } from "~/ui/format";
import { Icon } from "~/ui/icon";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { useFormResult } from "~/ui/use-form-result";

export const meta = ({ loaderData }: { loaderData?: { contact: { name: string } } }) => [{ title: loaderData?.contact.name ?? "Contact" }];

export const loader = staff.loader("portal-access:manage", async ({ services, id }) => {
  const [customerId, contactId] = [id("customer"), id("contact")];
  const contact = orNotFound(await readContact(services.db, customerId, contactId));
  const [fault, mails] = await Promise.all([readAddressFault(services.db, contact.email), readMailHistory(services.db, [contact.email])]);
  return { customerId, contact, fault, mails };
});

const contactForm = z.object({
  version: seenVersion,
  name: requiredText(80, "Enter the person's name."),
  email: z.string().trim().min(1, "Enter the email address."),
  documents: switched,
  decide: switched,
  limit: z
    .string()
    .trim()
    .refine((text) => text === "" || (parseMoney(text) ?? -1) >= 0, "Enter an amount such as 500, or leave it empty for no limit."),
  pay: switched,
  drivers: switched,
  service: switched,
  certify: switched,
  export: switched,
});

export const action = staff.commands({
  save: staff.command({
    permission: "portal-access:manage",
    form: contactForm,
    run({ services, id, form: { version, name, email, limit, ...held } }) {
      const rights = { ...held, decideLimit: limit === "" ? null : parseMoney(limit) };
      return changeContact(services, { customerId: id("customer"), contactId: id("contact"), version, name, email, rights });
    },
    done: ({ moved }) => (moved ? "Saved. The old address is signed out; send an invite to the new one." : "Saved. The change applies right away."),
    drain: "before-answer",
    refusals: {
      known: onField("email", "Another contact of this customer has this address."),
      "not-an-email": onField("email", "Enter a valid email address."),
    },
  }),
});

export default function Contact() {
  const { customerId, contact, fault, mails } = useLoaderData<typeof loader>();
  const { currency } = useFormat();
  const result = useFormResult<typeof action>();
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
        {fault && (
          <Notice tone="amber" title={`${contact.email} ${fault === "bounced" ? "doesn't accept our email" : "marked our email as spam"}`}>
            <p>Only sign-in emails are still sent there. Enter another address, or call.</p>
          </Notice>
        )}
        <CommandForm<typeof action> key={contact.version} intent="save" className="grid max-w-150 gap-6">
          <input type="hidden" name="version" value={contact.version} />
          <div className="grid max-w-96 gap-4">
            <Field label="Name" name="name" defaultValue={contact.name} autoComplete="off" required />
            <Field
              label="Email"
              name="email"
              type="email"
              hint="Used to sign in. If you change it, this person is signed out and needs a new invite."
              defaultValue={contact.email}
              autoComplete="off"
              required
            />
            <p className="text-small text-ink-soft">
              {contact.invitedAt === null ? (
                "Never invited."
              ) : (
                <>
                  Invited <Moment at={contact.invitedAt} />.
                </>
              )}
            </p>
          </div>
          <Section title="Portal permissions">
            <p className="text-ink-soft">Every contact can see vehicles. Contacts who approve or pay can also see documents.</p>
            <div className="grid gap-3">
              {rightNames.map((right) => (
                <div key={right} className="grid gap-2">
                  <Switch label={rights[right].label} name={right} value="on" defaultChecked={own[right]} hint={rights[right].what} />
                  {right === "decide" && (
                    <div className="max-w-64 pl-[3.2em]">
                      <Field
                        label="Can approve up to"
                        name="limit"
                        unit={currency}
                        figures
                        hint="Empty: no limit"
                        defaultValue={own.decideLimit === null ? "" : moneyText(own.decideLimit)}
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
        </CommandForm>
        <div className="max-w-150">
          <MailSection mails={mails} />
        </div>
      </PageBody>
    </>
  );
}
