import { err, ok, type Result } from "~/kernel/result";
import { later, MINUTE, type UtcMs } from "~/kernel/time";

/** A keyed hash: without its key nobody can seal what they changed. */
export type Mac = (text: string) => string;

export type RecordKey = { recordKind: string; recordId: string; version: number };

/** A journal row as it is stored: `actor` and `body` are the text in the database, so that each of their bytes counts. */
export type JournalRow = RecordKey & {
  organizationId: string;
  about: string | null;
  at: UtcMs;
  actor: string;
  what: string;
  ip: string | null;
  userAgent: string | null;
  body: string;
};

export type Seal = RecordKey & { place: number; hash: string };
/** A seal with the row that it names, where that row is still there. */
export type Link = Seal & { row: JournalRow | null };
/** A place of the chain and what stood there: the newest one, or one that was put aside in the files. */
export type Mark = { place: number; hash: string };

export type Why = "changed" | "missing row" | "reordered" | "unsealed for over 5 minutes" | "tail cut";
/** A row without a seal has no place. */
export type Fault = { why: Why; place: number | null; record: RecordKey | null };

export const beforeFirst: Mark = { place: 0, hash: "" };
export const SEALED_WITHIN = 5 * MINUTE;

/** One text per row, the same for the same row: every column, in an order that never changes. */
export function rowBytes(row: JournalRow): string {
  return JSON.stringify([
    row.organizationId,
    row.recordKind,
    row.recordId,
    row.version,
    row.about,
    row.at,
    row.actor,
    row.what,
    row.ip,
    row.userAgent,
    row.body,
  ]);
}

const hashOf = (mac: Mac, previous: string, row: JournalRow): string => mac(`${previous}\n${rowBytes(row)}`);
export const keyOf = ({ recordKind, recordId, version }: RecordKey): RecordKey => ({ recordKind, recordId, version });

/** Gives rows, in the order that they come in, the places after `head`. */
export function sealAfter(mac: Mac, head: Mark, rows: readonly JournalRow[]): Seal[] {
  let { place, hash } = head;
  return rows.map((row) => {
    place += 1;
    hash = hashOf(mac, hash, row);
    return { ...keyOf(row), place, hash };
  });
}

/** Walks the chain on from `head`. Answers the new head, or the first place where it breaks. */
export function follow(mac: Mac, head: Mark, links: readonly Link[], anchors: readonly Mark[]): Result<Mark, Fault> {
  const anchored = new Map(anchors.map(({ place, hash }) => [place, hash]));
  let at = head;
  for (const [nth, link] of links.entries()) {
    const place = at.place + 1;
    const fault = (why: Why): { ok: false; error: Fault } => err({ why, place, record: keyOf(link) });
    if (link.place > place) return err({ why: "missing row", place, record: null });
    if (link.place < place) return fault("reordered");
    if (!link.row) return fault("missing row");
    if (hashOf(mac, at.hash, link.row) !== link.hash) return fault(isSealedLater(mac, at.hash, link.hash, links.slice(nth + 1)) ? "reordered" : "changed");
    // A chain that was cut and grew again is whole in itself, but not what was put aside.
    if (anchored.has(place) && anchored.get(place) !== link.hash) return fault("tail cut");
    at = { place, hash: link.hash };
  }
  return ok(at);
}

/** Whether the row that belongs after `previous` is there, at a later place. */
function isSealedLater(mac: Mac, previous: string, hash: string, links: readonly Link[]): boolean {
  return links.some((link) => {
    const moved = link.row && hashOf(mac, previous, link.row);
    return moved === hash || moved === link.hash;
  });
}

/** What was put aside and is not in the chain any more. */
export function cutAfter(head: Mark, anchors: readonly Mark[]): Fault | null {
  return anchors.some(({ place }) => place > head.place) ? { why: "tail cut", place: head.place + 1, record: null } : null;
}

/** Rows at or before this instant must have a place. */
export const sealedUpTo = (now: UtcMs): UtcMs => later(now, -SEALED_WITHIN);
export const unsealed = (record: RecordKey): Fault => ({ why: "unsealed for over 5 minutes", place: null, record: keyOf(record) });

type Log = { chain: readonly Seal[]; rows: readonly JournalRow[]; anchors: readonly Mark[]; now: UtcMs };

/** A whole log at once: how many rows are sealed, or the first fault. */
export function verify(mac: Mac, { chain, rows, anchors, now }: Log): Result<{ sealed: number }, Fault> {
  const nameOf = (key: RecordKey) => JSON.stringify([key.recordKind, key.recordId, key.version]);
  const byName = new Map(rows.map((row) => [nameOf(row), row]));
  const walked = follow(
    mac,
    beforeFirst,
    chain.map((seal) => ({ ...seal, row: byName.get(nameOf(seal)) ?? null })),
    anchors,
  );
  if (!walked.ok) return walked;
  const cut = cutAfter(walked.value, anchors);
  if (cut) return err(cut);
  const sealed = new Set(chain.map(nameOf));
  const left = rows.find((row) => row.at <= sealedUpTo(now) && !sealed.has(nameOf(row)));
  return left ? err(unsealed(left)) : ok({ sealed: walked.value.place });
}
