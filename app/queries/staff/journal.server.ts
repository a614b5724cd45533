import { and, desc, eq, inArray, or, sql } from "drizzle-orm";
import { journalSeals } from "~/modules/audit/audit.tables";
import { type JournalCursor, type Topic, topics } from "~/modules/audit/journal-topics";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { journal } from "~/platform/database/tenant.tables";
import { csvStream } from "~/platform/http/csv.server";
import { describeEvent } from "../journal-events";

const PER_PAGE = 50;
const CSV_PAGE = 1_000;
export const CSV_ROWS = 50_000;

type Wanted = { topic: Topic | null; before: JournalCursor | null };

const { at, recordKind, recordId, version } = journal;
const columns = {
  recordKind,
  recordId,
  version,
  about: journal.about,
  at,
  actor: journal.actor,
  event: journal.event,
  ip: journal.ip,
  userAgent: journal.userAgent,
  body: journal.body,
  place: sql<number | null>`${journalSeals.place}`,
};

async function rowsOf(db: ScopedDatabase<"staff">, { topic, before }: Wanted, most: number) {
  // The index covers the time; the rest only orders rows of the same millisecond.
  const older =
    before &&
    and(
      sql`${at} <= ${before.at}`,
      or(sql`${at} < ${before.at}`, sql`(${recordKind}, ${recordId}, ${version}) < (${before.kind}, ${before.id}, ${before.version})`),
    );
  const rows = await db.query({
    from: journal,
    columns,
    leftJoin: [[journalSeals, sql`${and(eq(journalSeals.recordKind, recordKind), eq(journalSeals.recordId, recordId), eq(journalSeals.version, version))}`]],
    where: and(topic ? inArray(recordKind, [...topics[topic].kinds]) : undefined, older ?? undefined),
    orderBy: [desc(at), desc(recordKind), desc(recordId), desc(version)],
    limit: most + 1,
  });
  const page = rows.slice(0, most);
  const last = page.at(-1);
  return {
    rows: page,
    next: rows.length > most && last ? ({ at: last.at, kind: last.recordKind, id: last.recordId, version: last.version } satisfies JournalCursor) : null,
  };
}

/** A page of the journal, newest first, and the cursor of the next page. */
export const readJournal = (db: ScopedDatabase<"staff">, wanted: Wanted) => rowsOf(db, wanted, PER_PAGE);

const HEADINGS = ["When (UTC)", "Who", "As", "What", "Event", "Record", "Id", "Version", "About", "IP address", "Program", "Details", "Place in the chain"];

/** The journal as CSV, streamed page by page, up to 50,000 rows. */
export function journalCsv(db: ScopedDatabase<"staff">, topic: Topic | null, rowsAPage = CSV_PAGE): ReadableStream<Uint8Array> {
  let left = CSV_ROWS;
  return csvStream({
    headings: HEADINGS,
    async read(before: JournalCursor | null) {
      const { rows, next } = await rowsOf(db, { topic, before }, Math.min(rowsAPage, left));
      left -= rows.length;
      return { rows, next: left > 0 ? next : null };
    },
    cells: (row) => [
      new Date(row.at).toISOString(),
      row.actor.name,
      row.actor.audience,
      describeEvent(row).what,
      row.event,
      row.recordKind,
      row.recordId,
      row.version,
      row.about,
      row.ip,
      row.userAgent,
      JSON.stringify(row.body),
      row.place,
    ],
  });
}
