import type { Face } from "~/kernel/audience";
import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { MINUTE } from "~/kernel/time";
import { verifyPassword } from "~/platform/crypto.server";
import type { Membership } from "~/platform/directory/directory.server";
import type { Platform } from "~/platform/platform.server";
import { parseEmail } from "./email";

export type SignInRefusal = { kind: "wrong" } | { kind: "too-often"; retryAfterSeconds: number };
export type PasswordAttempt = { audience: Face; email: string; password: string; address: string; only: Id<"organization"> | null };

const WINDOW = 15 * MINUTE;
const TRIES_PER_ACCOUNT_AND_ADDRESS = 10;
const TRIES_PER_ADDRESS = 100;

/** An unknown address, a wrong password and an account without this door are one answer, at the same price. */
export async function signInWithPassword(s: Platform, attempt: PasswordAttempt): Promise<Result<Membership, SignInRefusal>> {
  const email = parseEmail(attempt.email);
  const now = s.clock.now();
  // Counted by account and address together, so that a stranger elsewhere cannot lock the owner out.
  const [mine, place] = [`password ${attempt.audience} ${email ?? "-"} ${attempt.address}`, `password-from ${attempt.address}`];
  const [tries, fromHere] = await Promise.all([s.directory.countTry([mine], WINDOW, now), s.directory.countTry([place], WINDOW, now)]);
  if (tries > TRIES_PER_ACCOUNT_AND_ADDRESS || fromHere > TRIES_PER_ADDRESS) {
    return err({ kind: "too-often", retryAfterSeconds: Math.ceil((WINDOW - (now % WINDOW)) / 1_000) });
  }
  const account = email && (await s.directory.account(email));
  const right = await verifyPassword(attempt.password, s.settings.passwordPepper, account ? account.passwordHash : null);
  const [membership] = right && account ? await s.directory.membershipsOf(account.id, attempt.audience, attempt.only) : [];
  if (!membership) return err({ kind: "wrong" });
  // What the place tried stays counted, or an account of one's own would buy guesses at others'.
  await s.directory.forgetTries([mine]);
  return ok(membership);
}
