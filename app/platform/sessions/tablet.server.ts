import { DAY } from "~/kernel/time";
import { sha256 } from "~/platform/crypto.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { Tablet } from "~/platform/directory/tablets.server";
import { cookieOf } from "./session";

const COOKIE = "__Host-tablet";
/** As long as browsers keep a cookie at all. */
const LASTS = 400 * DAY;

export const tabletCookie = (key: string): string => `${COOKIE}=${key}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=${LASTS / 1_000}`;

/** The enrolled tablet that this request comes from, or null. */
export async function tabletOf({ directory }: { directory: Directory }, request: Request): Promise<Tablet | null> {
  const key = cookieOf(request, COOKIE);
  return key ? directory.tabletByKey(sha256(key)) : null;
}
