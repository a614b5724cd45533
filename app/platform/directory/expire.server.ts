import { lt, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import { idleBounds } from "~/kernel/session-rules";
import { FORGET_AFTER } from "~/kernel/throttle-policy";
import { DAY, type UtcMs } from "~/kernel/time";
import { outbox } from "~/platform/database/tenant.tables";
import { filingTokens, sessions, signInLinks, throttles } from "./directory.tables";
import type { DirectoryDatabase } from "./directory-database.server";
import { signInAttempts } from "./sign-in.tables";

/** At most so many rows in one statement, so that none takes long. */
const AT_ONCE = 2_000;
const ROUNDS = 50;

/** How long something is kept after its time, for those who come back to it. */
const kept = {
  /** Longer than any window in which tries are counted. */
  throttles: 7 * DAY,
  /** Old links are kept for a while, so that their answer can be that they are old. */
  links: 30 * DAY,
  endedSessions: 30 * DAY,
  filingTokens: 30 * DAY,
  /** Longer than a shop may let anybody stay away and find themselves signed in. */
  idleSessions: (idleBounds.customer.most + 30) * DAY,
  /** An effect's key keeps its twin out, and no twin comes so late. */
  doneEffects: 90 * DAY,
};

/** Rows of tenants that a module has no more use for, across all of them. */
export type OldRows = { from: SQLiteTable; where: SQL };

/** Forgets what is of no more use. Records and their journal are kept for good; so is an effect that was given up, for somebody to look at. */
export function forgetIn(db: DirectoryDatabase, tenants: DirectoryDatabase) {
  return {
    /** Answers how many rows went. What a large backlog leaves over goes the next time. */
    async forgetOld(at: UtcMs, more: readonly OldRows[] = []): Promise<number> {
      let forgotten = 0;
      forgotten += await forget(db, throttles.window, at - kept.throttles);
      forgotten += await forget(db, signInAttempts.lastAt, at - FORGET_AFTER);
      forgotten += await forget(db, signInLinks.expiresAt, at - kept.links);
      forgotten += await forget(db, filingTokens.expiresAt, at - kept.filingTokens);
      forgotten += await forget(db, sessions.endedAt, at - kept.endedSessions);
      forgotten += await forget(db, sessions.lastSeenAt, at - kept.idleSessions);
      forgotten += await forget(tenants, outbox.doneAt, at - kept.doneEffects);
      for (const { from, where } of more) forgotten += await forgetRows(tenants, from, where);
      return forgotten;
    },
  };
}

/** Deletes the rows whose `column` is earlier than `before`. */
const forget = (db: DirectoryDatabase, column: SQLiteColumn, before: number): Promise<number> => forgetRows(db, column.table, lt(column, before));

async function forgetRows(db: DirectoryDatabase, from: SQLiteTable, where: SQL): Promise<number> {
  let forgotten = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const { meta } = await db.run(sql`delete from ${from} where rowid in (select rowid from ${from} where ${where} limit ${AT_ONCE})`);
    if (meta.changes === 0) break;
    forgotten += meta.changes;
  }
  return forgotten;
}
