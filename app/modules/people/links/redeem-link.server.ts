import type { Portal } from "~/kernel/audience";
import { parseId } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { DAY, MINUTE } from "~/kernel/time";
import type { Membership, SignInLink } from "~/platform/directory/directory.server";
import type { Platform } from "~/platform/platform.server";
import { codeHash, tokenHash } from "./sign-in-secrets.server";

/** Used, too old, wrong or switched off since: told alike. */
export type RedeemRefusal = { kind: "spent" };
/** More codes of this address were typed than a person types: its links still sign in, its codes no more. */
export type CodeRefusal = RedeemRefusal | { kind: "link-only" };

/** Over all requests of an address and from wherever: six digits are few, and a crowd has many addresses of its own. */
const CODES = [
  { name: "codes", window: 15 * MINUTE, most: 10 },
  { name: "codes a day", window: DAY, most: 20 },
] as const;

export async function redeemLink(s: Platform, audience: Portal, token: string): Promise<Result<Membership, RedeemRefusal>> {
  return membershipOf(s, audience, await s.directory.redeemLink("sign-in", audience, tokenHash(token), s.clock.now()));
}

/**
 * A code counts for the one request that it was mailed for, five times at most, and no more often than its address
 * has tries. Each is counted before it is compared; the right one is not counted.
 */
export async function redeemCode(s: Platform, audience: Portal, request: string, code: string): Promise<Result<Membership, CodeRefusal>> {
  const id = parseId("link", request);
  const link = id && (await s.directory.signInLink(id));
  const now = s.clock.now();
  if (!link || !(await s.directory.takeCodeTry(audience, link.id, now))) return err({ kind: "spent" });
  const keyOf = (name: string) => `${name} ${audience} ${link.email}`;
  // In turn: a try that the quarter of an hour refuses does not use up the day.
  for (const { name, window, most } of CODES) if ((await s.directory.countAttempt([keyOf(name)], window, now)) > most) return err({ kind: "link-only" });
  const hash = codeHash(s.settings.linkKey, link.id, code.replace(/\D/g, ""));
  const redeemed = await membershipOf(s, audience, await s.directory.redeemCode(audience, link.id, hash, now));
  if (redeemed.ok) await Promise.all(CODES.map(({ name, window }) => s.directory.uncountAttempt(keyOf(name), window, now)));
  return redeemed;
}

async function membershipOf(s: Platform, audience: Portal, link: SignInLink | null): Promise<Result<Membership, RedeemRefusal>> {
  if (!link?.accountId) return err({ kind: "spent" });
  const memberships = await s.directory.membershipsOf(link.accountId, audience, null);
  const membership = memberships.find(({ organizationId }) => organizationId === link.organizationId);
  return membership ? ok(membership) : err({ kind: "spent" });
}

/** Whom a refused attempt was about, for the journal. */
export const emailBehindToken = async (s: Platform, token: string): Promise<string | null> => (await s.directory.linkByToken(tokenHash(token)))?.email ?? null;

export async function emailBehindRequest(s: Platform, request: string): Promise<string | null> {
  const id = parseId("link", request);
  return (id && (await s.directory.signInLink(id))?.email) ?? null;
}

/** The page that a link leads to, for who came in by it. */
export const pageBehindToken = async (s: Platform, token: string): Promise<string | null> => (await s.directory.linkByToken(tokenHash(token)))?.leadsTo ?? null;

export async function pageBehindRequest(s: Platform, request: string): Promise<string | null> {
  const id = parseId("link", request);
  return (id && (await s.directory.signInLink(id))?.leadsTo) ?? null;
}
