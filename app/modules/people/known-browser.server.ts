import { DAY } from "~/kernel/time";
import { hmac, newToken } from "~/platform/crypto.server";
import type { Membership } from "~/platform/directory/directory.server";
import { cookieLine, readCookie } from "~/platform/http/cookie";
import type { Platform } from "~/platform/platform.server";
import { type Email, parseEmail } from "./email";

const COOKIE = "__Host-known";
const KEPT_FOR = 400 * DAY;
/** Accounts remembered per browser; an office computer is shared by a few people. */
const MOST = 6;

type Known = { browser: string; marks: readonly string[] };

/** A mark only the server can match to an account, and only for this browser. */
const markOf = (key: string, browser: string, email: Email): string => hmac(key, `known-browser ${browser} ${email}`).toString("base64url").slice(0, 22);

function read(request: Request): Known | null {
  const [browser, ...marks] = readCookie(request, COOKIE)?.split(".") ?? [];
  return browser && /^[\w-]{43}$/.test(browser) ? { browser, marks } : null;
}

/**
 * The browser's id if this account was signed in to with it before, else null. Such a browser has attempts of its own,
 * so attacks from elsewhere never lock the account's owner out.
 */
export function knownBrowser(request: Request, key: string, email: Email): string | null {
  const known = read(request);
  return known?.marks.includes(markOf(key, known.browser, email)) ? known.browser : null;
}

/** The cookie that adds this account to the ones known in this browser. */
export function rememberBrowser(request: Request, key: string, email: Email): string {
  const known = read(request);
  const browser = known?.browser ?? newToken();
  const mark = markOf(key, browser, email);
  const marks = [mark, ...(known?.marks ?? []).filter((one) => one !== mark)].slice(0, MOST);
  return cookieLine(COOKIE, [browser, ...marks].join("."), KEPT_FOR / 1_000);
}

/** The same after a password sign-in. Mailed links can't be guessed, so they need no such cookie. */
export async function rememberedBrowser(s: Platform, request: Request, { audience, accountId }: Membership): Promise<string | null> {
  if ((audience !== "staff" && audience !== "vendor") || !accountId) return null;
  const email = parseEmail((await s.directory.accountById(accountId))?.email ?? "");
  return email && rememberBrowser(request, s.settings.linkKey, email);
}
