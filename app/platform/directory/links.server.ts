import { and, eq, gt, isNotNull, isNull, sql } from "drizzle-orm";
import type { Portal } from "~/kernel/audience";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { type LinkPurpose, signInLinks } from "./directory.tables";
import type { DirectoryDatabase } from "./directory-database.server";

export type SignInLink = typeof signInLinks.$inferSelect;

/** Mailed links and their codes, each spent once. */
export function linksIn(db: DirectoryDatabase) {
  return {
    async addSignInLink(row: typeof signInLinks.$inferInsert): Promise<void> {
      await db.insert(signInLinks).values(row);
    },

    async signInLink(id: Id<"link">): Promise<SignInLink | null> {
      const [row] = await db.select().from(signInLinks).where(eq(signInLinks.id, id)).limit(1);
      return row ?? null;
    },

    async linkByToken(tokenHash: string): Promise<SignInLink | null> {
      const [row] = await db.select().from(signInLinks).where(eq(signInLinks.tokenHash, tokenHash)).limit(1);
      return row ?? null;
    },

    async markLinkMailed(id: Id<"link">, at: UtcMs): Promise<void> {
      await db
        .update(signInLinks)
        .set({ mailedAt: at })
        .where(and(eq(signInLinks.id, id), isNull(signInLinks.mailedAt)));
    },

    /** Spends a link: of any number of redemptions at once, one gets the row. */
    async redeemLink(purpose: LinkPurpose, audience: Portal, tokenHash: string, at: UtcMs): Promise<SignInLink | null> {
      const [row] = await db
        .update(signInLinks)
        .set({ usedAt: at })
        .where(
          and(
            eq(signInLinks.tokenHash, tokenHash),
            eq(signInLinks.purpose, purpose),
            eq(signInLinks.audience, audience),
            isNull(signInLinks.usedAt),
            gt(signInLinks.expiresAt, at),
          ),
        )
        .returning();
      return row ?? null;
    },

    /** One try at the code of a request, taken before the code is compared; false where it has none left. */
    async takeCodeTry(audience: Portal, id: Id<"link">, at: UtcMs): Promise<boolean> {
      const [taken] = await db
        .update(signInLinks)
        .set({ attemptsLeft: sql`${signInLinks.attemptsLeft} - 1` })
        .where(and(openRequest(audience, id, at), gt(signInLinks.attemptsLeft, 0)))
        .returning({ id: signInLinks.id });
      return taken !== undefined;
    },

    /** Spends a request by its code. What was not mailed has no right code. */
    async redeemCode(audience: Portal, id: Id<"link">, codeHash: string, at: UtcMs): Promise<SignInLink | null> {
      const [row] = await db
        .update(signInLinks)
        .set({ usedAt: at })
        .where(and(openRequest(audience, id, at), eq(signInLinks.codeHash, codeHash), isNotNull(signInLinks.mailedAt)))
        .returning();
      return row ?? null;
    },
  };
}

const openRequest = (audience: Portal, id: Id<"link">, at: UtcMs) =>
  and(
    eq(signInLinks.id, id),
    eq(signInLinks.purpose, "sign-in"),
    eq(signInLinks.audience, audience),
    isNull(signInLinks.usedAt),
    gt(signInLinks.expiresAt, at),
  );
