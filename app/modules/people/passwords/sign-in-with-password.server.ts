import type { Portal } from "~/kernel/audience";
import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { perAccountThrottle, perLocationThrottle } from "~/kernel/throttle-policy";
import { MINUTE, type UtcMs } from "~/kernel/time";
import { verifyPassword } from "~/platform/crypto.server";
import type { Membership } from "~/platform/directory/directory.server";
import type { Platform } from "~/platform/platform.server";
import { type Email, parseEmail } from "../email";

export type SignInRefusal = { kind: "wrong" } | { kind: "too-often"; retryAfterSeconds: number };
export type Place = {
  address: string;
  /** The browser's id if this account was signed in to with it before (known-browser.server.ts). */
  knownAs(email: Email): string | null;
};
export type PasswordAttempt = { audience: Portal; email: string; password: string; place: Place; only: Id<"organization"> | null };

const WINDOW = 15 * MINUTE;
const MAX_ATTEMPTS_PER_ADDRESS = 100;

/** An unknown address, a wrong password and an account of another portal get the same response at the same cost. */
export async function signInWithPassword(s: Platform, attempt: PasswordAttempt): Promise<Result<Membership, SignInRefusal>> {
  const email = parseEmail(attempt.email);
  const may = await mayTry(s, email, attempt.place);
  if (!may.ok) return may;
  const account = email && (await s.directory.account(email));
  const right = await verifyPassword(attempt.password, s.settings.passwordPepper, account ? account.passwordHash : null);
  const [membership] = right && account ? await s.directory.membershipsOf(account.id, attempt.audience, attempt.only) : [];
  if (!membership) return err({ kind: "wrong" });
  // The count per IP address stays; otherwise an attacker could clear it by signing in to their own account.
  await s.directory.clearAttempts(may.value.counted);
  return ok(membership);
}

/**
 * Counts the attempt before it is made. A known browser has a count of its own, so neither attackers nor someone on
 * the same network can lock the account's owner out. Unknown browsers are limited by account and IP address, and
 * together by account.
 */
async function mayTry(s: Platform, email: Email | null, { address, knownAs }: Place): Promise<Result<{ counted: string[] }, SignInRefusal>> {
  const now = s.clock.now();
  const account = `password ${email ?? "-"}`;
  const browser = email && knownAs(email);
  if (browser) {
    const mine = `${account} by ${browser}`;
    const until = await s.directory.reserveAttempt(mine, perLocationThrottle, now);
    return until === null ? ok({ counted: [mine] }) : tooOften(until, now);
  }
  if ((await s.directory.countAttempt([`password-from ${address}`], WINDOW, now)) > MAX_ATTEMPTS_PER_ADDRESS) {
    return err({ kind: "too-often", retryAfterSeconds: Math.ceil((WINDOW - (now % WINDOW)) / 1_000) });
  }
  const here = `${account} at ${address}`;
  // In turn: an attempt refused by one limit doesn't count against the next.
  for (const [key, policy] of [[here, perLocationThrottle] as const, [account, perAccountThrottle] as const]) {
    const until = await s.directory.reserveAttempt(key, policy, now);
    if (until !== null) return tooOften(until, now);
  }
  return ok({ counted: [here, account] });
}

const tooOften = (until: UtcMs, now: UtcMs) => err({ kind: "too-often" as const, retryAfterSeconds: Math.max(1, Math.ceil((until - now) / 1_000)) });
