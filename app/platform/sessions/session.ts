import type { Portal } from "~/kernel/audience";
import { type Limits, limitsFor, type SessionKind, type SessionRules, sharedLimits, viewLimits } from "~/kernel/session-rules";
import { DAY, MINUTE, type UtcMs } from "~/kernel/time";
import { cookieLine, readCookie } from "~/platform/http/cookie";

/** Use is written down at most this often: a page view must not cost a write. */
const TOUCH_EVERY = 10 * MINUTE;

type Ruled = { audience: Portal; kind: SessionKind; organization: { sessionRules: SessionRules | null } };
type Times = Ruled & { createdAt: UtcMs; lastSeenAt: UtcMs };

/** By the shop's rules of this moment: a limit that is made shorter ends the sessions that it finds. */
const limitsOf = ({ audience, kind, organization }: Ruled): Limits =>
  kind === "impersonation" ? viewLimits : kind === "shared" ? sharedLimits : limitsFor(organization.sessionRules, audience);

export function expiresAt(session: Times): number {
  const { idle, absolute } = limitsOf(session);
  return Math.min(session.lastSeenAt + idle, absolute === null ? Number.POSITIVE_INFINITY : session.createdAt + absolute);
}

export const isLive = (session: Times, now: UtcMs): boolean => now < expiresAt(session);
/** A session that lives for minutes is noted by the minute, or it would end under the hands of who uses it. */
export const isWorthTouching = (session: Times, now: UtcMs): boolean => now - session.lastSeenAt >= Math.min(TOUCH_EVERY, limitsOf(session).idle / 10);

const cookieName = (audience: Portal) => `__Host-${audience}` as const;

export const sessionToken = (request: Request, audience: Portal): string | null => readCookie(request, cookieName(audience));

/** It lasts as long as the session can; without an upper limit, as long as browsers keep one. */
export function setCookie(session: Ruled, token: string): string {
  const { idle, absolute } = limitsOf(session);
  return cookieLine(cookieName(session.audience), token, Math.floor((absolute ?? Math.max(idle, 400 * DAY)) / 1_000));
}

export const clearCookie = (audience: Portal): string => cookieLine(cookieName(audience), "", 0);
