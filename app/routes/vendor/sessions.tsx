import { useLoaderData } from "react-router";
import * as z from "zod";
import { ok } from "~/kernel/result";
import { AlwaysSent } from "~/modules/notifications/always-sent.view";
import { alwaysSent, type VendorEvent } from "~/modules/notifications/notification-table";
import { readVendorMails, saveVendorMails, vendorEvents } from "~/modules/notifications/vendor-mails.server";
import { switched } from "~/platform/http/fields.server";
import { vendor } from "~/platform/http/guards.server";
import { SessionsScreen } from "~/sign-in/active-sessions";
import { accountCommands, readSignedInAccount } from "~/sign-in/my-account.server";
import { CommandForm } from "~/ui/command-form";
import { Switch } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { PageBody, Section } from "~/ui/page";

export const meta = () => [{ title: "Sign-in and security" }];
export const loader = vendor.loader("session:own", async (args) => ({
  ...(await readSignedInAccount(args)),
  emails: await readVendorMails(args.services.db, args.session.membership.id),
  always: alwaysSent("vendor"),
}));

const switches = Object.fromEntries(vendorEvents.map((event) => [event, switched])) as Record<VendorEvent, typeof switched>; // one for each of them

export const action = vendor.commands({
  ...accountCommands<"vendor">(vendor.command),
  "save-emails": vendor.command({
    permission: "session:own",
    form: z.object(switches),
    run: async ({ services, session, form }) =>
      ok(
        await saveVendorMails(
          services.db,
          session.membership.id,
          vendorEvents.filter((event) => form[event]),
        ),
      ),
    done: "Settings saved.",
  }),
});

export default function VendorAccount() {
  const { emails, always } = useLoaderData<typeof loader>();
  return (
    <>
      <SessionsScreen />
      <PageBody>
        <Section title="Emails to you">
          <CommandForm<typeof action> intent="save-emails" className="grid max-w-150 gap-4">
            {emails.map(({ event, label, what, isOn }) => (
              <Switch key={`${event}-${isOn}`} label={label} name={event} value="on" hint={what} defaultChecked={isOn} />
            ))}
            <AlwaysSent rows={always} />
            <div>
              <SubmitButton pendingLabel="Saving">Save</SubmitButton>
            </div>
          </CommandForm>
        </Section>
      </PageBody>
    </>
  );
}
