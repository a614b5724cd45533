import { and, asc, desc, eq, gt, gte, isNull, lte, sql } from "drizzle-orm";
import { later, MINUTE, toUtcMs, type UtcMs } from "~/kernel/time";
import { isTaken } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { journal } from "~/platform/database/tenant.tables";
import { journalSeals, sealLeases } from "./audit.tables";
import { beforeFirst, type JournalRow, type Link, type Mark, type RecordKey, type Seal } from "./seal";

/**
 * How much older than the newest sealed row a late-committed row may be. Anything older was not written by us: it stays
 * unsealed, and verification reports it.
 */
const LATECOMER = 10 * MINUTE;

const ofOneRecord = sql`${and(eq(journal.recordKind, journalSeals.recordKind), eq(journal.recordId, journalSeals.recordId), eq(journal.version, journalSeals.version))}`;

/** The raw stored text, because parsing the JSON columns would lose bytes that belong to the row. */
const stored = {
  organizationId: journal.organizationId,
  recordKind: journal.recordKind,
  recordId: journal.recordId,
  version: journal.version,
  about: journal.about,
  at: journal.at,
  actor: sql<string>`${journal.actor}`,
  event: journal.event,
  ip: journal.ip,
  userAgent: journal.userAgent,
  body: sql<string>`${journal.body}`,
};

/** Seals of journal rows. Jobs write them; jobs and the operator read them. */
export function sealStore(db: ScopedDatabase<"job"> | ScopedDatabase<"operator">) {
  return {
    /** Takes the sealer's lease until `until`; false if someone else holds it. */
    async take(now: UtcMs, until: UtcMs): Promise<boolean> {
      const [taken] = await db.batch([db.upsert(sealLeases, { heldUntil: until }, [], { heldUntil: until }, lte(sealLeases.heldUntil, now))]);
      return taken?.meta.changes === 1;
    },

    /** Releases the lease taken until `until`; a lease that passed to another holder is left alone. */
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

    /** The oldest unsealed rows up to now; `newest` is the time of the newest sealed row. */
    unsealed: (newest: UtcMs | null, now: UtcMs, most: number): Promise<JournalRow[]> =>
      db.query({
        from: journal,
        columns: stored,
        leftJoin: [[journalSeals, ofOneRecord]],
        where: and(isNull(journalSeals.place), lte(journal.at, now), newest === null ? undefined : gte(journal.at, later(newest, -LATECOMER))),
        orderBy: [asc(journal.at), asc(journal.recordKind), asc(journal.recordId), asc(journal.version)],
        limit: most,
      }),

    /** Any unsealed row from before `at`. */
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

    /** Adds all or none. False if another sealer used one of these rows or places. */
    async add(seals: readonly Seal[]): Promise<boolean> {
      try {
        await db.batch(seals.map((seal) => db.insert(journalSeals, seal)));
        return true;
      } catch (cause) {
        if (isTaken(cause, "journal_seals.")) return false;
        throw cause;
      }
    },

    /** The chain after a place: each seal with its row. */
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
