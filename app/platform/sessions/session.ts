import type { Face } from "~/kernel/audience";
import { DAY, HOUR, MINUTE, type UtcMs } from "~/kernel/time";

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

/** The `__Host-` prefix makes the browser refuse the cookie over plain HTTP, for a path or from a subdomain. */
export const cookieName = (audience: Face): string => `__Host-${audience}`;

export function readCookie(request: Request, audience: Face): string | null {
  const wanted = cookieName(audience);
  for (const pair of request.headers.get("Cookie")?.split(";") ?? []) {
    const [name, value] = pair.trim().split("=", 2);
    if (name === wanted && value) return value;
  }
  return null;
}

export function setCookie(audience: Face, token: string): string {
  const { idle, absolute } = sessionLimits[audience];
  const seconds = Math.floor((absolute ?? Math.max(idle, 400 * DAY)) / 1_000);
  return `${cookieName(audience)}=${token}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=${seconds}`;
}

export const clearCookie = (audience: Face): string => `${cookieName(audience)}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0`;
