import { may } from "~/kernel/permissions";
import { planIncludesPortal } from "~/kernel/plans";
import { err, ok, type Result } from "~/kernel/result";
import { viewLimits } from "~/kernel/session-rules";
import { type Clock, later } from "~/kernel/time";
import { save } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory, FoundSession } from "~/platform/directory/directory.server";
import { startSession } from "~/platform/sessions/sessions.server";
import { endSession, type Sockets } from "./end-session.server";
import type { ViewRefusal } from "./impersonation";
import { peopleJournal } from "./people.journal";

type Needs = { db: ScopedDatabase<"staff">; directory: Directory; clock: Clock };
type Whom = { audience: "customer" | "vendor"; partyId: string; email: string | null };
/**
 * Lets staff view a portal as one of its people: a separate read-only session, for at most half an hour and no longer
 * than the staff session. Returns the cookie. It is recorded in the journal, and not listed among the person's own
 * sessions.
 */
export async function startView(s: Needs, session: FoundSession<"staff">, request: Request, whom: Whom): Promise<Result<string, ViewRefusal>> {
  if (!may("staff", s.db.scope.role, "impersonate")) return err({ kind: "not-allowed" });
  if (!planIncludesPortal(session.organization.plan, whom.audience)) return err({ kind: "plan" });
  const { organizationId } = s.db.scope;
  const present = await s.directory.membershipsOfParty(organizationId, whom.audience, whom.partyId);
  const found = present.find(({ email }) => email === whom.email);
  const membership = found && (await s.directory.membership(found.id));
  if (!membership) return err({ kind: "portal-off" });
  const started = await startSession(s, request, membership, { kind: "impersonation", viewedBy: session.membership.id, startedBy: session.id });
  const at = s.clock.now();
  await save(
    s.db,
    {
      record: { kind: "impersonation", id: started.id, version: 1 },
      at,
      event: peopleJournal.of("view.started", { audience: whom.audience, email: whom.email, until: later(at, viewLimits.idle) }),
      about: whom.partyId,
    },
    [],
  );
  return ok(started.cookie);
}

/** Ends an impersonation early. `db` is the staff member's scope, because the impersonated one is read-only. */
export async function stopView(
  s: { db: ScopedDatabase<"staff" | "job">; directory: Directory; clock: Clock; fleet: Sockets; board: Sockets },
  { id, audience, membership }: FoundSession,
): Promise<void> {
  await endSession(s, id);
  await save(
    s.db,
    {
      record: { kind: "impersonation", id, version: 2 },
      at: s.clock.now(),
      event: peopleJournal.of("view.ended", { audience, email: membership.email }),
      about: membership.partyId ?? membership.id,
    },
    [],
  );
}
