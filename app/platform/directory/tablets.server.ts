import { and, desc, eq, gt, inArray, isNotNull, isNull } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { filingTokens, memberships, sessions, tablets } from "./directory.tables";
import type { DirectoryDatabase } from "./directory-database.server";
import { endTokens } from "./filing-tokens.server";

export type Tablet = typeof tablets.$inferSelect;

/** The shop's tablets, in the directory because a tablet's key tells in which shop a driver's code is looked up. */
export function tabletsIn(db: DirectoryDatabase) {
  return {
    /** A form sent twice carries one id and is one tablet. */
    async inviteTablet(row: Pick<Tablet, "id" | "organizationId" | "label" | "enrolHash" | "enrolUntil" | "invitedBy" | "createdAt">): Promise<void> {
      await db.insert(tablets).values(row).onConflictDoNothing();
    },

    async tablet(organization: Id<"organization">, id: Id<"tablet">): Promise<Tablet | null> {
      const [row] = await db
        .select()
        .from(tablets)
        .where(and(eq(tablets.id, id), eq(tablets.organizationId, organization)))
        .limit(1);
      return row ?? null;
    },

    /** Spends the address that enrols a tablet: of any number of presses at once, one gets the row. */
    async enrolTablet(enrolHash: string, keyHash: string, at: UtcMs): Promise<Tablet | null> {
      const [row] = await db
        .update(tablets)
        .set({ keyHash, enrolledAt: at })
        .where(and(eq(tablets.enrolHash, enrolHash), isNull(tablets.enrolledAt), isNull(tablets.endedAt), gt(tablets.enrolUntil, at)))
        .returning();
      return row ?? null;
    },

    async tabletByKey(keyHash: string): Promise<Tablet | null> {
      const [row] = await db
        .select()
        .from(tablets)
        .where(and(eq(tablets.keyHash, keyHash), isNull(tablets.endedAt)))
        .limit(1);
      return row ?? null;
    },

    /** Enrolled and not removed, with who enrolled them, the latest first. */
    async tabletsOf(organization: Id<"organization">) {
      return db
        .select({ id: tablets.id, label: tablets.label, enrolledAt: tablets.enrolledAt, lastUsedAt: tablets.lastUsedAt, invitedBy: memberships.name })
        .from(tablets)
        .innerJoin(memberships, eq(memberships.id, tablets.invitedBy))
        .where(and(eq(tablets.organizationId, organization), isNotNull(tablets.enrolledAt), isNull(tablets.endedAt)))
        .orderBy(desc(tablets.enrolledAt))
        .limit(200);
    },

    async touchTablet(id: Id<"tablet">, at: UtcMs): Promise<void> {
      await db.update(tablets).set({ lastUsedAt: at }).where(eq(tablets.id, id));
    },

    /** Ends what a person opened by code and PIN; their sessions on devices of their own stay. Answers those that were open. */
    async endSharedSessions(membership: Id<"membership">, at: UtcMs): Promise<Id<"session">[]> {
      const shared = db
        .select({ id: sessions.id })
        .from(sessions)
        .where(and(eq(sessions.membershipId, membership), eq(sessions.kind, "shared")));
      const [ended] = await db.batch([
        db
          .update(sessions)
          .set({ endedAt: at })
          .where(and(eq(sessions.membershipId, membership), eq(sessions.kind, "shared"), isNull(sessions.endedAt)))
          .returning({ id: sessions.id }),
        endTokens(db, inArray(filingTokens.sessionId, shared), at),
      ]);
      return ended.map(({ id }) => id);
    },

    /** Removes a tablet with every session made on it. Answers it and the sessions that were open; null where there is none to remove. */
    async endTablet(organization: Id<"organization">, id: Id<"tablet">, at: UtcMs): Promise<{ label: string; sessions: Id<"session">[] } | null> {
      const onTablet = db
        .select({ id: sessions.id })
        .from(sessions)
        .where(and(eq(sessions.tabletId, id), eq(sessions.organizationId, organization)));
      const [[tablet], ended] = await db.batch([
        db
          .update(tablets)
          .set({ endedAt: at })
          .where(and(eq(tablets.id, id), eq(tablets.organizationId, organization), isNull(tablets.endedAt)))
          .returning({ label: tablets.label }),
        db
          .update(sessions)
          .set({ endedAt: at })
          .where(and(eq(sessions.tabletId, id), eq(sessions.organizationId, organization), isNull(sessions.endedAt)))
          .returning({ id: sessions.id }),
        endTokens(db, inArray(filingTokens.sessionId, onTablet), at),
      ]);
      return tablet ? { label: tablet.label, sessions: ended.map((session) => session.id) } : null;
    },
  };
}
