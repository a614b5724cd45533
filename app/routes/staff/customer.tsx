import { redirect } from "@remix-run/cloudflare";
import { Form, Link, useActionData, useLoaderData, useSubmit } from "@remix-run/react";
import { Eye, Mail, Pencil, Plus, Trash2 } from "lucide-react";
import * as z from "zod";
import { newId, parseId } from "~/kernel/ids";
import { formatMoney } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { may } from "~/kernel/permissions";
import { storyOf } from "~/kernel/story";
import { dayOf } from "~/kernel/time";
import { nameOfAsset } from "~/modules/assets/asset";
import { readCustomerRecord } from "~/modules/assets/customer-record.read.server";
import { readAttachments } from "~/modules/attachments/attachments.read.server";
import { AttachmentPanel } from "~/modules/attachments/attachments.view";
import { addContact, removeContact } from "~/modules/customers/change-contacts.server";
import { readContact } from "~/modules/customers/contact.read.server";
import { rightsInWords } from "~/modules/customers/contact-rights";
import { readMailHistory } from "~/modules/customers/mail-history.read.server";
import { portalRefusalWords } from "~/modules/customers/portal";
import { sendPortalInvite } from "~/modules/customers/send-portal-invite.server";
import { tellCustomer } from "~/modules/customers/story";
import { switchPortal } from "~/modules/customers/switch-portal.server";
import { readDriversOf } from "~/modules/drivers/drivers.read.server";
import { readEstimatesOfCustomer } from "~/modules/estimates/estimate-list.read.server";
import { EstimateList } from "~/modules/estimates/estimate-list.view";
import { readBooks } from "~/modules/invoices/account.read.server";
import { BooksSection } from "~/modules/invoices/books.view";
import { startView } from "~/modules/people/view-as.server";
import { viewRefusalWords } from "~/modules/people/viewing";
import { readCustomerOrders } from "~/modules/work-orders/customer-orders.read.server";
import { stateTones } from "~/modules/work-orders/state.view";
import { docketNumber, stateWords } from "~/modules/work-orders/work-order";
import { staff } from "~/platform/http/guards.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { Button, ButtonLink } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { DataTable } from "~/ui/data-table";
import { Docket } from "~/ui/docket";
import { Empty } from "~/ui/empty";
import { Field, Switch } from "~/ui/field";
import { FormProblem, SubmitButton } from "~/ui/form";
import { DataList, DataRow } from "~/ui/list";
import { Notice } from "~/ui/notice";
import { Fact, Facts, PageBody, PageHeader, Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { Story } from "~/ui/story";
import { UnitPlate } from "~/ui/unit-plate";
import { PlanHint } from "../plan-hint";

export const meta = ({ data }: { data?: { customer: { name: string } } }) => [{ title: data?.customer.name ?? "Customer" }];

export const loader = staff.loader("customer:read", async ({ services, session, params, url }) => {
  const id = orNotFound(parseId("customer", params.customerId));
  const record = orNotFound(await readCustomerRecord(services.db, id));
  const { zone, locale, currency, plan } = session.organization;
  const { role } = session.membership;
  const now = services.clock.now();
  const [drivers, orders, mails, attachments, estimates, books] = await Promise.all([
    readDriversOf(services.db, id),
    readCustomerOrders(services.db, id),
    readMailHistory(
      services.db,
      [record.customer.email, ...record.contacts.map(({ email }) => email)].filter((email) => email !== null),
    ),
    readAttachments(services, { kind: "customer", id }, url.searchParams.get("files")),
    readEstimatesOfCustomer(services.db, id),
    // The shop's own trucks are repaired without an invoice.
    may("staff", role, "invoice:read") && !record.customer.isSelf ? readBooks(services.db, id, now) : null,
  ]);
  return {
    ...record,
    story: storyOf(record.story, tellCustomer),
    drivers,
    orders,
    mails,
    attachments,
    estimates,
    books,
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

const AccessForm = z.discriminatedUnion("act", [
  z.object({ act: z.literal("switch"), on: z.literal("on").optional() }),
  z.object({
    act: z.literal("add"),
    name: z.string().trim().min(1, "Type the person's name.").max(80, "Keep it under 80 letters."),
    email: z.string().trim().min(1, "Type the email address."),
  }),
  z.object({ act: z.literal("remove"), contact: z.string() }),
  z.object({ act: z.literal("invite"), contact: z.string() }),
  z.object({ act: z.literal("view"), contact: z.string() }),
]);

const GONE = { words: "That contact is not there any more." };
const STALE = { words: "Somebody else changed this just now. Look again and repeat it if it is still right." };
const done = (words: string) => ({ problem: null, done: words });

export const action = staff.action("portal-access:manage", AccessForm, async ({ request, services, session, params, form }) => {
  const customerId = orNotFound(parseId("customer", params.customerId));
  switch (form.act) {
    case "switch": {
      const on = form.on === "on";
      const switched = await switchPortal(services, { customerId, on, plan: session.organization.plan });
      if (switched.ok) return done(on ? "The portal is on. Send an invite, and they are in." : "The portal is off. Everybody of this customer is signed out.");
      if (switched.error.kind === "not-found") throw new Response("Not found", { status: 404 });
      if (switched.error.kind === "stale") return problem(409, STALE);
      return problem(422, { words: portalRefusalWords[switched.error.kind], fields: { on: portalRefusalWords[switched.error.kind] } });
    }
    case "add": {
      const added = await addContact(services, { customerId, name: form.name, email: form.email });
      if (added.ok) return done(`${form.name} is a contact now.`);
      if (added.error.kind === "not-an-email")
        return problem(422, { words: "Check the address.", fields: { email: "That is not an email address." }, values: form });
      if (added.error.kind === "known")
        return problem(409, { words: "This address is a contact already.", fields: { email: "It stands in the list above." }, values: form });
      if (added.error.kind === "stale") return problem(409, STALE);
      throw new Response("Not found", { status: 404 });
    }
    case "remove": {
      const contactId = parseId("contact", form.contact);
      const removed = contactId ? await removeContact(services, { customerId, contactId }) : null;
      if (removed?.ok) return done("The contact is removed and signed out everywhere.");
      return problem(removed?.error.kind === "stale" ? 409 : 404, removed?.error.kind === "stale" ? STALE : GONE);
    }
    case "invite": {
      const contactId = parseId("contact", form.contact);
      const sent = contactId ? await sendPortalInvite(services, { customerId, contactId }) : null;
      if (sent?.ok) return done(`The invite is on its way to ${sent.value.email}.`);
      if (!sent || sent.error.kind === "not-found") return problem(404, GONE);
      if (sent.error.kind === "portal-off") return problem(409, { words: "Switch the portal on first." });
      if (sent.error.kind === "too-often")
        return problem(429, { words: "Five invites went to this contact within a quarter of an hour. Wait a little." }, { "Retry-After": "900" });
      return problem(409, STALE);
    }
    case "view": {
      const contactId = parseId("contact", form.contact);
      const contact = contactId && (await readContact(services.db, customerId, contactId));
      if (!contact) return problem(404, GONE);
      const view = await startView(services, session, request, { audience: "customer", partyId: customerId, email: contact.email });
      if (view.ok) throw redirect(paths.customer.home, { headers: { "Set-Cookie": view.value } });
      return problem(view.error.kind === "not-allowed" ? 403 : 409, { words: viewRefusalWords[view.error.kind] });
    }
  }
});

export default function Customer() {
  const {
    customer,
    contacts,
    units,
    drivers,
    orders,
    mails,
    attachments,
    estimates,
    books,
    today,
    freshDriver,
    freshUnit,
    mayChange,
    story,
    zone,
    locale,
    currency,
    plan,
    now,
    maySetAccess,
  } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const refusal = result?.problem;
  const submit = useSubmit();
  const moment = { zone, locale, now };
  const noRight = maySetAccess ? null : "Only owners and managers set this.";
  return (
    <>
      <PageHeader
        title={customer.name}
        state={
          customer.archivedAt !== null ? (
            <StateMark tone="slate" word="Archived" />
          ) : customer.isSelf ? null : (
            <StateMark tone={customer.portalEnabled ? "green" : "slate"} word={customer.portalEnabled ? "Portal on" : "Portal off"} />
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
        {refusal && <FormProblem problem={{ what: refusal.words }} />}
        {result && "done" in result && <Notice tone="green" title={result.done} />}
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
            {!customer.isSelf && (
              <Section title="Portal access">
                <Form method="post" className="flex flex-wrap items-center gap-3" onChange={(event) => submit(event.currentTarget)}>
                  <input type="hidden" name="act" value="switch" />
                  <Switch
                    key={String(customer.portalEnabled)}
                    label="Portal access enabled"
                    name="on"
                    value="on"
                    defaultChecked={customer.portalEnabled}
                    disabled={!maySetAccess}
                    error={refusal?.fields?.on}
                    hint="Off by default. Switching it off signs everybody of this customer out at once."
                  />
                  <noscript>
                    <Button type="submit">Save</Button>
                  </noscript>
                </Form>
                <PlanHint plan={plan} face="customer" />
                {contacts.length === 0 ? (
                  <Empty
                    title="No contacts"
                    body="A contact's email address is the sign-in; there is no password. Add who should see this customer's vehicles."
                  />
                ) : (
                  <ul className="divide-y divide-line border-y border-line">
                    {contacts.map((contact) => (
                      <li key={contact.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
                        <span className="min-w-0">
                          {maySetAccess ? (
                            <Link
                              to={paths.staff.contact(customer.id, contact.id)}
                              className="inline-flex min-h-(--target) items-center font-semibold text-accent"
                            >
                              {contact.name}
                            </Link>
                          ) : (
                            <span className="block font-semibold">{contact.name}</span>
                          )}
                          <span className="block truncate">{contact.email}</span>
                          <span className="block text-small">{rightsInWords(contact.rights, { currency, locale })}</span>
                          <span className="block text-small text-ink-soft">
                            {contact.invitedAt === null ? (
                              "never invited"
                            ) : (
                              <>
                                invited <Moment at={contact.invitedAt} {...moment} />
                              </>
                            )}
                          </span>
                        </span>
                        <Form method="post" className="flex flex-wrap gap-2">
                          <input type="hidden" name="contact" value={contact.id} />
                          <Button
                            type="submit"
                            name="act"
                            value="invite"
                            icon={Mail}
                            disabled={!maySetAccess || !customer.portalEnabled}
                            title={customer.portalEnabled ? undefined : "Switch the portal on first."}
                          >
                            Send portal invite
                          </Button>
                          <Button
                            type="submit"
                            form={`view-${contact.id}`}
                            icon={Eye}
                            disabled={!maySetAccess || !customer.portalEnabled}
                            aria-label={`View as ${contact.name}`}
                          >
                            View as
                          </Button>
                          <Button type="submit" name="act" value="remove" icon={Trash2} disabled={!maySetAccess} aria-label={`Remove ${contact.name}`}>
                            Remove
                          </Button>
                        </Form>
                        {/* A whole page: it is somebody else's portal that opens. */}
                        <form id={`view-${contact.id}`} method="post" className="hidden">
                          <input type="hidden" name="act" value="view" />
                          <input type="hidden" name="contact" value={contact.id} />
                        </form>
                      </li>
                    ))}
                  </ul>
                )}
                <Form key={contacts.length} method="post" className="grid max-w-150 gap-3 sm:grid-cols-[1fr_1fr_auto] sm:items-end" noValidate>
                  <input type="hidden" name="act" value="add" />
                  <Field label="Name" name="name" defaultValue={refusal?.values?.name} error={refusal?.fields?.name} required />
                  <Field label="Email" name="email" type="email" defaultValue={refusal?.values?.email} error={refusal?.fields?.email} required />
                  <SubmitButton kind="quiet" pendingWord="Adding" disabled={!maySetAccess}>
                    Add contact
                  </SubmitButton>
                </Form>
                {noRight && <p className="text-small text-ink-soft">{noRight}</p>}
              </Section>
            )}
            <Section
              title="Drivers"
              count={drivers.length}
              action={
                freshDriver && (
                  <ButtonLink to={paths.staff.newDriver(freshDriver, customer.id)} icon={Plus}>
                    Add driver
                  </ButtonLink>
                )
              }
            >
              {drivers.length === 0 ? (
                <Empty title="No drivers" body="Who drives these units stands here, and signs in by mailed link or with code and PIN." />
              ) : (
                <DataList label="Drivers">
                  {drivers.map((driver) => (
                    <DataRow
                      key={driver.id}
                      to={paths.staff.driver(driver.id)}
                      title={driver.name}
                      detail={driver.email ?? driver.phone ?? "code and PIN only"}
                      end={<StateMark tone={driver.portalEnabled ? "green" : "slate"} word={driver.portalEnabled ? "Portal on" : "Portal off"} />}
                    />
                  ))}
                </DataList>
              )}
            </Section>
            {books && <BooksSection customerId={customer.id} books={books} currency={currency} locale={locale} />}
            {estimates.length > 0 && (
              <Section title="Newest estimates" count={estimates.length}>
                <EstimateList rows={estimates} today={today} currency={currency} locale={locale} />
              </Section>
            )}
            <Section title="Work orders" count={orders.length}>
              {orders.length === 0 ? (
                <Empty title="No work yet" body="Repairs of this customer's units stand here, the newest first." />
              ) : (
                <DataTable
                  caption="Work orders of this customer"
                  rows={orders}
                  rowKey={({ id }: (typeof orders)[number]) => id}
                  rowTo={({ id }) => paths.staff.order(id)}
                  columns={[
                    {
                      key: "number",
                      title: "Order",
                      cell: ({ number, state }) => <Docket number={docketNumber(number)} state={stateTones[state]} stateWord={stateWords[state]} />,
                    },
                    { key: "unit", title: "Unit", cell: ({ unitNumber }) => <UnitPlate number={unitNumber} /> },
                    { key: "title", title: "What", words: true, cell: ({ title }) => title },
                    { key: "price", title: "Price", from: "sm", figures: true, cell: ({ price }) => formatMoney(price, currency, locale) },
                  ]}
                />
              )}
            </Section>
            <Section
              title="Units"
              count={units.length}
              action={
                freshUnit && (
                  <ButtonLink to={`${paths.staff.assetForm(freshUnit)}?customer=${customer.id}`} icon={Plus}>
                    Add unit
                  </ButtonLink>
                )
              }
            >
              {units.length === 0 ? (
                <Empty title="No units" body="This customer's trucks, trailers and equipment stand here." />
              ) : (
                <DataList label="Units">
                  {units.map((unit) => (
                    <DataRow
                      key={unit.id}
                      to={paths.staff.asset(unit.id)}
                      lead={<UnitPlate number={unit.unitNumber} />}
                      title={nameOfAsset(unit)}
                      end={<span className="hidden font-mono text-small sm:inline">{unit.vin}</span>}
                    />
                  ))}
                </DataList>
              )}
            </Section>
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
              {story.length === 0 ? (
                <p className="text-ink-soft">Sign-ins to the portal, invites and changes of access are kept here.</p>
              ) : (
                <Story lines={story} {...moment} />
              )}
            </Section>
          </div>
        </div>
      </PageBody>
    </>
  );
}
