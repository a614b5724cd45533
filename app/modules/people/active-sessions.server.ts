import type { Clock } from "~/kernel/time";
import type { Directory, FoundSession } from "~/platform/directory/directory.server";
import { pushKeyHash } from "~/platform/sessions/push-cookie.server";
import { isLive } from "~/platform/sessions/session";
import { endSession, type Sockets } from "./end-session.server";

type Needs = { directory: Directory; clock: Clock };

/** The person's active sessions, with the current one marked. */
export async function readActiveSessions(s: Needs, session: FoundSession) {
  const now = s.clock.now();
  const all = await s.directory.sessionsOf(session.membership.id);
  return all
    .filter((one) => isLive({ ...one, organization: session.organization }, now))
    .map(({ id, createdAt, lastSeenAt, ip, userAgent }) => ({ id, createdAt, lastSeenAt, ip, userAgent, isThis: id === session.id }));
}

/** Ends all other sessions of the person with their sockets, and push messages to all other browsers. Returns how many sessions there were. */
export async function endOtherSessions(s: Needs & { fleet: Sockets; board: Sockets }, session: FoundSession, request: Request): Promise<number> {
  const others = (await readActiveSessions(s, session)).filter(({ isThis }) => !isThis);
  for (const { id } of others) await endSession(s, id);
  // A driver's phone that is lost files nothing more either.
  await s.directory.endFilingTokens(session.membership.id, session.id, s.clock.now());
  await s.directory.removeOtherPushDevices(session.membership.id, pushKeyHash(request, session.audience));
  return others.length;
}
