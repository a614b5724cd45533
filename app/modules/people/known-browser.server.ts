import { DAY } from "~/kernel/time";
import { hmac, newToken } from "~/platform/crypto.server";
import type { Membership } from "~/platform/directory/directory.server";
import { cookieLine, readCookie } from "~/platform/http/cookie";
import type { Platform } from "~/platform/platform.server";
import { type Email, parseEmail } from "./email";

const COOKIE = "__Host-known";
const KEPT_FOR = 400 * DAY;
/** A browser in an office is used by a few people. */
const MOST = 6;

type Known = { browser: string; marks: readonly string[] };

/** Names an account to the server alone, and only beside the browser that it was made for. */
const markOf = (key: string, browser: string, email: Email): string => hmac(key, `known-browser ${browser} ${email}`).toString("base64url").slice(0, 22);

function read(request: Request): Known | null {
  const [browser, ...marks] = readCookie(request, COOKIE)?.split(".") ?? [];
  return browser && /^[\w-]{43}$/.test(browser) ? { browser, marks } : null;
}

/**
 * The browser's own name where somebody has signed in to this account with it before, else null. Such a browser
 * has tries of its own: whatever strangers do from wherever, the account's owner is not made to wait for it.
 */
export function knownBrowser(request: Request, key: string, email: Email): string | null {
  const known = read(request);
  return known?.marks.includes(markOf(key, known.browser, email)) ? known.browser : null;
}

/** The cookie by which this browser is known to the account from now on; the accounts before stay. */
export function rememberBrowser(request: Request, key: string, email: Email): string {
  const known = read(request);
  const browser = known?.browser ?? newToken();
  const mark = markOf(key, browser, email);
  const marks = [mark, ...(known?.marks ?? []).filter((one) => one !== mark)].slice(0, MOST);
  return cookieLine(COOKIE, [browser, ...marks].join("."), KEPT_FOR / 1_000);
}

/** The same for whoever just came in by password; who comes by a mailed link guesses at nothing. */
export async function rememberedBrowser(s: Platform, request: Request, { audience, accountId }: Membership): Promise<string | null> {
  if ((audience !== "staff" && audience !== "vendor") || !accountId) return null;
  const email = parseEmail((await s.directory.accountById(accountId))?.email ?? "");
  return email && rememberBrowser(request, s.settings.linkKey, email);
}
