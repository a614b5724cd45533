import { useLoaderData } from "react-router";
import { AlwaysSent } from "~/modules/notifications/always-sent.view";
import { alwaysSent } from "~/modules/notifications/notification-table";
import { readActiveSessions } from "~/modules/people/active-sessions.server";
import { driver } from "~/platform/http/guards.server";
import { SessionsScreen } from "~/sign-in/active-sessions";
import { endOthersIn } from "~/sign-in/my-account.server";
import { PageBody, Section } from "~/ui/page";

export const meta = () => [{ title: "Active sessions" }];

export const loader = driver.loader("session:own", async ({ services, session }) => {
  return { sessions: await readActiveSessions(services, session), always: alwaysSent("driver") };
});

export const action = driver.commands({ "end-others": endOthersIn<"driver">(driver.command) });

export default function DriverAccount() {
  const { always } = useLoaderData<typeof loader>();
  return (
    <>
      <SessionsScreen />
      <PageBody>
        <Section title="Emails to you">
          <AlwaysSent rows={always} />
        </Section>
      </PageBody>
    </>
  );
}
