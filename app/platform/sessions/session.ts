import type { Face } from "~/kernel/audience";
import { DAY, HOUR, MINUTE, type UtcMs } from "~/kernel/time";
import { cookieLine, readCookie } from "~/platform/http/cookie";

/** How long a session lives without use, and at most; null is no upper limit. */
export const sessionLimits: Record<Face, { idle: number; absolute: number | null }> = {
  staff: { idle: 12 * HOUR, absolute: 30 * DAY },
  customer: { idle: 7 * DAY, absolute: null },
  vendor: { idle: 7 * DAY, absolute: 30 * DAY },
  driver: { idle: 30 * DAY, absolute: null },
};

/** Use is written down at most this often: a page view must not cost a write. */
const TOUCH_EVERY = 10 * MINUTE;

type Times = { audience: Face; createdAt: UtcMs; lastSeenAt: UtcMs };

export function expiresAt({ audience, createdAt, lastSeenAt }: Times): number {
  const { idle, absolute } = sessionLimits[audience];
  return Math.min(lastSeenAt + idle, absolute === null ? Number.POSITIVE_INFINITY : createdAt + absolute);
}

export const isLive = (session: Times, now: UtcMs): boolean => now < expiresAt(session);
export const isWorthTouching = (session: Times, now: UtcMs): boolean => now - session.lastSeenAt >= TOUCH_EVERY;

const cookieName = (audience: Face) => `__Host-${audience}` as const;

export const sessionToken = (request: Request, audience: Face): string | null => readCookie(request, cookieName(audience));

export function setCookie(audience: Face, token: string): string {
  const { idle, absolute } = sessionLimits[audience];
  return cookieLine(cookieName(audience), token, Math.floor((absolute ?? Math.max(idle, 400 * DAY)) / 1_000));
}

export const clearCookie = (audience: Face): string => cookieLine(cookieName(audience), "", 0);
