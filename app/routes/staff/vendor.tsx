import { Eye, Mail, UserMinus, UserPlus } from "lucide-react";
import { Form, redirect, useActionData, useLoaderData } from "react-router";
import * as z from "zod";
import { parseId } from "~/kernel/ids";
import { moneyText, toCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { dayOf } from "~/kernel/time";
import { readAttachments } from "~/modules/attachments/attachments.read.server";
import { AttachmentPanel } from "~/modules/attachments/attachments.view";
import { viewRefusalMessages } from "~/modules/people/impersonation";
import { startView } from "~/modules/people/impersonation.server";
import { budgetImpact } from "~/modules/vendor-jobs/budget/budget";
import { BudgetBars } from "~/modules/vendor-jobs/vendor-job.view";
import { readVendorMonth } from "~/modules/vendor-jobs/vendor-job-record.read.server";
import { insuranceLabels, insuranceOn } from "~/modules/vendors/insurance";
import { inviteVendor } from "~/modules/vendors/invite-vendor.server";
import { saveVendor } from "~/modules/vendors/save-vendor.server";
import { type termFields, type VendorRefusal, vendorRefusalMessages } from "~/modules/vendors/vendor";
import { addVendorUser, endVendorUser, type UserRefusal } from "~/modules/vendors/vendor-users.server";
import { readVendor, readVendorUsers } from "~/modules/vendors/vendors.read.server";
import { asTyped } from "~/platform/http/form.server";
import { staff } from "~/platform/http/guards.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { overQuota } from "~/platform/http/quotas.server";
import { Button, ButtonLink } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { Field, Switch } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { TextArea } from "~/ui/text-area";
import { PlanHint } from "./plan-hint";

export const meta = ({ loaderData }: { loaderData?: { vendor: { name: string } | null } }) => [{ title: loaderData?.vendor?.name ?? "New vendor" }];

export const loader = staff.loader("vendor:manage", async ({ services, session, params, url }) => {
  const { zone, locale, plan, currency } = session.organization;
  const id = orNotFound(parseId("vendor", params.vendorId));
  const now = services.clock.now();
  const vendor = await readVendor(services.db, id);
  return {
    plan,
    vendor,
    month: vendor && (await readVendorMonth(services.db, id, now, zone)),
    users: vendor ? await readVendorUsers(services.db, id) : [],
    insurance: insuranceOn(vendor?.insuredThrough ?? null, dayOf(now, zone)),
    attachments: vendor && (await readAttachments(services, { kind: "vendor", id }, url.searchParams.get("files"))),
    zone,
    locale,
    currency,
    now,
  };
});

const typed = z.string().max(40, "Use at most 40 characters.").default("");
const VendorForm = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("save"),
    version: z.coerce.number().int().min(0),
    name: z.string().trim().min(1, "Enter the vendor's name.").max(80, "Use at most 80 characters."),
    phone: z.string().trim().max(40, "Use at most 40 characters."),
    email: z.string(),
    portal: z.literal("on").optional(),
    laborRate: typed,
    usualLimit: typed,
    monthlyBudget: typed,
    insuredThrough: typed,
    notes: z.string().trim().max(2_000, "Use at most 2,000 characters.").default(""),
  }),
  z.object({
    intent: z.literal("add-user"),
    userName: z.string().trim().min(1, "Enter the person's name.").max(80, "Use at most 80 characters."),
    userEmail: z.string(),
  }),
  z.object({ intent: z.literal("end-user"), userEmail: z.string() }),
  z.object({ intent: z.literal("invite") }),
  z.object({ intent: z.literal("view") }),
]);

const fieldOf = (refusal: VendorRefusal): string =>
  refusal.kind === "not-an-amount"
    ? refusal.field
    : { plan: "portal", "not-an-email": "email", "needs-email": "email", "not-a-day": "insuredThrough" }[refusal.kind];
const userRefusals: Record<Exclude<UserRefusal["kind"], "not-found" | "stale">, string> = {
  "not-an-email": "Enter a valid email address.",
  known: "This person can already sign in for this vendor.",
  "portal-off": "Turn on portal access and save first.",
};
const STALE = { message: "Someone else just changed this vendor. Reload the page to see the latest version." };

