import { and, eq, gt, isNull, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { filingTokens, memberships, organizations } from "./directory.tables";
import type { DirectoryDatabase } from "./directory-database.server";
import type { Organization } from "./records.server";

export type FoundFilingToken = {
  /** `endedAt` is when the driver lost access; what was signed before may still be filed. */
  membership: { id: Id<"membership">; name: string; partyId: string; endedAt: UtcMs | null };
  organization: Organization;
  /** When its device was signed out from elsewhere: what was signed before may still be filed. */
  endedAt: UtcMs | null;
};

/** What phones file inspections with. */
export function filingTokensIn(db: DirectoryDatabase) {
  return {
    async addFilingToken(row: typeof filingTokens.$inferInsert): Promise<void> {
      await db.insert(filingTokens).values(row);
    },

    async findFilingToken(tokenHash: string, at: UtcMs): Promise<FoundFilingToken | null> {
      const [row] = await db
        .select({ membership: memberships, organization: organizations, tokenEndedAt: filingTokens.endedAt })
        .from(filingTokens)
        .innerJoin(memberships, and(eq(memberships.id, filingTokens.membershipId), eq(memberships.audience, "driver")))
        .innerJoin(organizations, eq(organizations.id, filingTokens.organizationId))
        .where(and(eq(filingTokens.tokenHash, tokenHash), gt(filingTokens.expiresAt, at)))
        .limit(1);
      if (!row || row.membership.partyId === null) return null;
      const { id, name, partyId, endedAt } = row.membership;
      return { membership: { id, name, partyId, endedAt }, organization: row.organization, endedAt: row.tokenEndedAt };
    },

    /** Ends a person's tokens on all devices but the one that this session is on. */
    async endFilingTokens(membership: Id<"membership">, but: Id<"session">, at: UtcMs): Promise<void> {
      await endTokens(db, sql`${filingTokens.membershipId} = ${membership} and ${filingTokens.sessionId} <> ${but}`, at);
    },
  };
}

/** Ends what `which` names among the tokens that nobody ended. */
export const endTokens = (db: DirectoryDatabase, which: SQL, at: UtcMs) =>
  db
    .update(filingTokens)
    .set({ endedAt: at })
    .where(and(which, isNull(filingTokens.endedAt)));
