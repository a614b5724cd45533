import * as z from "zod";
import { endOtherSessions, readActiveSessions } from "~/modules/people/active-sessions.server";
import { customer } from "~/platform/http/guards.server";
import { SessionsScreen } from "~/sign-in/active-sessions";

export const meta = () => [{ title: "Active sessions" }];

export const loader = customer.loader("session:own", async ({ services, session }) => {
  const { zone, locale } = session.organization;
  return { sessions: await readActiveSessions(services, session), zone, locale, now: services.clock.now() };
});

export const action = customer.action("session:own", z.object({}), async ({ services, session }) => ({ ended: await endOtherSessions(services, session) }));

export default SessionsScreen;
