import { Form, useActionData, useLoaderData } from "react-router";
import * as z from "zod";
import { readNotificationPreferences, saveNotificationPreference } from "~/modules/notifications/my-notifications.server";
import { deliveryLabels, deliveryMethods, staffEventNames, staffEvents } from "~/modules/notifications/staff-events";
import { staff } from "~/platform/http/guards.server";
import { Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader } from "~/ui/page";

export const meta = () => [{ title: "Notification preferences" }];

export const loader = staff.loader("notice:own", async ({ services, session }) => ({
  preferences: await readNotificationPreferences(services, session.membership.id),
  email: session.membership.email,
}));

const Ways = z.record(z.enum(staffEventNames), z.enum(deliveryMethods));

export const action = staff.action("notice:own", Ways, async ({ services, session, form }) => {
  await saveNotificationPreference(services, session.membership.id, form);
  return { problem: null, done: true };
});

export default function NotificationPreferences() {
  const { preferences, email } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  return (
    <>
      <PageHeader title="Notification preferences" />
      <PageBody>
        {result && "done" in result && <Notice tone="green" title="Saved" />}
        {result?.problem && <Notice tone="red" title={result.problem.message} />}
        <p className="max-w-prose text-ink-soft">
          You get notifications about the work you're assigned to. Owners and managers also get those about unassigned work. Email goes to {email}; the daily
          summary is sent at 7 a.m. Owners get notifications that no one else has turned on.
        </p>
        <Form method="post" className="grid max-w-160 gap-1">
          <ul className="divide-y divide-line border-y border-line">
            {preferences.map(({ event, way }) => (
              <li key={event} className="py-2">
                <Select label={staffEvents[event].label} name={event} defaultValue={way}>
                  {deliveryMethods.map((one) => (
                    <option key={one} value={one}>
                      {deliveryLabels[one]}
                      {one === staffEvents[event].usual ? " (default)" : ""}
                    </option>
                  ))}
                </Select>
              </li>
            ))}
          </ul>
          <div className="pt-2">
            <SubmitButton pendingLabel="Saving">Save</SubmitButton>
          </div>
        </Form>
      </PageBody>
    </>
  );
}
