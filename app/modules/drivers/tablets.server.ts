import type { AppLoadContext } from "react-router";
import type { Id } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, later, MINUTE } from "~/kernel/time";
import { closeSockets, type Sockets } from "~/modules/people/end-session.server";
import { hmac, newToken, sha256 } from "~/platform/crypto.server";
import { type IdTaken, save, saveNew } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { forJob } from "~/platform/scope/scope.server";
import { tabletCookie } from "~/platform/sessions/tablet.server";
import { driverJournal } from "./driver.journal";

const VALID_FOR = 15 * MINUTE;

type Needs = { db: ScopedDatabase<"staff">; directory: Directory; clock: Clock; settings: { linkKey: string } };

/** Derived from the tablet's id and the deployment's key, so a copy of the database can't enroll a tablet. */
const enrolToken = (key: string, id: Id<"tablet">): string => hmac(key, `enrol-tablet ${id}`).toString("base64url");

/** Creates the link that enrolls a device as one of the shop's tablets, once, within 15 minutes. Submitted twice, it is one invitation. */
export async function inviteTablet(s: Needs, { id, label, by }: { id: Id<"tablet">; label: string; by: Id<"membership"> }): Promise<Result<null, IdTaken>> {
  const now = s.clock.now();
  const { organizationId } = s.db.scope;
  await s.directory.inviteTablet({
    id,
    organizationId,
    label,
    enrolHash: sha256(enrolToken(s.settings.linkKey, id)),
    enrolUntil: later(now, VALID_FOR),
    invitedBy: by,
    createdAt: now,
  });
  // Nothing was added where another shop's tablet has this id.
  if (!(await s.directory.tablet(organizationId, id))) return err({ kind: "id-taken" });
  return saveNew(s.db, { record: { kind: "tablet", id, version: 1 }, at: now, event: driverJournal.of("tablet.invited", { name: label }), about: id }, []);
}

export type TabletInvitation = { label: string } & ({ state: "open"; path: string; minutesLeft: number } | { state: "enrolled" } | { state: "over" });

/** The state of an invitation, and its link while it is pending. */
export async function readInvitation(s: Needs, id: Id<"tablet">): Promise<TabletInvitation | null> {
  const tablet = await s.directory.tablet(s.db.scope.organizationId, id);
  if (!tablet) return null;
  const { label } = tablet;
  const left = tablet.enrolUntil - s.clock.now();
  if (tablet.endedAt !== null || (tablet.enrolledAt === null && left <= 0)) return { label, state: "over" };
  if (tablet.enrolledAt !== null) return { label, state: "enrolled" };
  return { label, state: "open", path: paths.driver.enrol(enrolToken(s.settings.linkKey, id)), minutesLeft: Math.ceil(left / MINUTE) };
}

export const readTablets = (s: Needs) => s.directory.tabletsOf(s.db.scope.organizationId);

/** Uses the link on this device. Returns the cookie that marks it as a tablet. */
export async function enrolTablet(
  { platform, servicesFor }: AppLoadContext,
  request: Request,
  token: string,
): Promise<Result<{ cookie: string }, { kind: "spent" }>> {
  const { directory, clock } = platform;
  const now = clock.now();
  const key = newToken();
  const tablet = await directory.enrolTablet(sha256(token), sha256(key), now);
  if (!tablet) return err({ kind: "spent" });
  await save(
    servicesFor(forJob(tablet.organizationId, "the tablet", request)).db,
    { record: { kind: "tablet", id: tablet.id, version: 2 }, at: now, event: driverJournal.of("tablet.enrolled", { name: tablet.label }), about: tablet.id },
    [],
  );
  return ok({ cookie: tabletCookie(key) });
}

/** Removes a tablet. Its sessions and their sockets have ended once this returns. */
export async function removeTablet(s: Needs, rooms: readonly Sockets[], id: Id<"tablet">): Promise<Result<{ label: string }, { kind: "not-found" }>> {
  const now = s.clock.now();
  const ended = await s.directory.endTablet(s.db.scope.organizationId, id, now);
  if (!ended) return err({ kind: "not-found" });
  await closeSockets(rooms, ended.sessions);
  await save(s.db, { record: { kind: "tablet", id, version: 3 }, at: now, event: driverJournal.of("tablet.removed", { name: ended.label }), about: id }, []);
  return ok({ label: ended.label });
}
