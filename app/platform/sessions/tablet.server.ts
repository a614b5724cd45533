import { DAY } from "~/kernel/time";
import { sha256 } from "~/platform/crypto.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { Tablet } from "~/platform/directory/tablets.server";
import { cookieLine, readCookie } from "~/platform/http/cookie";

const COOKIE = "__Host-tablet";
/** As long as browsers keep a cookie at all. */
const LASTS = 400 * DAY;

export const tabletCookie = (key: string): string => cookieLine(COOKIE, key, LASTS / 1_000);

/** The enrolled tablet that this request comes from, or null. */
export async function tabletOf({ directory }: { directory: Directory }, request: Request): Promise<Tablet | null> {
  const key = readCookie(request, COOKIE);
  return key ? directory.tabletByKey(sha256(key)) : null;
}
