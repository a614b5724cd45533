import { and, eq, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import type { DirectoryDatabase } from "./directory-database.server";
import { recoveryCodes, secondFactors } from "./sign-in.tables";

type SecondFactor = typeof secondFactors.$inferSelect;

/** Second factors, and the codes for the day that the phone is lost. */
export function factorsIn(db: DirectoryDatabase) {
  return {
    async secondFactor(account: Id<"account">): Promise<SecondFactor | null> {
      const [row] = await db.select().from(secondFactors).where(eq(secondFactors.accountId, account)).limit(1);
      return row ?? null;
    },

    /** Keeps a secret that is not confirmed yet; a confirmed one stays. */
    async startFactorSetup(row: SecondFactor): Promise<void> {
      const { secret, createdAt, lastStep } = row;
      await db
        .insert(secondFactors)
        .values(row)
        .onConflictDoUpdate({ target: secondFactors.accountId, set: { secret, createdAt, lastStep }, setWhere: isNull(secondFactors.confirmedAt) });
    },

    /** Switches the offered factor on, with fresh recovery codes, in one batch. Of two at once one does. */
    async confirmFactor(account: Id<"account">, step: number, codeHashes: readonly string[], at: UtcMs): Promise<boolean> {
      const unconfirmed = and(eq(secondFactors.accountId, account), isNull(secondFactors.confirmedAt));
      const stillUnconfirmed = sql`exists (select 1 from ${secondFactors} where ${unconfirmed})`;
      const [, , confirmed] = await db.batch([
        db.delete(recoveryCodes).where(and(eq(recoveryCodes.accountId, account), stillUnconfirmed)),
        db.insert(recoveryCodes).select(sql`select ${account}, value, null from json_each(${JSON.stringify(codeHashes)}) where ${stillUnconfirmed}`),
        db.update(secondFactors).set({ confirmedAt: at, lastStep: step }).where(unconfirmed).returning({ account: secondFactors.accountId }),
      ]);
      return confirmed.length > 0;
    },

    /** Takes a step's code once: of any number at the same moment one is taken, and none of an earlier step later. */
    async takeStep(account: Id<"account">, step: number): Promise<boolean> {
      const taken = await db
        .update(secondFactors)
        .set({ lastStep: step })
        .where(and(eq(secondFactors.accountId, account), isNotNull(secondFactors.confirmedAt), lt(secondFactors.lastStep, step)))
        .returning({ account: secondFactors.accountId });
      return taken.length > 0;
    },

    async takeRecoveryCode(account: Id<"account">, codeHash: string, at: UtcMs): Promise<boolean> {
      const taken = await db
        .update(recoveryCodes)
        .set({ usedAt: at })
        .where(and(eq(recoveryCodes.accountId, account), eq(recoveryCodes.codeHash, codeHash), isNull(recoveryCodes.usedAt)))
        .returning({ account: recoveryCodes.accountId });
      return taken.length > 0;
    },

    async recoveryCodesLeft(account: Id<"account">): Promise<number> {
      const rows = await db
        .select({ hash: recoveryCodes.codeHash })
        .from(recoveryCodes)
        .where(and(eq(recoveryCodes.accountId, account), isNull(recoveryCodes.usedAt)))
        .limit(50);
      return rows.length;
    },

    async dropFactor(account: Id<"account">): Promise<boolean> {
      const [dropped] = await db.batch([
        db.delete(secondFactors).where(eq(secondFactors.accountId, account)).returning({ confirmedAt: secondFactors.confirmedAt }),
        db.delete(recoveryCodes).where(eq(recoveryCodes.accountId, account)),
      ]);
      return dropped.some(({ confirmedAt }) => confirmedAt !== null);
    },
  };
}
