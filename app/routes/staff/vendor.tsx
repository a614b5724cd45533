import { redirect } from "@remix-run/cloudflare";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { Eye, Mail } from "lucide-react";
import * as z from "zod";
import { parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { startView } from "~/modules/people/view-as.server";
import { viewRefusalWords } from "~/modules/people/viewing";
import { inviteVendor } from "~/modules/vendors/invite-vendor.server";
import { saveVendor } from "~/modules/vendors/save-vendor.server";
import { type VendorRefusal, vendorRefusalWords } from "~/modules/vendors/vendor";
import { readVendor } from "~/modules/vendors/vendors.read.server";
import { staff } from "~/platform/http/guards.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { Button } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { Field, Switch } from "~/ui/field";
import { ErrorSummary, FormProblem, SubmitButton } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { PlanHint } from "../plan-hint";

export const meta = ({ data }: { data?: { vendor: { name: string } | null } }) => [{ title: data?.vendor?.name ?? "New vendor" }];

export const loader = staff.loader("vendor:manage", async ({ services, session, params }) => {
  const { zone, locale, plan } = session.organization;
  return { plan, vendor: await readVendor(services.db, orNotFound(parseId("vendor", params.vendorId))), zone, locale, now: services.clock.now() };
});

const VendorForm = z.discriminatedUnion("act", [
  z.object({
    act: z.literal("save"),
    version: z.coerce.number().int().min(0),
    name: z.string().trim().min(1, "Type the vendor's name.").max(80, "Keep it under 80 letters."),
    phone: z.string().trim().max(40, "Keep it under 40 signs."),
    email: z.string(),
    portal: z.literal("on").optional(),
  }),
  z.object({ act: z.literal("invite") }),
  z.object({ act: z.literal("view") }),
]);

const fieldOf: Record<VendorRefusal["kind"], string> = { plan: "portal", "not-an-email": "email", "needs-email": "email" };
const STALE = { words: "Somebody else changed this vendor just now. Reload the page to see how it stands." };

export const action = staff.action("vendor:manage", VendorForm, async ({ request, services, session, params, form }) => {
  const id = orNotFound(parseId("vendor", params.vendorId));
  if (form.act === "view") {
    const vendor = orNotFound(await readVendor(services.db, id));
    const view = await startView(services, session, request, { audience: "vendor", partyId: id, email: vendor.email });
    if (view.ok) throw redirect(paths.vendor.home, { headers: { "Set-Cookie": view.value } });
    return problem(view.error.kind === "not-allowed" ? 403 : 409, { words: viewRefusalWords[view.error.kind] });
  }
  if (form.act === "invite") {
    const invited = await inviteVendor(services, id);
    if (invited.ok) return { problem: null, done: `The invitation is on its way to ${invited.value.email}.` };
    if (invited.error.kind === "too-often")
      return problem(429, { words: "Five invitations went to this vendor within a quarter of an hour. Wait a little." }, { "Retry-After": "900" });
    if (invited.error.kind === "portal-off") return problem(409, { words: "Switch portal access on and save first." });
    if (invited.error.kind === "stale") return problem(409, STALE);
    throw new Response("Not found", { status: 404 });
  }
  const { name, phone, email } = form;
  const values = { name, phone, email };
  const saved = await saveVendor(services, {
    id,
    form: { name, phone, email, portalEnabled: form.portal === "on" },
    version: form.version || null,
    plan: session.organization.plan,
  });
  if (saved.ok) return { problem: null, done: saved.value.invited ? "Saved. An invitation to choose a password is on its way." : "Saved." };
  switch (saved.error.kind) {
    case "not-found":
      throw new Response("Not found", { status: 404 });
    case "stale":
      return problem(409, { ...STALE, values });
    case "email-taken":
      return problem(409, { words: "Check what is marked.", fields: { email: "Another vendor has this address." }, values });
    default:
      return problem(422, { words: "Check what is marked.", fields: { [fieldOf[saved.error.kind]]: vendorRefusalWords[saved.error.kind] }, values });
  }
});

export default function Vendor() {
  const { plan, vendor, zone, locale, now } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const refusal = result?.problem;
  const field = (name: "name" | "phone" | "email") => ({ name, defaultValue: refusal?.values?.[name] ?? vendor?.[name] ?? "", error: refusal?.fields?.[name] });
  return (
    <>
      <PageHeader
        title={vendor?.name ?? "New vendor"}
        action={
          vendor?.portalEnabled && (
            // A whole page: it is somebody else's portal that opens.
            <form method="post">
              <Button type="submit" name="act" value="view" icon={Eye}>
                View as {vendor.name}
              </Button>
            </form>
          )
        }
        state={vendor && <StateMark tone={vendor.portalEnabled ? "green" : "slate"} word={vendor.portalEnabled ? "Portal on" : "Portal off"} />}
      />
      <PageBody>
        {refusal?.fields ? <ErrorSummary errors={refusal.fields} /> : refusal && <FormProblem problem={{ what: refusal.words }} />}
        {result && "done" in result && <Notice tone="green" title={result.done} />}
        <Form method="post" className="grid max-w-96 gap-4" noValidate>
          <input type="hidden" name="act" value="save" />
          <input type="hidden" name="version" value={vendor?.version ?? 0} />
          <Field label="Name" {...field("name")} autoComplete="off" required />
          <Field label="Phone" {...field("phone")} type="tel" />
          <Field label="Email" {...field("email")} type="email" hint="The sign-in, while portal access is on" />
          <Switch
            key={String(vendor?.portalEnabled)}
            label="Portal access"
            name="portal"
            value="on"
            defaultChecked={vendor?.portalEnabled}
            error={refusal?.fields?.portal}
            hint="Saving with it on mails an invitation. Switching it off signs the vendor out at once."
          />
          <PlanHint plan={plan} face="vendor" />
          <div>
            <SubmitButton pendingWord="Saving">Save</SubmitButton>
          </div>
        </Form>
        {vendor?.portalEnabled && (
          <Section title="Invitation">
            <Form method="post" className="flex flex-wrap items-center gap-3">
              <input type="hidden" name="act" value="invite" />
              <span>
                {vendor.invitedAt === null ? (
                  "Never sent."
                ) : (
                  <>
                    Last sent <Moment at={vendor.invitedAt} zone={zone} locale={locale} now={now} />.
                  </>
                )}{" "}
                It works once, for 72 hours.
              </span>
              <SubmitButton kind="quiet" icon={Mail} pendingWord="Sending">
                Send invitation again
              </SubmitButton>
            </Form>
          </Section>
        )}
      </PageBody>
    </>
  );
}
