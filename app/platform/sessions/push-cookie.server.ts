import type { Portal } from "~/kernel/audience";
import { DAY } from "~/kernel/time";
import { sha256 } from "~/platform/crypto.server";
import type { Directory } from "~/platform/directory/directory.server";
import { cookieLine, readCookie } from "~/platform/http/cookie";

/** As long as browsers keep a cookie at all. */
const LASTS = 400 * DAY;

const nameOf = (audience: Portal) => `__Host-push-${audience}` as const;

/** By this cookie a browser that gets push messages is known again, also once its session is over. */
export const pushCookie = (audience: Portal, key: string): string => cookieLine(nameOf(audience), key, LASTS / 1_000);

/** The hash under which the directory knows the browser that a request comes from; null where it gets no push messages. */
export function pushKeyHash(request: Request, audience: Portal): string | null {
  const key = readCookie(request, nameOf(audience));
  return key ? sha256(key) : null;
}

/** Ends push messages to this browser, as part of signing out. Answers the line that takes its cookie away; null where it got none. */
export async function endPushHere(s: { directory: Directory }, request: Request, audience: Portal): Promise<string | null> {
  const hash = pushKeyHash(request, audience);
  if (!hash) return null;
  await s.directory.removePushDeviceByKey(hash);
  return cookieLine(nameOf(audience), "", 0);
}
