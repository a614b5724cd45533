import { Eye, Mail, UserMinus, UserPlus } from "lucide-react";
import { redirect, useLoaderData } from "react-router";
import * as z from "zod";
import { capitalized } from "~/kernel/capitalized";
import { type Cents, moneyText, toCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { dayOf } from "~/kernel/time";
import { readAttachments } from "~/modules/attachments/attachments.read.server";
import { AttachmentPanel } from "~/modules/attachments/attachments.view";
import { startView } from "~/modules/people/impersonation.server";
import { budgetImpact } from "~/modules/vendor-jobs/budget/budget";
import { BudgetBars } from "~/modules/vendor-jobs/vendor-job.view";
import { readVendorMonth } from "~/modules/vendor-jobs/vendor-job-record.read.server";
import { insuranceLabels, insuranceOn } from "~/modules/vendors/insurance";
import { inviteVendor } from "~/modules/vendors/invite-vendor.server";
import { saveVendor } from "~/modules/vendors/save-vendor.server";
import { type VendorRefusal, vendorRefusalMessages } from "~/modules/vendors/vendor";
import { addVendorUser, endVendorUser } from "~/modules/vendors/vendor-users.server";
import { readVendor, readVendorUsers } from "~/modules/vendors/vendors.read.server";
import { noFields } from "~/platform/http/commands.server";
import { requiredText, seenVersion, switched } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { onField, tooOften } from "~/platform/http/refusals.server";
import { Button, ButtonLink } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { CommandForm } from "~/ui/command-form";
import { Field, Switch } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { useFormat } from "~/ui/format";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { TextArea } from "~/ui/text-area";
import { useFormResult } from "~/ui/use-form-result";
import { PlanHint } from "./plan-hint";
import { viewRefusal } from "./view-refusal.server";

export const meta = ({ loaderData }: { loaderData?: { vendor: { name: string } | null } }) => [{ title: loaderData?.vendor?.name ?? "New vendor" }];

export const loader = staff.loader("vendor:manage", async ({ services, session, id: idOf, url }) => {
  const { zone, plan } = session.organization;
  const id = idOf("vendor");
  const now = services.clock.now();
  const vendor = await readVendor(services.db, id);
  return {
    plan,
    vendor,
    month: vendor && (await readVendorMonth(services.db, id, now)),
    users: vendor ? await readVendorUsers(services.db, id) : [],
    insurance: insuranceOn(vendor?.insuredThrough ?? null, dayOf(now, zone)),
    attachments: vendor && (await readAttachments(services, { kind: "vendor", id }, url.searchParams.get("files"))),
  };
});

const typed = z.string().max(40, "Use at most 40 characters.").default("");
const fieldOf = (refusal: VendorRefusal): string =>
  refusal.kind === "not-an-amount"
    ? refusal.field
    : { plan: "portalEnabled", "not-an-email": "email", "needs-email": "email", "not-a-day": "insuredThrough" }[refusal.kind];
const TURN_ON_FIRST = "Turn on portal access and save first.";

export const action = staff.commands({
  save: staff.command({
    permission: "vendor:manage",
    form: z.object({
      version: seenVersion,
      name: requiredText(80, "Enter the vendor's name."),
      phone: z.string().trim().max(40, "Use at most 40 characters."),
      email: z.string(),
      portalEnabled: switched,
      laborRate: typed,
      usualLimit: typed,
      monthlyBudget: typed,
      insuredThrough: typed,
      notes: z.string().trim().max(2_000, "Use at most 2,000 characters.").default(""),
    }),
    run: ({ services, session, id, form: { version, ...form } }) =>
      saveVendor(services, { id: id("vendor"), form, version: version || null, plan: session.organization.plan }),
    done: ({ invited }) => (invited ? "Saved. An invitation to choose a password was sent." : "Saved."),
    drain: "before-answer",
    refuse: (refusal) =>
      refusal.kind === "email-taken" ? onField("email", "Another vendor has this address.") : onField(fieldOf(refusal), vendorRefusalMessages[refusal.kind]),
  }),
  invite: staff.command({
    permission: "vendor:manage",
    form: noFields,
    run: ({ services, id }) => inviteVendor(services, id("vendor")),
    done: ({ email }) => `Invitation sent to ${email}.`,
    refusals: {
      "portal-off": TURN_ON_FIRST,
      "too-often": tooOften("This vendor got five invitations in the last 15 minutes. Try again in 15 minutes.", 900),
    },
  }),
  "add-user": staff.command({
    permission: "vendor:manage",
    form: z.object({ userName: requiredText(80, "Enter the person's name."), userEmail: z.string() }),
    run: ({ services, id, form }) => addVendorUser(services, id("vendor"), { name: form.userName, email: form.userEmail }),
    done: ({ email, invited }) =>
      invited
        ? `Person added. Invitation sent to ${email}.`
        : { done: `Person added, but too many invitations were sent for now. Ask ${email} to use "Forgot password" on the sign-in page.`, tone: "amber" },
    refusals: {
      "not-an-email": onField("userEmail", "Enter a valid email address."),
      known: onField("userEmail", "This person can already sign in for this vendor."),
      "portal-off": onField("userEmail", TURN_ON_FIRST),
    },
  }),
  "remove-user": staff.command({
    permission: "vendor:manage",
    form: z.object({ userEmail: z.string() }),
    run: ({ services, id, form }) => endVendorUser(services, id("vendor"), form.userEmail),
    done: "Person removed and signed out.",
    drain: "before-answer",
  }),
  "view-as": staff.command({
    permission: "impersonate",
    form: noFields,
    async run({ request, services, session, id }) {
      const { email } = orNotFound(await readVendor(services.db, id("vendor")));
      return startView(services, session, request, { audience: "vendor", partyId: id("vendor"), email });
    },
    done: (cookie) => {
      throw redirect(paths.vendor.home, { headers: { "Set-Cookie": cookie } });
    },
    refuse: viewRefusal,
  }),
});

export default function Vendor() {
  const { plan, vendor, month, users, insurance, attachments } = useLoaderData<typeof loader>();
  const { currency } = useFormat();
  const result = useFormResult<typeof action>();
  const amount = (cents: Cents | null | undefined) => (cents === null || cents === undefined ? "" : moneyText(cents));
  const terms = { laborRate: amount(vendor?.laborRate), usualLimit: amount(vendor?.usualLimit), monthlyBudget: amount(vendor?.monthlyBudget) };
  return (
    <>
      <PageHeader
        title={vendor?.name ?? "New vendor"}
        action={
          vendor?.portalEnabled && (
            // A full page load, because it opens another portal.
            <form method="post">
              <Button type="submit" name="intent" value="view-as" icon={Eye}>
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
                <StateMark tone={insurance === "expired" ? "red" : "amber"} label={capitalized(insuranceLabels[insurance])} />
              )}
            </>
          )
        }
      />
      <PageBody>
        <FormResult result={result} />
        <CommandForm<typeof action> intent="save" saved={{ ...vendor, ...terms }} className="grid max-w-96 gap-4">
          <input type="hidden" name="version" value={vendor?.version ?? 0} />
          <Field label="Name" name="name" autoComplete="off" required />
          <Field label="Phone" name="phone" type="tel" />
          <Field label="Email" name="email" type="email" hint="Used to sign in when portal access is on" />
          <Switch
            key={String(vendor?.portalEnabled)}
            label="Portal access"
            name="portalEnabled"
            value="on"
            hint="Turning it on emails an invitation when you save. Turning it off signs the vendor out at once. Without it, you record the vendor's answers by phone."
          />
          <PlanHint plan={plan} portal="vendor" />
          <fieldset className="grid gap-4 border-t border-line pt-3">
            <legend className="float-left pt-3 text-lead">Terms</legend>
            <Field label="Labor rate" name="laborRate" figures unit={`${currency}/h`} />
            <Field label="Default limit per job" name="usualLimit" figures unit={currency} hint="Used for jobs sent without their own limit" />
            <Field label="Monthly budget" name="monthlyBudget" figures unit={currency} hint="Above it, estimates and invoices need a reason" />
            <Field label="Insured through" name="insuredThrough" type="date" hint="Add the certificate under Files" />
            <TextArea label="Notes" name="notes" hint="Visible only to the shop" />
          </fieldset>
          <div>
            <SubmitButton pendingLabel="Saving">Save</SubmitButton>
          </div>
        </CommandForm>
        {vendor?.portalEnabled && (
          <Section title="Invitation">
            <CommandForm<typeof action> intent="invite" className="flex flex-wrap items-center gap-3">
              <span>
                {vendor.invitedAt === null ? (
                  "Never sent."
                ) : (
                  <>
                    Last sent <Moment at={vendor.invitedAt} />.
                  </>
                )}{" "}
                The link works once, for 72 hours.
              </span>
              <SubmitButton kind="quiet" icon={Mail} pendingLabel="Sending">
                Send invitation again
              </SubmitButton>
            </CommandForm>
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
                  <CommandForm<typeof action> intent="remove-user" row={{ userEmail: email }}>
                    <SubmitButton kind="quiet" icon={UserMinus} pendingLabel="Removing">
                      Remove<span className="sr-only"> {name}</span>
                    </SubmitButton>
                  </CommandForm>
                </li>
              ))}
            </ul>
            <CommandForm<typeof action>
              intent="add-user"
              key={users.length}
              className="grid max-w-150 items-start gap-3 sm:grid-cols-[1fr_1fr_auto] sm:items-end"
            >
              <Field label="Add a person" name="userName" autoComplete="off" />
              <Field label="Their email" name="userEmail" type="email" autoComplete="off" />
              <SubmitButton kind="quiet" icon={UserPlus} pendingLabel="Adding">
                Add person
              </SubmitButton>
            </CommandForm>
          </Section>
        )}
        {vendor && (
          <Section
            title="Outside work"
            action={<ButtonLink to={`${paths.staff.vendorWork}?${new URLSearchParams({ q: vendor.name })}`}>See its jobs</ButtonLink>}
          >
            <div className="max-w-150">
              <BudgetBars budgets={month ? budgetImpact([month], toCents(0)) : []} more={toCents(0)} />
            </div>
          </Section>
        )}
        {attachments && <AttachmentPanel {...attachments} empty="No files yet. The insurance certificate and agreements belong here." />}
      </PageBody>
    </>
  );
}
