import { useLoaderData } from "react-router";
import * as z from "zod";
import type { Id } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { stopContactMail } from "~/modules/customers/contacts/stop-contact-mail.server";
import { stopStaffMail } from "~/modules/notifications/my-notifications.server";
import type { VendorEvent } from "~/modules/notifications/notification-table";
import { readStopToken } from "~/modules/notifications/stop-link.server";
import { stopVendorMail } from "~/modules/notifications/vendor-mails.server";
import { orNotFound } from "~/platform/http/problem.server";
import { anyone } from "~/platform/http/public-guard.server";
import { forJob } from "~/platform/scope/scope.server";
import { brandOf } from "~/sign-in/brand.server";
import { FormProblem, SubmitButton } from "~/ui/form";
import { SignInShell } from "~/ui/sign-in-shell";
import { TextLink } from "~/ui/text-link";
import { useFormResult } from "~/ui/use-form-result";

export const meta = () => [{ title: "Stop these emails" }, { name: "robots", content: "noindex" }];

const settingsOf = { staff: paths.staff.notificationPreferences, customer: paths.customer.settings, vendor: paths.vendor.sessions };

export const loader = anyone.loader("the page behind the link in a mail; opening it changes nothing", async ({ params, platform }) => {
  const { organizationId, reader, row } = orNotFound(readStopToken(platform.settings.linkKey, params.token));
  const organization = orNotFound(await platform.directory.organization(organizationId));
  return {
    brand: brandOf(organization),
    label: row.label,
    what: row.what ?? null,
    settings: settingsOf[reader.audience],
    isStaff: reader.audience === "staff",
  };
});

const OneClick = z.object({ "List-Unsubscribe": z.literal("One-Click") });

export const action = anyone.actionFromAnywhere(
  "a mail program sends it by itself (RFC 8058); the sealed address names one person and one event",
  OneClick,
  async ({ params, platform, context }) => {
    const { organizationId, reader } = orNotFound(readStopToken(platform.settings.linkKey, params.token));
    const { db } = context.servicesFor(forJob(organizationId, "a link in an email"));
    const { audience, person, event } = reader;
    // The token holds an id of the audience's kind, and an event of its rows.
    if (audience === "customer") await stopContactMail({ db, clock: platform.clock }, person as Id<"contact">, event);
    if (audience === "staff") await stopStaffMail(db, person as Id<"membership">, event);
    if (audience === "vendor") await stopVendorMail(db, person as Id<"membership">, event as VendorEvent);
    return { problem: null, done: "Stopped." };
  },
);

export default function StopMail() {
  const { brand, label, what, settings, isStaff } = useLoaderData<typeof loader>();
  const result = useFormResult<typeof action>();
  const stopped = result !== undefined && result.problem === null;
  return (
    <SignInShell brand={brand} title={stopped ? "Stopped" : "Stop these emails?"} lead={what ? `${label}: ${what}` : label}>
      {result?.problem && <FormProblem problem={{ what: result.problem.message }} />}
      {stopped ? (
        <p role="status">{brand.name} no longer sends you these emails.</p>
      ) : (
        <form method="post">
          <input type="hidden" name="List-Unsubscribe" value="One-Click" />
          <SubmitButton pendingLabel="Stopping" wide>
            Stop these emails
          </SubmitButton>
        </form>
      )}
      {isStaff && <p className="text-ink-soft">You still see it in the app.</p>}
      <p className="text-ink-soft">You can turn them on again in your email settings, after you sign in.</p>
      <TextLink to={settings}>Email settings</TextLink>
    </SignInShell>
  );
}
