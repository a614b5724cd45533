import type { Portal } from "~/kernel/audience";
import { type Id, newId } from "~/kernel/ids";
import type { Clock, UtcMs } from "~/kernel/time";
import { newToken, sha256 } from "~/platform/crypto.server";
import type { Directory, FoundSession, Membership } from "~/platform/directory/directory.server";
import { sourceOf } from "~/platform/http/origin.server";
import { pushKeyHash } from "./push-cookie.server";
import { isLive, isWorthTouching, sessionToken, setCookie } from "./session";

type Needs = { directory: Directory; clock: Clock };

/** The live session of this audience that the request carries, or null. Notes its use at most every ten minutes. */
export async function sessionOf<F extends Portal>(s: Needs, request: Request, audience: F, options = { touch: true }): Promise<FoundSession<F> | null> {
  const token = sessionToken(request, audience);
  if (!token) return null;
  const session = await s.directory.findSession(audience, sha256(token));
  const now = s.clock.now();
  if (!session || !isLive(session, now)) return null;
  if (options.touch && isWorthTouching(session, now)) await s.directory.touchSession(session.id, now);
  return session;
}

/** A device that others use next; `tabletId` is null in development, where any browser passes for one. */
export type Shared = { kind: "shared"; tabletId: Id<"tablet"> | null };
/** Whose eyes are borrowed, and by whom: the staff session that started it, and which of its people. It may look only. */
export type Viewing = { kind: "impersonation"; viewedBy: Id<"membership">; startedBy: Id<"session"> };
/** What kind of session it is, where it is not a person's own. */
export type Special = Shared | Viewing;

/**
 * Starts a session under a fresh token, with the cookie that carries it. One that goes on from another is as old as that one: `since`.
 * Who got push messages on this browser before gets them no more, unless it is the same person.
 */
export async function startSession(
  s: Needs,
  request: Request,
  membership: Membership,
  special?: Special,
  since?: UtcMs,
): Promise<{ id: Id<"session">; cookie: string }> {
  const token = newToken();
  const now = s.clock.now();
  const { audience, organizationId } = membership;
  const kind = special?.kind ?? "personal";
  const organization = await s.directory.organization(organizationId);
  if (!organization) throw new Error("a membership without its organization");
  const id = newId("session", now);
  await s.directory.addSession({
    id,
    tokenHash: sha256(token),
    membershipId: membership.id,
    organizationId,
    audience,
    ...special,
    kind,
    createdAt: since ?? now,
    lastSeenAt: now,
    ...sourceOf(request),
  });
  const pushKey = kind === "impersonation" ? null : pushKeyHash(request, audience);
  if (pushKey) await s.directory.keepPushDeviceFor(pushKey, kind === "shared" ? null : membership.id);
  return { id, cookie: setCookie({ audience, kind, organization }, token) };
}
