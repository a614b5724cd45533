import { and, eq } from "drizzle-orm";
import type { Audience } from "~/kernel/audience";
import type { Effect } from "~/kernel/effects";
import type { JournalEvent } from "~/kernel/events";
import { err, ok, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import type { ScopedDatabase, Statement } from "./scoped.server";
import { journal, outbox } from "./tenant.tables";

export type Entry = {
  record: { kind: string; id: string; version: number };
  at: UtcMs;
  event: JournalEvent;
  /** Another record whose activity this also belongs to. */
  about?: string;
};

/**
 * Commits journal entry, changes and effects as one batch. If somebody else already wrote this
 * version of the record, the entry collides, nothing is written and the answer is `stale`. `keys`: other unique keys,
 * named by their columns as for `isTaken`, that somebody else may take meanwhile, with the same answer.
 */
export async function save(
  db: ScopedDatabase<Audience>,
  entry: Entry,
  changes: readonly Statement[],
  effects: readonly Effect[] = [],
  keys: readonly string[] = [],
): Promise<Result<null, { kind: "stale" }>> {
  try {
    await db.batch([entryRow(db, entry), ...changes, ...effects.map((effect) => effectRow(db, effect, entry.at))]);
    return ok(null);
  } catch (cause) {
    if (["journal.", ...keys].some((key) => isTaken(cause, key))) return err({ kind: "stale" });
    throw cause;
  }
}

/** Another record has this id: one of another person, about something else or with other content. */
export type IdTaken = { kind: "id-taken" };

/**
 * Creates a record under an id that a form brought. The same form sent again is the same record; an id that is in use
 * for anything else is refused, because whoever sends a form may put any id in it.
 */
export async function saveNew(
  db: ScopedDatabase<Audience>,
  entry: Entry,
  changes: readonly Statement[],
  effects: readonly Effect[] = [],
): Promise<Result<null, IdTaken>> {
  const saved = await save(db, entry, changes, effects);
  if (saved.ok) return saved;
  const { kind, id, version } = entry.record;
  const [kept] = await db.query({
    from: journal,
    columns: { actor: journal.actor, event: journal.event, about: journal.about, body: journal.body },
    where: and(eq(journal.recordKind, kind), eq(journal.recordId, id), eq(journal.version, version)),
    limit: 1,
  });
  const { actor } = db.scope;
  const isSame =
    kept?.actor.audience === actor.audience &&
    kept.actor.id === actor.id &&
    kept.event === entry.event.code &&
    kept.about === (entry.about ?? null) &&
    JSON.stringify(kept.body) === JSON.stringify(entry.event.body);
  return isSame ? ok(null) : err({ kind: "id-taken" });
}

/** An event as its row holds it. */
export const eventColumns = ({ code, body }: JournalEvent) => ({ event: code, body: { ...body } });

/** One line of the journal, for a batch that changes several records at once. */
export function entryRow(db: ScopedDatabase<Audience>, entry: Entry): Statement {
  return db.insert(journal, {
    recordKind: entry.record.kind,
    recordId: entry.record.id,
    version: entry.record.version,
    at: entry.at,
    actor: db.scope.actor,
    about: entry.about ?? null,
    ip: db.scope.from?.ip ?? null,
    userAgent: db.scope.from?.userAgent ?? null,
    ...eventColumns(entry.event),
  });
}

export function effectRow(db: ScopedDatabase<Audience>, effect: Effect, at: UtcMs): Statement {
  return db.insertOnce(outbox, {
    key: effect.key,
    kind: effect.kind,
    body: { ...effect.body },
    record: effect.record,
    createdAt: at,
    dueAt: effect.dueAt ?? at,
    attempts: 0,
  });
}

/** Whether a write failed on a unique key whose columns are named like `part`. */
export const isTaken = (cause: unknown, part: string): boolean => isRefused(cause, "UNIQUE", part);

/** Whether the database refused a write by a rule of its own about columns that are named like `part`. */
export function isRefused(cause: unknown, rule: "UNIQUE" | "NOT NULL", part: string): boolean {
  for (let at: unknown = cause; at instanceof Error; at = at.cause) {
    if (at.message.includes(`${rule} constraint failed`) && at.message.includes(part)) return true;
  }
  return false;
}
