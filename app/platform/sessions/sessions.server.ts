import type { Face } from "~/kernel/audience";
import { newId } from "~/kernel/ids";
import type { Clock } from "~/kernel/time";
import { newToken, sha256 } from "~/platform/crypto.server";
import type { Directory, FoundSession, Membership } from "~/platform/directory/directory.server";
import { isLive, isWorthTouching, sessionToken, setCookie } from "./session";

type Needs = { directory: Directory; clock: Clock };

/** The live session of this audience that the request carries, or null. Notes its use at most every ten minutes. */
export async function sessionOf<F extends Face>(s: Needs, request: Request, audience: F, options = { touch: true }): Promise<FoundSession<F> | null> {
  const token = sessionToken(request, audience);
  if (!token) return null;
  const session = await s.directory.findSession(audience, sha256(token));
  const now = s.clock.now();
  if (!session || !isLive(session, now)) return null;
  if (options.touch && isWorthTouching(session, now)) await s.directory.touchSession(session.id, now);
  return session;
}

/** Starts a session under a fresh token and answers the cookie that carries it. */
export async function startSession(s: Needs, request: Request, membership: Membership): Promise<string> {
  const token = newToken();
  const now = s.clock.now();
  await s.directory.addSession({
    id: newId("session", now),
    tokenHash: sha256(token),
    membershipId: membership.id,
    organizationId: membership.organizationId,
    audience: membership.audience,
    createdAt: now,
    lastSeenAt: now,
    ip: request.headers.get("CF-Connecting-IP"),
    agent: request.headers.get("User-Agent")?.slice(0, 300) ?? null,
  });
  return setCookie(membership.audience, token);
}
