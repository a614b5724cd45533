import { and, eq, gt, gte, inArray, lt, lte, type SQL, sql } from "drizzle-orm";
import { delayAfter, FORGET_AFTER, type ThrottlePolicy } from "~/kernel/throttle-policy";
import { later, type UtcMs } from "~/kernel/time";
import { throttles } from "./directory.tables";
import type { DirectoryDatabase } from "./directory-database.server";
import { signInAttempts } from "./sign-in.tables";

/** Sign-in attempts: so many in a window, and waits that grow. */
export function throttleIn(db: DirectoryDatabase) {
  return {
    /** Counts one more try under each key in its window and answers the largest count. */
    async countAttempt(keys: readonly string[], windowMs: number, at: UtcMs): Promise<number> {
      const window = windowStart(windowMs, at);
      const counted = await Promise.all(
        keys.map((key) =>
          db
            .insert(throttles)
            .values({ key, window, count: 1 })
            .onConflictDoUpdate({ target: [throttles.key, throttles.window], set: { count: sql`${throttles.count} + 1` } })
            .returning({ count: throttles.count }),
        ),
      );
      return Math.max(0, ...counted.flat().map((row) => row.count));
    },

    /** What turned out to be no wrong try is not counted as one. */
    async uncountAttempt(key: string, windowMs: number, at: UtcMs): Promise<void> {
      await db
        .update(throttles)
        .set({ count: sql`${throttles.count} - 1` })
        .where(and(eq(throttles.key, key), eq(throttles.window, windowStart(windowMs, at)), gt(throttles.count, 0)));
    },

    /** How many were counted in one window under all keys that begin so, by the rest of the key. */
    async attemptsOf(prefix: string, windowMs: number, at: UtcMs): Promise<Map<string, number>> {
      const rows = await db
        .select({ key: throttles.key, count: throttles.count })
        .from(throttles)
        .where(and(gte(throttles.key, prefix), lt(throttles.key, `${prefix}\u{10ffff}`), eq(throttles.window, windowStart(windowMs, at))))
        .limit(10_000);
      return new Map(rows.map(({ key, count }) => [key.slice(prefix.length), count]));
    },

    async forgetAttempts(keys: readonly string[]): Promise<void> {
      await db.delete(throttles).where(inArray(throttles.key, [...keys]));
    },

    /** Counts a try before it is made. Answers null where it may be made, or else when the next one may. */
    async reserveAttempt(key: string, policy: ThrottlePolicy, at: UtcMs): Promise<UtcMs | null> {
      const count = sql`(case when ${signInAttempts.lastAt} < ${at - FORGET_AFTER} then 1 else ${signInAttempts.count} + 1 end)`;
      const first = { count: 1, lastAt: at, blockedUntil: later(at, delayAfter(policy, 1)) };
      const [taken] = await db
        .insert(signInAttempts)
        .values({ key, ...first })
        .onConflictDoUpdate({
          target: signInAttempts.key,
          set: { count, lastAt: at, blockedUntil: sql`${at} + ${delayInSql(policy, count)}` },
          setWhere: lte(signInAttempts.blockedUntil, at),
        })
        .returning({ key: signInAttempts.key });
      if (taken) return null;
      const [row] = await db.select({ until: signInAttempts.blockedUntil }).from(signInAttempts).where(eq(signInAttempts.key, key)).limit(1);
      return row?.until ?? at;
    },

    async clearAttempts(keys: readonly string[]): Promise<void> {
      await db.delete(signInAttempts).where(inArray(signInAttempts.key, [...keys]));
    },
  };
}

const windowStart = (windowMs: number, at: UtcMs): number => at - (at % windowMs);

/** `waitAfter` for a count that only the database knows. */
function delayInSql(policy: ThrottlePolicy, count: SQL): SQL {
  const cases = policy.delays.map((delay, at) => sql`when ${count} = ${policy.from + at} then ${delay}`);
  return sql`(case when ${count} < ${policy.from} then 0 ${sql.join(cases, sql` `)} else ${policy.delays.at(-1) ?? 0} end)`;
}
