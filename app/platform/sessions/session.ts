import type { Face } from "~/kernel/audience";
import { DAY, HOUR, MINUTE, type UtcMs } from "~/kernel/time";

/** `own`: on a device of the person's. `shared`: by code and PIN, on a device that others use next. */
export type SessionKind = "own" | "shared";

/** How long a session lives without use, and at most; null is no upper limit. */
export const sessionLimits: Record<Face | "shared", { idle: number; absolute: number | null }> = {
  staff: { idle: 12 * HOUR, absolute: 30 * DAY },
  customer: { idle: 7 * DAY, absolute: null },
  vendor: { idle: 7 * DAY, absolute: 30 * DAY },
  driver: { idle: 30 * DAY, absolute: null },
  /** By code and PIN, whoever of the drivers it is: somebody else takes the tablet next. */
  shared: { idle: 10 * MINUTE, absolute: 12 * HOUR },
};

/** Use is written down at most this often: a page view must not cost a write. */
const TOUCH_EVERY = 10 * MINUTE;

type Kind = { audience: Face; kind: SessionKind };
type Times = Kind & { createdAt: UtcMs; lastSeenAt: UtcMs };

const limitsOf = ({ audience, kind }: Kind) => sessionLimits[kind === "shared" ? "shared" : audience];

export function expiresAt(session: Times): number {
  const { idle, absolute } = limitsOf(session);
  return Math.min(session.lastSeenAt + idle, absolute === null ? Number.POSITIVE_INFINITY : session.createdAt + absolute);
}

export const isLive = (session: Times, now: UtcMs): boolean => now < expiresAt(session);
/** A session that lives for minutes is noted by the minute, or it would end under the hands of who uses it. */
export const isWorthTouching = (session: Times, now: UtcMs): boolean => now - session.lastSeenAt >= Math.min(TOUCH_EVERY, limitsOf(session).idle / 10);

/** The `__Host-` prefix makes the browser refuse the cookie over plain HTTP, for a path or from a subdomain. */
export const cookieName = (audience: Face): string => `__Host-${audience}`;

export const readCookie = (request: Request, audience: Face): string | null => cookieOf(request, cookieName(audience));

export function cookieOf(request: Request, wanted: string): string | null {
  for (const pair of request.headers.get("Cookie")?.split(";") ?? []) {
    const [name, value] = pair.trim().split("=", 2);
    if (name === wanted && value) return value;
  }
  return null;
}

export function setCookie(session: Kind, token: string): string {
  const { idle, absolute } = limitsOf(session);
  const seconds = Math.floor((absolute ?? Math.max(idle, 400 * DAY)) / 1_000);
  return `${cookieName(session.audience)}=${token}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=${seconds}`;
}

export const clearCookie = (audience: Face): string => `${cookieName(audience)}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0`;
