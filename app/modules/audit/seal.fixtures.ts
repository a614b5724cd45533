import { createHmac } from "node:crypto";
import { DAY, later, MINUTE, toUtcMs } from "~/kernel/time";
import { beforeFirst, type JournalRow, keyOf, type Mac, type Mark, type RecordKey, type Seal, sealAfter, type Why } from "./seal";

export const macWith =
  (key: string): Mac =>
  (text) =>
    createHmac("sha256", key).update(text).digest("base64url");
export const mac = macWith("a key that the forger does not have");

export type Log = { chain: Seal[]; rows: JournalRow[]; anchors: Mark[]; now: ReturnType<typeof toUtcMs> };

const start = toUtcMs(Date.UTC(2030, 2, 1, 9));
export const rowAt = (nth: number): JournalRow => ({
  organizationId: "org_1",
  recordKind: nth % 3 ? "work-order" : "sign-in",
  recordId: `rec_${nth % 7}`,
  version: nth,
  about: nth % 2 ? "cus_1" : null,
  at: later(start, nth * MINUTE),
  actor: `{"audience":"staff","id":"mem_${nth % 4}","name":"Person ${nth % 4}"}`,
  event: nth % 3 ? "work-order.moved" : "sign-in.accepted",
  ip: nth % 3 ? null : `192.0.2.${nth % 250}`,
  userAgent: nth % 3 ? null : "Mozilla/5.0",
  body: `{"from":"open","to":"completed","nth":${nth}}`,
});

/** A fully sealed log of this length, with its newest hash anchored. */
export function sealedLog(length: number): Log {
  const rows = Array.from({ length }, (_, nth) => rowAt(nth));
  const chain = sealAfter(mac, beforeFirst, rows);
  const last = chain.at(-1);
  return { chain, rows, anchors: last ? [{ place: last.place, hash: last.hash }] : [], now: later(start, DAY) };
}

export const columns = ["organizationId", "about", "at", "actor", "event", "ip", "userAgent", "body"] as const;
export const attacks = [
  "edit",
  "rename",
  "delete row",
  "delete seal",
  "delete both",
  "delete and close the gap",
  "swap seals",
  "swap records",
  "swap contents",
  "seal again with another key",
  "cut both",
  "cut rows",
  "cut seals",
  "slip in",
] as const;

export type Attack = { kind: (typeof attacks)[number]; place: number; other: number; column: (typeof columns)[number] };
export type Expected = { place: number | null; why: readonly Why[] };

const sameRecord = (a: RecordKey, b: RecordKey) => JSON.stringify(keyOf(a)) === JSON.stringify(keyOf(b));
const without = (rows: readonly JournalRow[], gone: readonly RecordKey[]) => rows.filter((row) => !gone.some((one) => sameRecord(one, row)));
const edited = (row: JournalRow, column: Attack["column"]): JournalRow => ({ ...row, [column]: column === "at" ? row.at + 1 : `${row[column] ?? ""}.` });

/** Attacks by someone with the whole database but without the key, and where each must be found. */
export function attacked(log: Log, { kind, place, other, column }: Attack): { log: Log; expected: Expected } {
  const [first, second] = [Math.min(place, other), Math.max(place, other)];
  const at = (nth: number): Seal => log.chain[nth - 1] ?? { ...keyOf(rowAt(0)), place: 0, hash: "" };
  const isLast = place === log.chain.length;
  const seal = at(place);
  const found = (changed: Partial<Log>, where: number | null, ...why: Why[]) => ({ log: { ...log, ...changed }, expected: { place: where, why } });
  const replaced = (change: (row: JournalRow) => JournalRow) => log.rows.map((row) => (sameRecord(row, seal) ? change(row) : row));
  const deleted = { rows: without(log.rows, [seal]) };
  const unlisted = log.chain.filter((one) => one !== seal);
  const swapped = (change: (mine: Seal, its: Seal) => Seal) =>
    log.chain.map((one) => (one.place === first ? change(one, at(second)) : one.place === second ? change(one, at(first)) : one));

  switch (kind) {
    case "edit":
      return found({ rows: replaced((row) => edited(row, column)) }, place, "changed");
    case "rename":
      return found({ rows: replaced((row) => ({ ...row, recordId: "rec_other" })) }, place, "missing row");
    case "delete row":
      return found(deleted, place, "missing row");
    case "delete seal":
      return found({ chain: unlisted }, place, isLast ? "tail cut" : "missing row");
    case "delete both":
      return found({ ...deleted, chain: unlisted }, place, isLast ? "tail cut" : "missing row");
    case "delete and close the gap":
      return found({ ...deleted, chain: unlisted.map((one, nth) => ({ ...one, place: nth + 1 })) }, place, isLast ? "tail cut" : "changed");
    case "swap seals":
      return found({ chain: swapped((mine, its) => ({ ...its, place: mine.place })) }, first, "reordered");
    case "swap records":
      return found({ chain: swapped((mine, its) => ({ ...keyOf(its), place: mine.place, hash: mine.hash })) }, first, "reordered");
    case "swap contents": {
      const [a, b] = [rowOf(log, at(first)), rowOf(log, at(second))];
      return found(
        { rows: log.rows.map((row) => (sameRecord(row, a) ? { ...b, ...keyOf(a) } : sameRecord(row, b) ? { ...a, ...keyOf(b) } : row)) },
        first,
        "changed",
      );
    }
    case "seal again with another key": {
      const before = log.chain.slice(0, place - 1);
      const rows = log.chain.slice(place - 1).map((one) => rowOf(log, one));
      return found({ chain: [...before, ...sealAfter(macWith("the forger's own"), before.at(-1) ?? beforeFirst, rows)] }, place, "changed");
    }
    case "cut both":
      return found({ chain: log.chain.slice(0, place - 1), rows: without(log.rows, log.chain.slice(place - 1)) }, place, "tail cut");
    case "cut rows":
      return found({ rows: without(log.rows, log.chain.slice(place - 1)) }, place, "missing row");
    case "cut seals":
      return found({ chain: log.chain.slice(0, place - 1) }, place, "tail cut");
    case "slip in":
      return found({ rows: [...log.rows, { ...rowOf(log, seal), recordId: "rec_forged" }] }, null, "unsealed for over 5 minutes");
  }
}

function rowOf(log: Log, seal: RecordKey): JournalRow {
  const row = log.rows.find((one) => sameRecord(one, seal));
  if (!row) throw new Error("a log that was not sealed");
  return row;
}
