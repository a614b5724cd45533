import type { Clock } from "~/kernel/time";
import type { Directory, FoundSession } from "~/platform/directory/directory.server";
import { isLive } from "~/platform/sessions/session";
import { endSession, type Sockets } from "./end-session.server";

type Needs = { directory: Directory; clock: Clock };

/** Where the person of this session is signed in; this very session is marked. */
export async function readActiveSessions(s: Needs, session: FoundSession) {
  const now = s.clock.now();
  const all = await s.directory.sessionsOf(session.membership.id);
  return all
    .filter((one) => isLive({ ...one, organization: session.organization }, now))
    .map(({ id, createdAt, lastSeenAt, ip, userAgent }) => ({ id, createdAt, lastSeenAt, ip, userAgent, isThis: id === session.id }));
}

/** Ends every other session of the person, with its sockets. Answers how many there were. */
export async function endOtherSessions(s: Needs & { fleet: Sockets; board: Sockets }, session: FoundSession): Promise<number> {
  const others = (await readActiveSessions(s, session)).filter(({ isThis }) => !isThis);
  for (const { id } of others) await endSession(s, id);
  return others.length;
}
