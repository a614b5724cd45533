import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { AlwaysSent } from "~/modules/notifications/always-sent.view";
import { alwaysSent } from "~/modules/notifications/notification-table";
import { readPushSettings } from "~/modules/notifications/push/push-devices.server";
import { readActiveSessions } from "~/modules/people/active-sessions.server";
import { driver } from "~/platform/http/guards.server";
import { SessionsScreen } from "~/sign-in/active-sessions";
import { endOthersIn } from "~/sign-in/my-account.server";
import { PageBody, Section } from "~/ui/page";

import { pushCommands } from "../parts/push/commands.server";
import { PushSection } from "../parts/push/push-section";

/** The app's own worker, which keeps it on the phone. */
const WORKER = { script: "/driver-sw.js", scope: paths.driver.home };

export const links = () => [{ rel: "manifest", href: "/driver.webmanifest" }];
export const meta = () => [{ title: "Active sessions" }];

export const loader = driver.loader("session:own", async ({ services, session, request }) => {
  const [sessions, push] = await Promise.all([readActiveSessions(services, session), readPushSettings(services, session, request)]);
  return { sessions, push, always: alwaysSent("driver") };
});

export const action = driver.commands({
  "end-others": endOthersIn<"driver">(driver.command),
  ...pushCommands(driver.command, "driver", "session:own"),
});

export default function DriverAccount() {
  const { always, push } = useLoaderData<typeof loader>();
  return (
    <>
      <SessionsScreen />
      <PageBody>
        {push && <PushSection push={push} worker={WORKER} />}
        <Section title="Emails to you">
          <AlwaysSent rows={always} />
        </Section>
      </PageBody>
    </>
  );
}
