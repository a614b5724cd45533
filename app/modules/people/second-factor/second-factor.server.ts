import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, MINUTE } from "~/kernel/time";
import { keyedHash, seal, unseal } from "~/platform/crypto.server";
import type { Directory } from "~/platform/directory/directory.server";
import { newRecoveryCode, normalizeRecoveryCode } from "./recovery-code.server";
import { newSecret, secretUri, stepOf } from "./totp.server";

type Needs = { directory: Directory; clock: Clock; settings: { factorKey: string } };
export type Owner = { id: Id<"account">; email: string };
/** What an authenticator app needs. */
export type FactorSetup = { uri: string; secret: string };

const SECRETS = "second-factor secrets";
const CODES = "recovery codes";
const RECOVERY_CODES = 8;
/** How long a setup can be confirmed. */
const SETUP_VALID_FOR = 30 * MINUTE;

/** Whether the account has a second factor. */
export const hasFactor = async ({ directory }: Pick<Needs, "directory">, account: Id<"account">): Promise<boolean> =>
  ((await directory.secondFactor(account))?.confirmedAt ?? null) !== null;

/** The account's second factor, for its owner. */
export async function readFactor({ directory }: Pick<Needs, "directory">, account: Id<"account">) {
  const on = await hasFactor({ directory }, account);
  return { on, recoveryCodesLeft: on ? await directory.recoveryCodesLeft(account) : 0 };
}

/** Starts a setup with a new secret. It is not active until confirmed with a code. */
export async function startFactorSetup(s: Needs, owner: Owner, issuer: string): Promise<Result<FactorSetup, { kind: "on-already" }>> {
  if (await hasFactor(s, owner.id)) return err({ kind: "on-already" });
  const secret = newSecret();
  const sealed = seal(s.settings.factorKey, SECRETS, owner.id, secret);
  await s.directory.startFactorSetup({ accountId: owner.id, secret: sealed, createdAt: s.clock.now(), confirmedAt: null, lastStep: 0 });
  return ok({ uri: secretUri(secret, { issuer, email: owner.email }), secret });
}

/** The pending setup, to show again after a wrong code. */
export async function pendingFactorSetup(s: Needs, owner: Owner, issuer: string): Promise<FactorSetup | null> {
  const factor = await s.directory.secondFactor(owner.id);
  if (!factor || factor.confirmedAt !== null || s.clock.now() - factor.createdAt >= SETUP_VALID_FOR) return null;
  const secret = unseal(s.settings.factorKey, SECRETS, owner.id, factor.secret);
  return { uri: secretUri(secret, { issuer, email: owner.email }), secret };
}

/** Activates the pending setup with a code from the app. The recovery codes are returned here once and never again. */
export async function confirmFactor(
  s: Needs,
  owner: Owner,
  code: string,
): Promise<Result<{ recoveryCodes: string[] }, { kind: "wrong" } | { kind: "no-offer" }>> {
  const pendingSetup = await pendingFactorSetup(s, owner, "");
  if (!pendingSetup) return err({ kind: "no-offer" });
  const step = stepOf(pendingSetup.secret, digitsOf(code), s.clock.now());
  if (step === null) return err({ kind: "wrong" });
  const recoveryCodes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
  const hashes = recoveryCodes.map((one) => recoveryHash(s, owner.id, one));
  return (await s.directory.confirmFactor(owner.id, step, hashes, s.clock.now())) ? ok({ recoveryCodes }) : err({ kind: "no-offer" });
}

/** Checks a code of the app or a recovery code. Each works once. */
export async function proveFactor(s: Needs, account: Id<"account">, code: string): Promise<boolean> {
  const factor = await s.directory.secondFactor(account);
  if (!factor || factor.confirmedAt === null) return false;
  const digits = digitsOf(code);
  if (digits.length !== 6) return s.directory.takeRecoveryCode(account, recoveryHash(s, account, code), s.clock.now());
  const step = stepOf(unseal(s.settings.factorKey, SECRETS, account, factor.secret), digits, s.clock.now());
  return step !== null && s.directory.takeStep(account, step);
}

/** Digits may have spaces; any letter makes it a recovery code. */
const digitsOf = (code: string): string => (/[^\d\s-]/.test(code) ? "" : code.replace(/\D/g, ""));
const recoveryHash = (s: Needs, account: Id<"account">, code: string): string =>
  keyedHash(s.settings.factorKey, CODES, `${account} ${normalizeRecoveryCode(code)}`);