export const action = staff.action("vendor:manage", VendorForm, async ({ request, services, session, params, form }) => {
  const id = orNotFound(parseId("vendor", params.vendorId));
  if (form.intent === "view") {
    const vendor = orNotFound(await readVendor(services.db, id));
    const view = await startView(services, session, request, { audience: "vendor", partyId: id, email: vendor.email });
    if (view.ok) throw redirect(paths.vendor.home, { headers: { "Set-Cookie": view.value } });
    return problem(view.error.kind === "not-allowed" ? 403 : 409, { message: viewRefusalMessages[view.error.kind] });
  }
  if (form.intent === "invite") {
    const invited = await inviteVendor(services, id);
    if (invited.ok) return { problem: null, done: `Invitation sent to ${invited.value.email}.` };
    if (invited.error.kind === "over-quota") return overQuota(invited.error);
    if (invited.error.kind === "too-often")
      return problem(429, { message: "This vendor got five invitations in the last 15 minutes. Try again in 15 minutes." }, { "Retry-After": "900" });
    if (invited.error.kind === "portal-off") return problem(409, { message: "Turn on portal access and save first." });
    if (invited.error.kind === "stale") return problem(409, STALE);
    throw new Response("Not found", { status: 404 });
  }
  if (form.intent === "add-user" || form.intent === "end-user") {
    const email = form.userEmail;
    const changed = form.intent === "add-user" ? await addVendorUser(services, id, { name: form.userName, email }) : await endVendorUser(services, id, email);
    if (changed.ok)
      return {
        problem: null,
        done: form.intent === "add-user" ? `Person added. Invitation sent to ${email.trim()}.` : "Person removed and signed out.",
      };
    if (changed.error.kind === "not-found") throw new Response("Not found", { status: 404 });
    if (changed.error.kind === "stale") return problem(409, STALE);
    return problem(422, { message: "Fix the highlighted fields.", fields: { userEmail: userRefusals[changed.error.kind] }, values: asTyped(form) });
  }
  const values = asTyped(form);
  const saved = await saveVendor(services, {
    id,
    form: { ...form, portalEnabled: form.portal === "on" },
    version: form.version || null,
    plan: session.organization.plan,
  });
  if (saved.ok) return { problem: null, done: saved.value.invited ? "Saved. An invitation to choose a password was sent." : "Saved." };
  switch (saved.error.kind) {
    case "not-found":
      throw new Response("Not found", { status: 404 });
    case "stale":
      return problem(409, { ...STALE, values });
    case "email-taken":
      return problem(409, { message: "Fix the highlighted fields.", fields: { email: "Another vendor has this address." }, values });
    default:
      return problem(422, { message: "Fix the highlighted fields.", fields: { [fieldOf(saved.error)]: vendorRefusalMessages[saved.error.kind] }, values });
  }
});

