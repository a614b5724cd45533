import { and, eq, inArray, isNotNull, isNull, lt, lte, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { FORGET_AFTER, type Patience, waitAfter } from "~/kernel/patience";
import { later, type UtcMs } from "~/kernel/time";
import type { DirectoryDatabase } from "./directory.server";
import { doorTries, recoveryCodes, secondFactors } from "./door.tables";

export type SecondFactor = typeof secondFactors.$inferSelect;

/** What the doors keep beside people: second factors, and tries that must wait. */
export function doorsOf(db: DirectoryDatabase) {
  return {
    /** Counts a try before it is made. Answers null where it may be made, or else when the next one may. */
    async takeTry(key: string, patience: Patience, at: UtcMs): Promise<UtcMs | null> {
      const count = sql`(case when ${doorTries.lastAt} < ${at - FORGET_AFTER} then 1 else ${doorTries.count} + 1 end)`;
      const first = { count: 1, lastAt: at, waitUntil: later(at, waitAfter(patience, 1)) };
      const [taken] = await db
        .insert(doorTries)
        .values({ key, ...first })
        .onConflictDoUpdate({
          target: doorTries.key,
          set: { count, lastAt: at, waitUntil: sql`${at} + ${waitInSql(patience, count)}` },
          setWhere: lte(doorTries.waitUntil, at),
        })
        .returning({ key: doorTries.key });
      if (taken) return null;
      const [row] = await db.select({ until: doorTries.waitUntil }).from(doorTries).where(eq(doorTries.key, key)).limit(1);
      return row?.until ?? at;
    },

    async clearTries(keys: readonly string[]): Promise<void> {
      await db.delete(doorTries).where(inArray(doorTries.key, [...keys]));
    },

    /** What takeTry would begin anew all the same. */
    async forgetOldTries(at: UtcMs): Promise<void> {
      await db.delete(doorTries).where(lt(doorTries.lastAt, later(at, -FORGET_AFTER)));
    },

    async secondFactor(account: Id<"account">): Promise<SecondFactor | null> {
      const [row] = await db.select().from(secondFactors).where(eq(secondFactors.accountId, account)).limit(1);
      return row ?? null;
    },

    /** Keeps a secret that is not confirmed yet; a confirmed one stays. */
    async offerFactor(row: SecondFactor): Promise<void> {
      const { secret, createdAt, lastStep } = row;
      await db
        .insert(secondFactors)
        .values(row)
        .onConflictDoUpdate({ target: secondFactors.accountId, set: { secret, createdAt, lastStep }, setWhere: isNull(secondFactors.confirmedAt) });
    },

    /** Switches the offered factor on, with fresh recovery codes, in one batch. Of two at once one does. */
    async confirmFactor(account: Id<"account">, step: number, codeHashes: readonly string[], at: UtcMs): Promise<boolean> {
      const offered = and(eq(secondFactors.accountId, account), isNull(secondFactors.confirmedAt));
      const stands = sql`exists (select 1 from ${secondFactors} where ${offered})`;
      const [, , confirmed] = await db.batch([
        db.delete(recoveryCodes).where(and(eq(recoveryCodes.accountId, account), stands)),
        db.insert(recoveryCodes).select(sql`select ${account}, value, null from json_each(${JSON.stringify(codeHashes)}) where ${stands}`),
        db.update(secondFactors).set({ confirmedAt: at, lastStep: step }).where(offered).returning({ account: secondFactors.accountId }),
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

/** `waitAfter` for a count that only the database knows. */
function waitInSql(patience: Patience, count: SQL): SQL {
  const cases = patience.waits.map((wait, at) => sql`when ${count} = ${patience.from + at} then ${wait}`);
  return sql`(case when ${count} < ${patience.from} then 0 ${sql.join(cases, sql` `)} else ${patience.waits.at(-1) ?? 0} end)`;
}
