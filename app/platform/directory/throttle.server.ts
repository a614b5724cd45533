import { and, eq, gt, inArray, lte, type SQL, sql } from "drizzle-orm";
import { FORGET_AFTER, type Patience, waitAfter } from "~/kernel/throttle-policy";
import { later, type UtcMs } from "~/kernel/time";
import { throttles } from "./directory.tables";
import type { DirectoryDatabase } from "./directory-database.server";
import { doorTries } from "./sign-in.tables";

/** Tries at the doors: so many in a window, and waits that grow. */
export function triesIn(db: DirectoryDatabase) {
  return {
    /** Counts one more try under each key in its window and answers the largest count. */
    async countTry(keys: readonly string[], windowMs: number, at: UtcMs): Promise<number> {
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
    async uncountTry(key: string, windowMs: number, at: UtcMs): Promise<void> {
      await db
        .update(throttles)
        .set({ count: sql`${throttles.count} - 1` })
        .where(and(eq(throttles.key, key), eq(throttles.window, windowStart(windowMs, at)), gt(throttles.count, 0)));
    },

    async forgetTries(keys: readonly string[]): Promise<void> {
      await db.delete(throttles).where(inArray(throttles.key, [...keys]));
    },

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
  };
}

const windowStart = (windowMs: number, at: UtcMs): number => at - (at % windowMs);

/** `waitAfter` for a count that only the database knows. */
function waitInSql(patience: Patience, count: SQL): SQL {
  const cases = patience.waits.map((wait, at) => sql`when ${count} = ${patience.from + at} then ${wait}`);
  return sql`(case when ${count} < ${patience.from} then 0 ${sql.join(cases, sql` `)} else ${patience.waits.at(-1) ?? 0} end)`;
}
