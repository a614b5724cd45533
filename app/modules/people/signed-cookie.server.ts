import { later, type UtcMs } from "~/kernel/time";
import { hmac, sameText } from "~/platform/crypto.server";
import { cookieLine, readCookie } from "~/platform/http/cookie";

type Seal = {
  name: `__Host-${string}`;
  /** A cookie is only valid for its purpose. */
  purpose: string;
  key: string;
};

const sealOf = ({ key, purpose }: Seal, value: string, until: string) => hmac(key, `${purpose} ${value} ${until}`).toString("base64url");

/** A signed, expiring cookie value. `value` must not contain dots. */
export function sealedCookie(seal: Seal, value: string, validFor: number, now: UtcMs): string {
  const until = String(later(now, validFor));
  return cookieLine(seal.name, `${value}.${until}.${sealOf(seal, value, until)}`, validFor / 1_000);
}

/** The value of a signed cookie, or null if it is missing, forged, for another purpose or expired. */
export function readSealedCookie(request: Request, seal: Seal, now: UtcMs): string | null {
  const [value, until, stamp] = readCookie(request, seal.name)?.split(".") ?? [];
  if (!value || !until || !stamp || Number(until) <= now) return null;
  return sameText(stamp, sealOf(seal, value, until)) ? value : null;
}
