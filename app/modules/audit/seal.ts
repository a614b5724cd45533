import { err, ok, type Result } from "~/kernel/result";
import { later, MINUTE, type UtcMs } from "~/kernel/time";

/** A keyed hash: without the key, no one can reseal changed rows. */
export type Mac = (text: string) => string;

export type RecordKey = { recordKind: string; recordId: string; version: number };

/** A journal row as stored: `actor` and `body` are the raw database text, so that every byte counts. */
export type JournalRow = RecordKey & {
  organizationId: string;
  about: string | null;
  at: UtcMs;
  actor: string;
  event: string;
  ip: string | null;
  userAgent: string | null;
  body: string;
};

export type Seal = RecordKey & { place: number; hash: string };
/** A seal with its row, if the row still exists. */
export type Link = Seal & { row: JournalRow | null };
/** A place of the chain and its hash: the head, or an anchor from file storage. */
export type Mark = { place: number; hash: string };

export type Why = "changed" | "missing row" | "reordered" | "unsealed for over 5 minutes" | "tail cut";
/** `place` is null for an unsealed row. */
export type Fault = { why: Why; place: number | null; record: RecordKey | null };

export const beforeFirst: Mark = { place: 0, hash: "" };
export const SEALED_WITHIN = 5 * MINUTE;

/** Canonical text of a row: every column, in a fixed order. */
export function rowBytes(row: JournalRow): string {
  return JSON.stringify([
    row.organizationId,
    row.recordKind,
    row.recordId,
    row.version,
    row.about,
    row.at,
    row.actor,
    row.event,
    row.ip,
    row.userAgent,
    row.body,
  ]);
}

const hashOf = (mac: Mac, previous: string, row: JournalRow): string => mac(`${previous}\n${rowBytes(row)}`);
export const keyOf = ({ recordKind, recordId, version }: RecordKey): RecordKey => ({ recordKind, recordId, version });

/** Assigns rows, in the given order, the places after `head`. */
export function sealAfter(mac: Mac, head: Mark, rows: readonly JournalRow[]): Seal[] {
  let { place, hash } = head;
  return rows.map((row) => {
    place += 1;
    hash = hashOf(mac, hash, row);
    return { ...keyOf(row), place, hash };
  });
}

/** Verifies the chain from `head` on. Returns the new head, or the first fault. */
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
    // A chain that was cut and grew again is consistent in itself, but doesn't match its anchors.
    if (anchored.has(place) && anchored.get(place) !== link.hash) return fault("tail cut");
    at = { place, hash: link.hash };
  }
  return ok(at);
}

/** Whether the row that belongs after `previous` exists at a later place. */
function isSealedLater(mac: Mac, previous: string, hash: string, links: readonly Link[]): boolean {
  return links.some((link) => {
    const moved = link.row && hashOf(mac, previous, link.row);
    return moved === hash || moved === link.hash;
  });
}

/** The fault of an anchor beyond the end of the chain, or null. */
export function cutAfter(head: Mark, anchors: readonly Mark[]): Fault | null {
  return anchors.some(({ place }) => place > head.place) ? { why: "tail cut", place: head.place + 1, record: null } : null;
}

/** Rows at or before this instant must be sealed. */
export const sealedUpTo = (now: UtcMs): UtcMs => later(now, -SEALED_WITHIN);
export const unsealed = (record: RecordKey): Fault => ({ why: "unsealed for over 5 minutes", place: null, record: keyOf(record) });

type Log = { chain: readonly Seal[]; rows: readonly JournalRow[]; anchors: readonly Mark[]; now: UtcMs };

/** Verifies a whole log: the number of sealed rows, or the first fault. */
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
