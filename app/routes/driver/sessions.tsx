import { readActiveSessions } from "~/modules/people/active-sessions.server";
import { driver } from "~/platform/http/guards.server";
import { SessionsScreen } from "~/sign-in/active-sessions";
import { endOthersIn } from "~/sign-in/my-account.server";

export const meta = () => [{ title: "Active sessions" }];

export const loader = driver.loader("session:own", async ({ services, session }) => {
  return { sessions: await readActiveSessions(services, session) };
});

export const action = driver.commands({ "end-others": endOthersIn<"driver">(driver.command) });

export default SessionsScreen;
