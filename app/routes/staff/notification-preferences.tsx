import { useLoaderData } from "react-router";
import * as z from "zod";
import { paths } from "~/kernel/paths";
import { ok } from "~/kernel/result";
import { AlwaysSent } from "~/modules/notifications/always-sent.view";
import { readDigestHour, readNotificationPreferences, saveNotificationPreference } from "~/modules/notifications/my-notifications.server";
import { alwaysSent, type StaffEvent } from "~/modules/notifications/notification-table";
import { readPushSettings } from "~/modules/notifications/push/push-devices.server";
import { chosenEvents, deliveryLabels, deliveryMethods, digestHourLabel, digestHours } from "~/modules/notifications/staff-events";
import { staff } from "~/platform/http/guards.server";
import { CommandForm } from "~/ui/command-form";
import { Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { useFormResult } from "~/ui/use-form-result";

import { pushCommands } from "../parts/push/commands.server";
import { PushSection } from "../parts/push/push-section";

/** For nothing but push: it is in charge of no other page. */
const WORKER = { script: "/staff-sw.js", scope: paths.staff.notificationPreferences };

export const links = () => [{ rel: "manifest", href: "/staff.webmanifest" }];
export const meta = () => [{ title: "Notification preferences" }];

export const loader = staff.loader("notice:own", async ({ services, session, request }) => ({
  preferences: await readNotificationPreferences(services, session.membership.id),
  digestHour: await readDigestHour(services, session.membership.id),
  always: alwaysSent("staff"),
  email: session.membership.email,
  push: await readPushSettings(services, session, request),
}));

const method = z.enum(deliveryMethods);
const methods = Object.fromEntries(chosenEvents.map((event) => [event, method])) as Record<StaffEvent, typeof method>; // one for each

export const action = staff.commands({
  ...pushCommands(staff.command, "staff", "notice:own"),
  save: staff.command({
    permission: "notice:own",
    form: z.object({ ...methods, digestHour: z.coerce.number().int().min(0).max(23).optional() }),
    run: async ({ services, session, form: { digestHour, ...chosen } }) =>
      ok(await saveNotificationPreference(services, session.membership.id, chosen, digestHour)),
    done: "Saved",
  }),
});

export default function NotificationPreferences() {
  const { preferences, digestHour, always, email, push } = useLoaderData<typeof loader>();
  const result = useFormResult<typeof action>();
  return (
    <>
      <PageHeader title="Notification preferences" />
      <PageBody>
        <FormResult result={result} />
        <p className="max-w-prose text-ink-soft">
          You get notifications about the work you're assigned to. Owners and managers also get those about unassigned work. Email goes to {email}. Owners get
          notifications that no one else has turned on.
        </p>
        {push && (
          <div className="max-w-160">
            <PushSection push={push} worker={WORKER} />
          </div>
        )}
        <Section title="By email and in the app">
          <CommandForm<typeof action> intent="save" className="grid max-w-160 gap-1">
            <div className="pb-2">
              <Select
                label="Daily email at"
                hint="Has all notifications of the day before that you chose to get daily."
                name="digestHour"
                defaultValue={digestHour}
              >
                {digestHours.map((hour) => (
                  <option key={hour} value={hour}>
                    {digestHourLabel(hour)}
                  </option>
                ))}
              </Select>
            </div>
            <ul className="divide-y divide-line border-y border-line">
              {preferences.map(({ event, label, what, way, usual }) => (
                <li key={event} className="py-2">
                  <Select label={label} hint={what} name={event} defaultValue={way}>
                    {deliveryMethods.map((one) => (
                      <option key={one} value={one}>
                        {deliveryLabels[one]}
                        {one === usual ? " (default)" : ""}
                      </option>
                    ))}
                  </Select>
                </li>
              ))}
            </ul>
            <div className="pt-2">
              <SubmitButton pendingLabel="Saving">Save</SubmitButton>
            </div>
          </CommandForm>
        </Section>
        <div className="max-w-160">
          <AlwaysSent rows={always} />
        </div>
      </PageBody>
    </>
  );
}
