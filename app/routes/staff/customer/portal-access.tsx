import { Eye, Mail, Trash2 } from "lucide-react";
import { Form, Link, useLoaderData, useSubmit } from "react-router";
import { paths } from "~/kernel/paths";
import { describeRights } from "~/modules/customers/contacts/contact-rights";
import { Button } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { CommandForm, useCan } from "~/ui/command-form";
import { Empty } from "~/ui/empty";
import { Field, Switch } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/page";
import { PlanHint } from "../plan-hint";
import type { action } from "./commands.server";
import type { PageData } from "./data.server";

/** The switch for the customer's portal, and the contacts who can sign in. */
export function PortalAccess() {
  const { customer, contacts, plan } = useLoaderData<PageData>();
  const submit = useSubmit();
  return (
    <Section title="Portal access">
      <CommandForm<typeof action> intent="switch-portal" className="flex flex-wrap items-center gap-3" onChange={(event) => submit(event.currentTarget)}>
        <Switch
          key={String(customer.portalEnabled)}
          label="Portal access enabled"
          name="on"
          value="on"
          defaultChecked={customer.portalEnabled}
          hint="Off by default. Turning it off signs out everyone at this customer at once."
        />
        <noscript>
          <Button type="submit">Save</Button>
        </noscript>
      </CommandForm>
      <PlanHint plan={plan} portal="customer" />
      {contacts.length === 0 ? (
        <Empty title="No contacts" body="Contacts sign in with their email address and no password. Add the people who should see this customer's vehicles." />
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {contacts.map((contact) => (
            <ContactRow key={contact.id} contact={contact} />
          ))}
        </ul>
      )}
      <CommandForm<typeof action> key={contacts.length} intent="add-contact" className="grid max-w-150 gap-3 sm:grid-cols-[1fr_1fr_auto] sm:items-end">
        <Field label="Name" name="name" required />
        <Field label="Email" name="email" type="email" required />
        <SubmitButton kind="quiet" pendingLabel="Adding">
          Add contact
        </SubmitButton>
      </CommandForm>
    </Section>
  );
}

type Contact = PageData["contacts"][number];

function ContactRow({ contact }: { contact: Contact }) {
  const { customer } = useLoaderData<PageData>();
  const format = useFormat();
  const can = useCan<typeof action>();
  const maySetAccess = can("send-invite") === null;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
      <span className="min-w-0">
        {maySetAccess ? (
          <Link to={paths.staff.contact(customer.id, contact.id)} className="inline-flex min-h-(--target) items-center font-semibold text-accent">
            {contact.name}
          </Link>
        ) : (
          <span className="block font-semibold">{contact.name}</span>
        )}
        <span className="block truncate">{contact.email}</span>
        <span className="block text-small">{describeRights(contact.rights, format)}</span>
        <span className="block text-small text-ink-soft">
          {contact.invitedAt === null ? (
            "never invited"
          ) : (
            <>
              invited <Moment at={contact.invitedAt} />
            </>
          )}
        </span>
      </span>
      <Form method="post" className="flex flex-wrap gap-2">
        <input type="hidden" name="contact" value={contact.id} />
        <Button
          type="submit"
          name="intent"
          value="send-invite"
          icon={Mail}
          disabled={!maySetAccess || !customer.portalEnabled}
          title={customer.portalEnabled ? undefined : "Turn the portal on first."}
        >
          Send portal invite
        </Button>
        <Button
          type="submit"
          form={`view-${contact.id}`}
          icon={Eye}
          disabled={can("view-as") !== null || !customer.portalEnabled}
          aria-label={`View as ${contact.name}`}
        >
          View as
        </Button>
        <Button type="submit" name="intent" value="remove-contact" icon={Trash2} disabled={!maySetAccess} aria-label={`Remove ${contact.name}`}>
          Remove
        </Button>
      </Form>
      {/* A full page load, because it opens another portal. */}
      <form id={`view-${contact.id}`} method="post" className="hidden">
        <input type="hidden" name="intent" value="view-as" />
        <input type="hidden" name="contact" value={contact.id} />
      </form>
    </li>
  );
}
