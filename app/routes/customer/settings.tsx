import { Download } from "lucide-react";
import { Link, useLoaderData } from "react-router";
import * as z from "zod";
import { paths } from "~/kernel/paths";
import { describeRights } from "~/modules/customers/contacts/contact-rights";
import { changeContactDetails, readColleagues } from "~/modules/customers/contacts/signed-in-contact.server";
import { eventsFor, type MutableEvent, mutableEvents } from "~/modules/customers/customer-events";
import { AlwaysSent } from "~/modules/notifications/always-sent.view";
import { alwaysSent, notificationTable } from "~/modules/notifications/notification-table";
import { seenVersion, switched } from "~/platform/http/fields.server";
import { customer } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { CommandForm } from "~/ui/command-form";
import { Field, Switch } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { Icon } from "~/ui/icon";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { TextLink } from "~/ui/text-link";
import { useFormResult } from "~/ui/use-form-result";

export const meta = () => [{ title: "Settings" }];
/** Revalidates after a refused form too, so the page shows the latest data next to the error. */
export const shouldRevalidate = () => true;

export const loader = customer.loader("settings:own", async ({ services, session, scope }) => {
  const people = await readColleagues(services.db);
  const own = orNotFound(people.find(({ isSelf }) => isSelf));
  return {
    own: { name: own.name, email: own.email, phone: own.phone, version: own.version, muted: own.muted },
    events: eventsFor(own.rights).map((event) => ({ event, label: notificationTable.customer[event].label, what: notificationTable.customer[event].what })),
    always: alwaysSent("customer"),
    mayExport: own.rights.export && !scope.readOnly,
    people: people.map(({ id, name, email, rights, isSelf }) => ({ id, name, email, isSelf, may: describeRights(rights, session.organization) })),
  };
});

const switches = Object.fromEntries(mutableEvents.map((event) => [event, switched])) as Record<MutableEvent, typeof switched>; // one for each of them

export const action = customer.commands({
  save: customer.command({
    permission: "settings:own",
    form: z.object({
      version: seenVersion,
      name: z.string(),
      phone: z.string(),
      ...switches,
    }),
    run: ({ services, form: { version, name, phone, ...chosen } }) =>
      changeContactDetails(services, { form: { name, phone, wanted: mutableEvents.filter((event) => chosen[event]) }, seen: version }),
    done: "Settings saved.",
    drain: "before-answer",
    refusals: { stale: "The shop just changed your details. Here is the latest version. Your entries are still here." },
  }),
});

export default function PortalSettings() {
  const { own, events, always, people, mayExport } = useLoaderData<typeof loader>();
  const result = useFormResult<typeof action>();
  return (
    <>
      <PageHeader title="Settings" />
      <PageBody>
        <FormResult result={result} />
        <CommandForm<typeof action> intent="save" className="grid max-w-150 gap-6">
          <input type="hidden" name="version" value={own.version} />
          <Section title="You">
            <div className="grid gap-4">
              <Field label="Name" name="name" autoComplete="name" defaultValue={own.name} required />
              <Field label="Phone" name="phone" type="tel" autoComplete="tel" defaultValue={own.phone ?? ""} />
              <p className="text-ink-soft">
                You sign in as <span className="font-semibold text-ink">{own.email}</span>. Ask the shop to change it.
              </p>
            </div>
          </Section>
          <Section title="Emails to you">
            {events.map(({ event, label, what }) => (
              <Switch key={`${event}-${own.version}`} label={label} name={event} value="on" hint={what} defaultChecked={!own.muted.includes(event)} />
            ))}
            <AlwaysSent rows={always} />
          </Section>
          <div>
            <SubmitButton pendingLabel="Saving">Save</SubmitButton>
          </div>
        </CommandForm>
        <Section title="Who has access" count={people.length}>
          <ul aria-label="Who has access" className="max-w-150 divide-y divide-line border-y border-line">
            {people.map(({ id, name, email, isSelf, may }) => (
              <li key={id} className="grid py-2">
                <span className="font-semibold">
                  {name}
                  {isSelf && <span className="font-normal text-ink-soft"> (you)</span>}
                </span>
                <span className="truncate">{email}</span>
                <span className="text-small text-ink-soft">{may}</span>
              </li>
            ))}
          </ul>
          <p className="text-ink-soft">The shop adds and removes people, and sets what each of them can do.</p>
        </Section>
        <Section title="Unit labels">
          <p className="max-w-prose text-ink-soft">A label with a QR code for each unit. Your drivers scan it to begin an inspection.</p>
          <TextLink to={paths.customer.labels}>Print labels</TextLink>
        </Section>
        {mayExport && (
          <Section title="Export your data">
            <p className="max-w-prose text-ink-soft">
              One zip file with your vehicles, work orders, estimates, invoices and payments as CSV and JSON, your PDFs, and the files the shop shares with you.
              The shop can see that you downloaded it.
            </p>
            {/* A plain link, so that the browser downloads the file itself. */}
            <a
              href={paths.customer.exportZip}
              download
              className="inline-flex min-h-(--target) w-fit items-center gap-1.5 text-accent underline underline-offset-2"
            >
              <Icon of={Download} /> Download all data
            </a>
          </Section>
        )}
        <Section title="Security">
          <Link to={paths.customer.sessions} className="inline-flex min-h-(--target) w-fit items-center text-accent underline underline-offset-2">
            Active sessions
          </Link>
        </Section>
      </PageBody>
    </>
  );
}
