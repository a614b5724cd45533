import { and, desc, eq, inArray, isNull, or, type SQL } from "drizzle-orm";
import type { Portal } from "~/kernel/audience";
import type { Id } from "~/kernel/ids";
import type { Role } from "~/kernel/permissions";
import type { SessionKind } from "~/kernel/session-rules";
import type { UtcMs } from "~/kernel/time";
import { accounts, memberships, organizations, sessions, tablets } from "./directory.tables";
import type { DirectoryDatabase } from "./directory-database.server";
import type { Organization } from "./records.server";

export type FoundSession<F extends Portal = Portal> = {
  id: Id<"session">;
  audience: F;
  kind: SessionKind;
  createdAt: UtcMs;
  lastSeenAt: UtcMs;
  membership: { id: Id<"membership">; accountId: Id<"account"> | null; name: string; email: string | null; role: Role | null; partyId: string | null };
  organization: Organization;
};

/** Who is signed in where. */
export function sessionsIn(db: DirectoryDatabase) {
  return {
    async addSession(row: typeof sessions.$inferInsert): Promise<void> {
      await db.insert(sessions).values(row);
    },

    /** A session that nobody ended, of a membership that nobody ended, on no tablet that was removed. Whether it is too old is the guard's to say. */
    async findSession<F extends Portal>(audience: F, tokenHash: string): Promise<FoundSession<F> | null> {
      const [row] = await db
        .select({ session: sessions, membership: memberships, email: accounts.email, organization: organizations })
        .from(sessions)
        .innerJoin(memberships, and(eq(memberships.id, sessions.membershipId), isNull(memberships.endedAt)))
        .leftJoin(accounts, eq(accounts.id, memberships.accountId))
        .innerJoin(organizations, eq(organizations.id, sessions.organizationId))
        .leftJoin(tablets, eq(tablets.id, sessions.tabletId))
        .where(and(eq(sessions.tokenHash, tokenHash), eq(sessions.audience, audience), isNull(sessions.endedAt), isNull(tablets.endedAt)))
        .limit(1);
      if (!row) return null;
      const { id, accountId, name, role, partyId } = row.membership;
      const { kind, createdAt, lastSeenAt } = row.session;
      return {
        id: row.session.id,
        audience,
        kind,
        createdAt,
        lastSeenAt,
        membership: { id, accountId, name, email: row.email, role, partyId },
        organization: row.organization,
      };
    },

    /** Where a person is signed in to this organization, the latest use first; who looks through their eyes is not there. */
    async sessionsOf(membership: Id<"membership">) {
      return db
        .select({
          id: sessions.id,
          audience: sessions.audience,
          kind: sessions.kind,
          createdAt: sessions.createdAt,
          lastSeenAt: sessions.lastSeenAt,
          ip: sessions.ip,
          userAgent: sessions.userAgent,
        })
        .from(sessions)
        .where(and(eq(sessions.membershipId, membership), eq(sessions.kind, "personal"), isNull(sessions.endedAt)))
        .orderBy(desc(sessions.lastSeenAt))
        .limit(200);
    },

    async touchSession(id: Id<"session">, at: UtcMs): Promise<void> {
      await db.update(sessions).set({ lastSeenAt: at }).where(eq(sessions.id, id));
    },

    /** Answers the sessions that ended: this one, and the views that were started from it. */
    async endSession(id: Id<"session">, at: UtcMs): Promise<Id<"session">[]> {
      return (await endSessions(db, eq(sessions.id, id), at)).map((ended) => ended.id);
    },
  };
}

/** Ends what `which` names among the open sessions, with the views that were started from them. */
export function endSessions(db: DirectoryDatabase, which: SQL, at: UtcMs) {
  const named = db.select({ id: sessions.id }).from(sessions).where(which);
  return db
    .update(sessions)
    .set({ endedAt: at })
    .where(and(or(inArray(sessions.id, named), inArray(sessions.startedBy, named)), isNull(sessions.endedAt)))
    .returning({ id: sessions.id, organizationId: sessions.organizationId });
}
