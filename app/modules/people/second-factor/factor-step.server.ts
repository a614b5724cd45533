import { type Id, parseId } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { DAY, MINUTE } from "~/kernel/time";
import { sha256 } from "~/platform/crypto.server";
import type { Account, Membership } from "~/platform/directory/directory.server";
import { cookieLine } from "~/platform/http/cookie";
import { networkBehind } from "~/platform/http/origin.server";
import type { Platform } from "~/platform/platform.server";
import { type AttemptLimit, exceededLimit, limitKey } from "../attempt-limits.server";
import { parseEmail } from "../email";
import { knownBrowser } from "../known-browser.server";
import { readSealedCookie, sealedCookie } from "../signed-cookie.server";
import { hasFactor, proveFactor } from "./second-factor.server";

/** Time to get the phone. */
const VALID_FOR = 10 * MINUTE;
const COOKIE = "__Host-factor";
const WINDOW = 15 * MINUTE;
/** A quarter of an hour is short for who guesses for weeks: so each day has its own end. */
const PER_LOCATION: readonly AttemptLimit[] = [
  { name: "factor", window: WINDOW, most: 5 },
  { name: "factor a day", window: DAY, most: 30 },
];
const PER_ACCOUNT: readonly AttemptLimit[] = [
  { name: "factor", window: WINDOW, most: 20 },
  { name: "factor a day", window: DAY, most: 60 },
];

export type PasswordPortal = "staff" | "vendor";
/** A sign-in whose password was right and whose second factor is pending. */
export type PendingSignIn = { membership: Membership; account: Account };
export type FactorRefusal = { kind: "wrong" } | { kind: "too-often"; retryAfterSeconds: number };

const sealFor = (s: Platform, portal: PasswordPortal) => ({ name: COOKIE, purpose: `second-factor ${portal}`, key: s.settings.linkKey }) as const;
/** Changes with the password, so a new password ends pending sign-ins. */
const stampOf = ({ passwordHash }: Account): string => sha256(passwordHash ?? "").slice(0, 16);

/**
 * Proof that the password was right, for an account with a second factor: valid only for the code step, in this
 * browser. Null if the account has no second factor.
 */
export async function factorCookie(s: Platform, portal: PasswordPortal, membership: Membership): Promise<string | null> {
  const account = await accountOf(s, membership);
  if (!account || !(await hasFactor(s, account.id))) return null;
  return sealedCookie(sealFor(s, portal), `${membership.id}:${stampOf(account)}`, VALID_FOR, s.clock.now());
}

export const endFactorStep = cookieLine(COOKIE, "", 0);

/** The pending sign-in of this browser; null if there is none or it expired. */
export async function pendingSignIn(s: Platform, request: Request, portal: PasswordPortal): Promise<PendingSignIn | null> {
  const [id, stamp] = readSealedCookie(request, sealFor(s, portal), s.clock.now())?.split(":") ?? [];
  const known = parseId("membership", id);
  const membership = known && (await s.directory.membership(known));
  const account = membership && membership.endedAt === null ? await accountOf(s, membership) : null;
  return membership && account && stamp === stampOf(account) ? { membership, account } : null;
}

/** An attempt at the code, counted before it is compared: by account and IP address, and by account for all unknown browsers. */
export async function tryFactor(s: Platform, request: Request, { account }: PendingSignIn, code: string): Promise<Result<null, FactorRefusal>> {
  const now = s.clock.now();
  const email = parseEmail(account.email);
  const browser = email && knownBrowser(request, s.settings.linkKey, email);
  const place = `${account.id} ${browser ?? networkBehind(request)}`;
  // A known browser is not limited by attempts of unknown ones.
  const exceeded =
    (await exceededLimit(s.directory, PER_LOCATION, place, now)) ?? (browser ? null : await exceededLimit(s.directory, PER_ACCOUNT, account.id, now));
  if (exceeded) return err({ kind: "too-often", retryAfterSeconds: Math.ceil((exceeded.window - (now % exceeded.window)) / 1_000) });
  if (!(await proveFactor(s, account.id, code))) return err({ kind: "wrong" });
  await s.directory.forgetAttempts(PER_LOCATION.map((limit) => limitKey(limit, place)));
  return ok(null);
}

const accountOf = (s: Platform, { accountId }: { accountId: Id<"account"> | null }): Promise<Account | null> =>
  accountId ? s.directory.accountById(accountId) : Promise.resolve(null);
