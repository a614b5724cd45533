import { type Id, parseId } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { MINUTE } from "~/kernel/time";
import { sha256 } from "~/platform/crypto.server";
import type { Account, Membership } from "~/platform/directory/directory.server";
import { cookieLine } from "~/platform/http/cookie";
import { addressOf } from "~/platform/http/origin.server";
import type { Platform } from "~/platform/platform.server";
import { parseEmail } from "../email";
import { knownBrowser } from "../known-browser.server";
import { readSealedCookie, sealedCookie } from "../signed-cookie.server";
import { hasFactor, proveFactor } from "./second-factor.server";

/** Time to get the phone. */
const VALID_FOR = 10 * MINUTE;
const COOKIE = "__Host-factor";
const WINDOW = 15 * MINUTE;
const MAX_ATTEMPTS_PER_LOCATION = 5;
const MAX_ATTEMPTS_PER_ACCOUNT = 20;

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
  const mine = `factor ${account.id} ${browser ?? addressOf(request)}`;
  // In turn: an attempt refused by one limit doesn't count against the next. A known browser is
  // not limited by attempts of unknown ones.
  const tooOften =
    (await s.directory.countAttempt([mine], WINDOW, now)) > MAX_ATTEMPTS_PER_LOCATION ||
    (!browser && (await s.directory.countAttempt([`factor ${account.id}`], WINDOW, now)) > MAX_ATTEMPTS_PER_ACCOUNT);
  if (tooOften) return err({ kind: "too-often", retryAfterSeconds: Math.ceil((WINDOW - (now % WINDOW)) / 1_000) });
  if (!(await proveFactor(s, account.id, code))) return err({ kind: "wrong" });
  await s.directory.forgetAttempts([mine]);
  return ok(null);
}

const accountOf = (s: Platform, { accountId }: { accountId: Id<"account"> | null }): Promise<Account | null> =>
  accountId ? s.directory.accountById(accountId) : Promise.resolve(null);
