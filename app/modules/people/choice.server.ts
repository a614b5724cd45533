import type { Face } from "~/kernel/audience";
import { type Id, parseId } from "~/kernel/ids";
import { later, MINUTE, type UtcMs } from "~/kernel/time";
import { hmac, sameText } from "~/platform/crypto.server";

/** Long enough to read a list of shops. */
const VALID_FOR = 5 * MINUTE;
const COOKIE = "__Host-choose";

const sealOf = (key: string, face: Face, account: string, until: string) => hmac(key, `choose ${face} ${account} ${until}`).toString("base64url");

/** Proof, in this browser alone, that somebody has just come through the door and only has to say to which shop. */
export function choiceCookie(key: string, face: Face, account: Id<"account">, now: UtcMs): string {
  const until = String(later(now, VALID_FOR));
  const seal = sealOf(key, face, account, until);
  return `${COOKIE}=${account}.${until}.${seal}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=${VALID_FOR / 1_000}`;
}

export const endChoice = `${COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0`;

/** Whose choice this browser holds, or null where it is missing, forged, for another face or too old. */
export function chooserIn(request: Request, key: string, face: Face, now: UtcMs): Id<"account"> | null {
  const value = request.headers
    .get("Cookie")
    ?.split(";")
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${COOKIE}=`))
    ?.slice(COOKIE.length + 1);
  const [account, until, seal] = value?.split(".") ?? [];
  if (!account || !until || !seal || Number(until) <= now) return null;
  return sameText(seal, sealOf(key, face, account, until)) ? parseId("account", account) : null;
}