export default function Vendor() {
  const { plan, vendor, month, users, insurance, attachments, zone, locale, currency, now } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const refusal = result?.problem;
  const kept = (name: "name" | "phone" | "email" | (typeof termFields)[number]): string => {
    const value = vendor?.[name] ?? "";
    return typeof value === "number" ? moneyText(value) : value;
  };
  const field = (name: Parameters<typeof kept>[0]) => ({ name, defaultValue: refusal?.values?.[name] ?? kept(name), error: refusal?.fields?.[name] });
  const moment = { zone, locale, now };
  return (
    <>
      <PageHeader
        title={vendor?.name ?? "New vendor"}
        action={
          vendor?.portalEnabled && (
            // A full page load, because it opens another portal.
            <form method="post">
              <Button type="submit" name="intent" value="view" icon={Eye}>
                View as {vendor.name}
              </Button>
            </form>
          )
        }
        state={
          vendor && (
            <>
              <StateMark tone={vendor.portalEnabled ? "green" : "slate"} label={vendor.portalEnabled ? "Portal on" : "Portal off"} />
              {(insurance === "expired" || insurance === "soon") && (
                <StateMark tone={insurance === "expired" ? "red" : "amber"} label={asSentence(insuranceLabels[insurance])} />
              )}
            </>
          )
        }
      />
      <PageBody>
        <FormResult result={result} />
        <Form method="post" className="grid max-w-96 gap-4" noValidate>
          <input type="hidden" name="intent" value="save" />
          <input type="hidden" name="version" value={vendor?.version ?? 0} />
          <Field label="Name" {...field("name")} autoComplete="off" required />
          <Field label="Phone" {...field("phone")} type="tel" />
          <Field label="Email" {...field("email")} type="email" hint="Used to sign in when portal access is on" />
          <Switch
            key={String(vendor?.portalEnabled)}
            label="Portal access"
            name="portal"
            value="on"
            defaultChecked={vendor?.portalEnabled}
            error={refusal?.fields?.portal}
            hint="Turning it on emails an invitation when you save. Turning it off signs the vendor out at once. Without it, you record the vendor's answers by phone."
          />
          <PlanHint plan={plan} portal="vendor" />
          <fieldset className="grid gap-4 border-t border-line pt-3">
            <legend className="float-left pt-3 text-lead">Terms</legend>
            <Field label="Labor rate" {...field("laborRate")} figures unit={`${currency}/h`} />
            <Field label="Default limit per job" {...field("usualLimit")} figures unit={currency} hint="Used for jobs sent without their own limit" />
            <Field label="Monthly budget" {...field("monthlyBudget")} figures unit={currency} hint="Above it, estimates and invoices need a reason" />
            <Field label="Insured through" {...field("insuredThrough")} type="date" hint="Add the certificate under Files" />
            <TextArea label="Notes" {...field("notes")} hint="Visible only to the shop" />
          </fieldset>
          <div>
            <SubmitButton pendingLabel="Saving">Save</SubmitButton>
          </div>
        </Form>
        {vendor?.portalEnabled && (
          <Section title="Invitation">
            <Form method="post" className="flex flex-wrap items-center gap-3">
              <input type="hidden" name="intent" value="invite" />
              <span>
                {vendor.invitedAt === null ? (
                  "Never sent."
                ) : (
                  <>
                    Last sent <Moment at={vendor.invitedAt} zone={zone} locale={locale} now={now} />.
                  </>
                )}{" "}
                The link works once, for 72 hours.
              </span>
              <SubmitButton kind="quiet" icon={Mail} pendingLabel="Sending">
                Send invitation again
              </SubmitButton>
            </Form>
          </Section>
        )}
        {vendor?.portalEnabled && (
          <Section title="People who sign in" count={users.length + 1}>
            <ul aria-label="People who sign in" className="max-w-150 divide-y divide-line border-y border-line">
              <li className="flex min-h-(--row) flex-wrap items-center justify-between gap-x-3">
                {vendor.name} <span className="text-ink-soft">{vendor.email}</span>
              </li>
              {users.map(({ name, email }) => (
                <li key={email} className="flex min-h-(--row) flex-wrap items-center justify-between gap-x-3 py-1">
                  <span>
                    {name} <span className="text-ink-soft">{email}</span>
                  </span>
                  <Form method="post">
                    <input type="hidden" name="intent" value="end-user" />
                    <input type="hidden" name="userEmail" value={email} />
                    <SubmitButton kind="quiet" icon={UserMinus} pendingLabel="Removing">
                      Remove<span className="sr-only"> {name}</span>
                    </SubmitButton>
                  </Form>
                </li>
              ))}
            </ul>
            <Form method="post" key={users.length} className="grid max-w-150 items-start gap-3 sm:grid-cols-[1fr_1fr_auto] sm:items-end" noValidate>
              <input type="hidden" name="intent" value="add-user" />
              <Field label="Add a person" name="userName" defaultValue={refusal?.values?.userName} error={refusal?.fields?.userName} autoComplete="off" />
              <Field
                label="Their email"
                name="userEmail"
                type="email"
                defaultValue={refusal?.values?.userEmail}
                error={refusal?.fields?.userEmail}
                autoComplete="off"
              />
              <SubmitButton kind="quiet" icon={UserPlus} pendingLabel="Adding">
                Add person
              </SubmitButton>
            </Form>
          </Section>
        )}
        {vendor && (
          <Section
            title="Outside work"
            action={<ButtonLink to={`${paths.staff.vendorWork}?${new URLSearchParams({ q: vendor.name })}`}>See its jobs</ButtonLink>}
          >
            <div className="max-w-150">
              <BudgetBars budgets={month ? budgetImpact([month], toCents(0)) : []} more={toCents(0)} currency={currency} locale={locale} />
            </div>
          </Section>
        )}
        {attachments && <AttachmentPanel {...attachments} moment={moment} empty="No files yet. The insurance certificate and agreements belong here." />}
      </PageBody>
    </>
  );
}

const asSentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
