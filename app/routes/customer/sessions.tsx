import { readActiveSessions } from "~/modules/people/active-sessions.server";
import { customer } from "~/platform/http/guards.server";
import { SessionsScreen } from "~/sign-in/active-sessions";
import { endOthersIn } from "~/sign-in/my-account.server";

export const meta = () => [{ title: "Active sessions" }];

export const loader = customer.loader("session:own", async ({ services, session }) => {
  return { sessions: await readActiveSessions(services, session) };
});

export const action = customer.commands({ "end-others": endOthersIn<"customer">(customer.command) });

export default SessionsScreen;
