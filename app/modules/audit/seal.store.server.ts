import { and, asc, desc, eq, gt, gte, isNull, lte, sql } from "drizzle-orm";
import { later, MINUTE, toUtcMs, type UtcMs } from "~/kernel/time";
import { isTaken } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { journal } from "~/platform/database/tenant.tables";
import { journalSeals, sealLeases } from "./audit.tables";
import { beforeFirst, type JournalRow, type Link, type Mark, type RecordKey, type Seal } from "./seal";

/**
 * How far behind the newest sealed row one may be that was committed after it. What says that it is older still
 * was not written by us: it stays unsealed, and the verifier names it.
 */
const LATECOMER = 10 * MINUTE;

const ofOneRecord = sql`${and(eq(journal.recordKind, journalSeals.recordKind), eq(journal.recordId, journalSeals.recordId), eq(journal.version, journalSeals.version))}`;

/** As stored: bytes that the JSON columns would not give back are part of the row. */
const stored = {
  organizationId: journal.organizationId,
  recordKind: journal.recordKind,
  recordId: journal.recordId,
  version: journal.version,
  about: journal.about,
  at: journal.at,
  actor: sql<string>`${journal.actor}`,
  what: journal.what,
  ip: journal.ip,
  userAgent: journal.userAgent,
  body: sql<string>`${journal.body}`,
};

/** Places of journal rows: a job's to give, a job's or the operator's to look at. */
export function sealStore(db: ScopedDatabase<"job"> | ScopedDatabase<"operator">) {
  return {
    /** Whether the right to seal was free; it is ours until `until`. */
    async take(now: UtcMs, until: UtcMs): Promise<boolean> {
      const [taken] = await db.batch([db.upsert(sealLeases, { heldUntil: until }, [], { heldUntil: until }, lte(sealLeases.heldUntil, now))]);
      return taken?.meta.changes === 1;
    },

    /** Gives back the right that was taken until `until`; one that has passed on to somebody else is left alone. */
    async release(until: UtcMs): Promise<void> {
      await db.batch([db.update(sealLeases, { heldUntil: toUtcMs(0) }, eq(sealLeases.heldUntil, until))]);
    },

    async head(): Promise<Mark & { at: UtcMs | null }> {
      const [newest] = await db.query({
        from: journalSeals,
        columns: { place: journalSeals.place, hash: journalSeals.hash, at: sql<UtcMs | null>`${journal.at}` },
        leftJoin: [[journal, ofOneRecord]],
        orderBy: [desc(journalSeals.place)],
        limit: 1,
      });
      return newest ?? { ...beforeFirst, at: null };
    },

    /** The oldest rows without a place up to now; `newest` is when the newest one with a place was written. */
    unsealed: (newest: UtcMs | null, now: UtcMs, most: number): Promise<JournalRow[]> =>
      db.query({
        from: journal,
        columns: stored,
        leftJoin: [[journalSeals, ofOneRecord]],
        where: and(isNull(journalSeals.place), lte(journal.at, now), newest === null ? undefined : gte(journal.at, later(newest, -LATECOMER))),
        orderBy: [asc(journal.at), asc(journal.recordKind), asc(journal.recordId), asc(journal.version)],
        limit: most,
      }),

    /** One row without a place from before `at`, wherever in the journal it stands. */
    async leftUnsealed(at: UtcMs): Promise<RecordKey | null> {
      const [row] = await db.query({
        from: journal,
        columns: { recordKind: journal.recordKind, recordId: journal.recordId, version: journal.version },
        leftJoin: [[journalSeals, ofOneRecord]],
        where: and(isNull(journalSeals.place), lte(journal.at, at)),
        orderBy: [asc(journal.at)],
        limit: 1,
      });
      return row ?? null;
    },

    /** All or none. False where somebody else has given one of these rows or places away. */
    async add(seals: readonly Seal[]): Promise<boolean> {
      try {
        await db.batch(seals.map((seal) => db.insert(journalSeals, seal)));
        return true;
      } catch (cause) {
        if (isTaken(cause, "journal_seals.")) return false;
        throw cause;
      }
    },

    /** The chain after a place, each seal with its row. */
    async links(after: number, most: number): Promise<Link[]> {
      const { place, hash, recordKind, recordId, version } = journalSeals;
      const rows = await db.query({
        from: journalSeals,
        columns: { place, hash, sealKind: recordKind, sealId: recordId, sealVersion: version, ...stored, found: sql<string | null>`${journal.recordKind}` },
        leftJoin: [[journal, ofOneRecord]],
        where: gt(place, after),
        orderBy: [asc(place)],
        limit: most,
      });
      return rows.map(({ place, hash, sealKind, sealId, sealVersion, found, ...row }) => ({
        place,
        hash,
        recordKind: sealKind,
        recordId: sealId,
        version: sealVersion,
        row: found === null ? null : row,
      }));
    },
  };
}
