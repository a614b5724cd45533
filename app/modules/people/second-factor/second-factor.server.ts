import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, MINUTE } from "~/kernel/time";
import { keyedHash, seal, unseal } from "~/platform/crypto.server";
import type { Directory } from "~/platform/directory/directory.server";
import { newRecoveryCode, normalizeRecoveryCode } from "./recovery-code.server";
import { newSecret, secretUri, stepOf } from "./totp.server";

type Needs = { directory: Directory; clock: Clock; settings: { factorKey: string } };
export type Owner = { id: Id<"account">; email: string };
/** What a person needs to put the factor into an app. */
export type FactorSetup = { uri: string; secret: string };

const SECRETS = "second-factor secrets";
const CODES = "recovery codes";
const RECOVERY_CODES = 8;
/** An offer that nobody took up is over. */
const SETUP_VALID_FOR = 30 * MINUTE;

/** Whether the account is asked for a second factor after its password. */
export const hasFactor = async ({ directory }: Pick<Needs, "directory">, account: Id<"account">): Promise<boolean> =>
  ((await directory.secondFactor(account))?.confirmedAt ?? null) !== null;

/** How the account stands, for its own person. */
export async function readFactor({ directory }: Pick<Needs, "directory">, account: Id<"account">) {
  const on = await hasFactor({ directory }, account);
  return { on, recoveryCodesLeft: on ? await directory.recoveryCodesLeft(account) : 0 };
}

/** Offers a fresh secret. Nothing is switched on before a code of it was typed. */
export async function startFactorSetup(s: Needs, owner: Owner, issuer: string): Promise<Result<FactorSetup, { kind: "on-already" }>> {
  if (await hasFactor(s, owner.id)) return err({ kind: "on-already" });
  const secret = newSecret();
  const sealed = seal(s.settings.factorKey, SECRETS, owner.id, secret);
  await s.directory.startFactorSetup({ accountId: owner.id, secret: sealed, createdAt: s.clock.now(), confirmedAt: null, lastStep: 0 });
  return ok({ uri: secretUri(secret, { issuer, email: owner.email }), secret });
}

/** The offer that still stands, to be shown once more after a wrong code. */
export async function pendingFactorSetup(s: Needs, owner: Owner, issuer: string): Promise<FactorSetup | null> {
  const factor = await s.directory.secondFactor(owner.id);
  if (!factor || factor.confirmedAt !== null || s.clock.now() - factor.createdAt >= SETUP_VALID_FOR) return null;
  const secret = unseal(s.settings.factorKey, SECRETS, owner.id, factor.secret);
  return { uri: secretUri(secret, { issuer, email: owner.email }), secret };
}

/** Switches the offered factor on when the app shows its code. The recovery codes are told here and never again. */
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

/** Whether a code of the app, or a recovery code, proves the account's person. Each proves once. */
export async function proveFactor(s: Needs, account: Id<"account">, code: string): Promise<boolean> {
  const factor = await s.directory.secondFactor(account);
  if (!factor || factor.confirmedAt === null) return false;
  const digits = digitsOf(code);
  if (digits.length !== 6) return s.directory.takeRecoveryCode(account, recoveryHash(s, account, code), s.clock.now());
  const step = stepOf(unseal(s.settings.factorKey, SECRETS, account, factor.secret), digits, s.clock.now());
  return step !== null && s.directory.takeStep(account, step);
}

/** Spaces are how people read six digits; letters make it a recovery code. */
const digitsOf = (code: string): string => (/[^\d\s-]/.test(code) ? "" : code.replace(/\D/g, ""));
const recoveryHash = (s: Needs, account: Id<"account">, code: string): string =>
  keyedHash(s.settings.factorKey, CODES, `${account} ${normalizeRecoveryCode(code)}`);
