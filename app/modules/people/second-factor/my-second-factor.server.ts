import { err, ok, type Result } from "~/kernel/result";
import { type Clock, DAY, MINUTE } from "~/kernel/time";
import { verifyPassword } from "~/platform/crypto.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Account, Directory, FoundSession } from "~/platform/directory/directory.server";
import { recordFactorChange } from "./record-factor-change.server";
import { confirmFactor, type FactorSetup, pendingFactorSetup, proveFactor, readFactor, startFactorSetup } from "./second-factor.server";

type Needs = {
  db: ScopedDatabase<"staff"> | ScopedDatabase<"vendor">;
  directory: Directory;
  clock: Clock;
  settings: { factorKey: string; passwordPepper: string };
};
type PasswordSession = FoundSession<"staff"> | FoundSession<"vendor">;
type TooOften = { kind: "too-often"; retryAfterSeconds: number };

const LIMITS = [
  { name: "own-factor", window: 15 * MINUTE, most: 10 },
  { name: "own-factor a day", window: DAY, most: 30 },
] as const;

export const readSignedInFactor = async (s: Needs, session: PasswordSession) => readFactor(s, (await accountOf(s, session)).id);

export const beginFactorSetup = async (s: Needs, session: PasswordSession): Promise<Result<FactorSetup, { kind: "on-already" }>> =>
  startFactorSetup(s, await accountOf(s, session), session.organization.name);

export type ConfirmRefusal = { kind: "wrong-code" | "wrong-password"; setup: FactorSetup } | { kind: "no-offer" } | TooOften;

/**
 * Turns the second factor on. It asks for the password again, so that someone at an unlocked computer can't lock the
 * owner out with their own phone.
 */
export async function confirmFactorSetup(
  s: Needs,
  session: PasswordSession,
  input: { code: string; password: string },
): Promise<Result<{ recoveryCodes: string[] }, ConfirmRefusal>> {
  const account = await accountOf(s, session);
  const throttled = await tooOften(s, account);
  if (throttled) return err(throttled);
  const setup = await pendingFactorSetup(s, account, session.organization.name);
  if (!setup) return err({ kind: "no-offer" });
  if (!(await verifyPassword(input.password, s.settings.passwordPepper, account.passwordHash))) return err({ kind: "wrong-password", setup });
  const confirmed = await confirmFactor(s, account, input.code);
  if (!confirmed.ok) return err(confirmed.error.kind === "wrong" ? { kind: "wrong-code", setup } : { kind: "no-offer" });
  await recordFactorChange(s.db, session.membership, "second-factor.turned-on", account.email, s.clock.now());
  return confirmed;
}

/** Turns it off with a code of the app or a recovery code. */
export async function removeSignedInFactor(s: Needs, session: PasswordSession, code: string): Promise<Result<null, { kind: "wrong-code" } | TooOften>> {
  const account = await accountOf(s, session);
  const throttled = await tooOften(s, account);
  if (throttled) return err(throttled);
  if (!(await proveFactor(s, account.id, code))) return err({ kind: "wrong-code" });
  if (await s.directory.dropFactor(account.id)) await recordFactorChange(s.db, session.membership, "second-factor.turned-off", account.email, s.clock.now());
  return ok(null);
}

async function tooOften({ directory, clock }: Needs, account: Account): Promise<TooOften | null> {
  const now = clock.now();
  for (const { name, window, most } of LIMITS)
    if ((await directory.countAttempt([`${name} ${account.id}`], window, now)) > most)
      return { kind: "too-often", retryAfterSeconds: Math.ceil((window - (now % window)) / 1_000) };
  return null;
}

async function accountOf({ directory }: Needs, session: PasswordSession): Promise<Account> {
  const membership = await directory.membership(session.membership.id);
  const account = membership?.accountId && (await directory.accountById(membership.accountId));
  if (!account) throw new Error("password session without an account");
  return account;
}
