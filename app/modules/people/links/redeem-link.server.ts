import type { Portal } from "~/kernel/audience";
import { parseId } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { DAY, MINUTE } from "~/kernel/time";
import type { Membership, SignInLink } from "~/platform/directory/directory.server";
import type { Platform } from "~/platform/platform.server";
import { type AttemptLimit, exceededLimit, limitKey } from "../attempt-limits.server";
import { codeHash, tokenHash } from "./sign-in-secrets.server";

/** Used, expired, wrong or revoked; the response is the same. */
export type RedeemRefusal = { kind: "spent" };
/** Too many wrong codes for this address: its links still work, its codes don't for a while. */
export type CodeRefusal = RedeemRefusal | { kind: "link-only" };

/** Over all requests for an email address, from any network: six digits are few, and an attacker has many networks. */
const CODES: readonly AttemptLimit[] = [
  { name: "codes", window: 15 * MINUTE, most: 10 },
  { name: "codes a day", window: DAY, most: 20 },
];

export async function redeemLink(s: Platform, audience: Portal, token: string): Promise<Result<Membership, RedeemRefusal>> {
  return membershipOf(s, audience, await s.directory.redeemLink("sign-in", audience, tokenHash(token), s.clock.now()));
}

/**
 * A code is valid only for the request it was mailed for, with at most five attempts, and within the limits of its
 * email address. Each attempt is counted before it is compared; the right one is taken off the count.
 */
export async function redeemCode(s: Platform, audience: Portal, request: string, code: string): Promise<Result<Membership, CodeRefusal>> {
  const id = parseId("link", request);
  const link = id && (await s.directory.signInLink(id));
  const now = s.clock.now();
  if (!link || !(await s.directory.takeCodeTry(audience, link.id, now))) return err({ kind: "spent" });
  const of = `${audience} ${link.email}`;
  if (await exceededLimit(s.directory, CODES, of, now)) return err({ kind: "link-only" });
  const hash = codeHash(s.settings.linkKey, link.id, code.replace(/\D/g, ""));
  const redeemed = await membershipOf(s, audience, await s.directory.redeemCode(audience, link.id, hash, now));
  if (redeemed.ok) await Promise.all(CODES.map((limit) => s.directory.uncountAttempt(limitKey(limit, of), limit.window, now)));
  return redeemed;
}

async function membershipOf(s: Platform, audience: Portal, link: SignInLink | null): Promise<Result<Membership, RedeemRefusal>> {
  if (!link?.accountId) return err({ kind: "spent" });
  const memberships = await s.directory.membershipsOf(link.accountId, audience, null);
  const membership = memberships.find(({ organizationId }) => organizationId === link.organizationId);
  return membership ? ok(membership) : err({ kind: "spent" });
}

/** The address behind a refused attempt, for the journal. */
export const emailBehindToken = async (s: Platform, token: string): Promise<string | null> => (await s.directory.linkByToken(tokenHash(token)))?.email ?? null;

export async function emailBehindRequest(s: Platform, request: string): Promise<string | null> {
  const id = parseId("link", request);
  return (id && (await s.directory.signInLink(id))?.email) ?? null;
}

/** The page to open after signing in with the link. */
export const pageBehindToken = async (s: Platform, token: string): Promise<string | null> => (await s.directory.linkByToken(tokenHash(token)))?.leadsTo ?? null;

export async function pageBehindRequest(s: Platform, request: string): Promise<string | null> {
  const id = parseId("link", request);
  return (id && (await s.directory.signInLink(id))?.leadsTo) ?? null;
}
