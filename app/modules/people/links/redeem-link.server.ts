import type { Portal } from "~/kernel/audience";
import { parseId } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Membership, SignInLink } from "~/platform/directory/directory.server";
import type { Platform } from "~/platform/platform.server";
import { codeHash, tokenHash } from "./sign-in-secrets.server";

/** Used, expired, wrong or revoked; the response is the same. */
export type RedeemRefusal = { kind: "spent" };

export async function redeemLink(s: Platform, audience: Portal, token: string): Promise<Result<Membership, RedeemRefusal>> {
  return membershipOf(s, audience, await s.directory.redeemLink("sign-in", audience, tokenHash(token), s.clock.now()));
}

/** A code is valid only for the request it was mailed for, with at most five attempts. */
export async function redeemCode(s: Platform, audience: Portal, request: string, code: string): Promise<Result<Membership, RedeemRefusal>> {
  const id = parseId("link", request);
  if (!id) return err({ kind: "spent" });
  const hash = codeHash(s.settings.linkKey, id, code.replace(/\D/g, ""));
  return membershipOf(s, audience, await s.directory.tryCode(audience, id, hash, s.clock.now()));
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
