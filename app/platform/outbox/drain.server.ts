import { and, asc, eq, getTableColumns, isNotNull, isNull, lte, type SQL, sql } from "drizzle-orm";
import type { EffectDefinition } from "~/kernel/effects";
import type { Clock } from "~/kernel/time";
import { HOUR, later, MINUTE, SECOND, type UtcMs } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { outbox } from "~/platform/database/tenant.tables";
import { log } from "~/platform/log.server";

/** A provider that cannot take it now; `retryAfterMs` is the provider's own word where it gave one. */
export class Unavailable extends Error {
  constructor(
    message: string,
    readonly retryAfterMs: number | null = null,
  ) {
    super(message);
  }
}

/** What the provider will never take, such as a malformed address: trying again changes nothing. */
export class Refused extends Error {}

/** It isn't its turn: another time it may be, and this was no attempt. */
export class NotYet extends Error {
  constructor(readonly laterMs: number) {
    super("not yet");
  }
}

export type EffectHandler = Pick<EffectDefinition<object>, "via" | "timeoutMs"> & {
  handle(key: string, body: Record<string, unknown>, createdAt: UtcMs): Promise<void>;
};

export type OutboxDispatcher = {
  db: ScopedDatabase<"job">;
  clock: Clock;
  handlerOf(kind: string): EffectHandler | null;
  /** Called for an effect that is never tried again, so that a person is notified. */
  gaveUp?(kind: string, key: string): Promise<void>;
  /** Hands a row to the queue. */
  enqueue(key: string, delayMs: number): Promise<void>;
};

/** Longer than any handler may take; after it the sweep believes the attempt dead. */
const LEASE = 2 * MINUTE;
const GIVE_UP_AFTER = 30;

const isPending = (key: string) => and(eq(outbox.key, key), isNull(outbox.doneAt), isNotNull(outbox.dueAt));
const backoff = (attempts: number) => Math.min(HOUR, 2 ** attempts * 5 * SECOND);

/** How often an early message asks again whether those before it have left. */
const IN_TURN = 10 * SECOND;
const AT_ONCE = 100;

/** An effect of the same record that was caused before this one and is still to leave. What was given up is not. */
const isAfterAnother = sql`exists (select 1 from outbox earlier where earlier.organization_id = ${outbox.organizationId} and earlier.record = ${outbox.record} and earlier.due_at is not null and (earlier.created_at, earlier.rowid) < (${outbox.createdAt}, ${sql.raw("outbox.rowid")}))`;

/**
 * Sends what is due: own notices at once, the rest to the queue. Called after each answer and by the sweep. Effects of
 * one record leave one after the other, so it goes on until nothing more has become free; no row has more than one turn in it.
 */
export async function drain(dispatcher: OutboxDispatcher): Promise<number> {
  const taken = new Set<string>();
  const untaken = async () => (await dueRows(dispatcher)).filter(({ key }) => !taken.has(key));
  for (let due = await untaken(); due.length > 0; due = await untaken())
    for (const row of due) {
      taken.add(row.key);
      await handOver(dispatcher, row);
    }
  return taken.size;
}

const dueRows = ({ db, clock }: OutboxDispatcher, only?: SQL) =>
  db.query({
    from: outbox,
    columns: { key: outbox.key, kind: outbox.kind, dueAt: outbox.dueAt },
    where: and(lte(outbox.dueAt, clock.now()), sql`not ${isAfterAnother}`, only),
    orderBy: [asc(outbox.dueAt)],
    limit: AT_ONCE,
  });

type Due = Awaited<ReturnType<typeof dueRows>>[number];

/** Nothing happens where another drain, which had read the row too, was first. */
async function handOver(dispatcher: OutboxDispatcher, { key, kind, dueAt }: Due): Promise<void> {
  const via = dispatcher.handlerOf(kind)?.via;
  let delay: number | null = 0;
  if (via !== "queue") delay = await deliver(dispatcher, key, dueAt);
  // Not an attempt yet: the message may be lost, and the sweep hands the row over again.
  else if (!(await lease(dispatcher, { key, dueAt }, dispatcher.clock.now(), 0))) return;
  if (delay === null || via === "now" || via === undefined) return;
  // A queue that is down must not hold up our own notices; the sweep tries it again after the lease.
  await dispatcher.enqueue(key, delay).catch((cause) => log.error("outbox.not-queued", cause, { key, kind }));
}

/**
 * Delivers one row. At least once: a crash between the effect and `done` repeats it under the same key.
 * Answers how long to wait before the next try, or null when there is nothing left to do.
 * @param seen when it was due as its caller read it: who else came first has changed that, and then nothing is left to do here
 */
export async function deliver(dispatcher: OutboxDispatcher, key: string, seen?: UtcMs | null): Promise<number | null> {
  const { kind, body, record, attempts, createdAt, dueAt, waits } = outboxColumns;
  const [row] = await dispatcher.db.query({
    from: outbox,
    columns: { key: outbox.key, kind, body, record, attempts, createdAt, dueAt, waits },
    where: sql`${isPending(key)}`,
    limit: 1,
  });
  if (!row || (seen !== undefined && row.dueAt !== seen)) return null;
  if (row.waits) return IN_TURN;
  const delay = await attempt(dispatcher, row);
  // What waited for this one is free now.
  if (delay === null && row.record !== null && dispatcher.handlerOf(row.kind)?.via === "queue")
    for (const next of await dueRows(dispatcher, eq(outbox.record, row.record))) await handOver(dispatcher, next);
  return delay;
}

const outboxColumns = { ...getTableColumns(outbox), waits: sql<number>`${isAfterAnother}` };
type Row = { key: string; kind: string; body: Record<string, unknown>; attempts: number; createdAt: UtcMs; dueAt: UtcMs | null };

async function attempt(dispatcher: OutboxDispatcher, row: Row): Promise<number | null> {
  const { key } = row;
  const now = dispatcher.clock.now();
  // Another has begun it since; a message of the queue comes again, in case that one dies.
  if (!(await lease(dispatcher, row, now, 1))) return LEASE;
  const handler = dispatcher.handlerOf(row.kind);
  try {
    if (!handler) throw new Error(`nobody handles ${row.kind}`);
    await inTime(handler.handle(key, row.body, row.createdAt), handler.timeoutMs);
    await dispatcher.db.batch([dispatcher.db.update(outbox, { doneAt: dispatcher.clock.now(), dueAt: null, problem: null }, eq(outbox.key, key))]);
    return null;
  } catch (cause) {
    if (cause instanceof NotYet) {
      await dispatcher.db.batch([
        dispatcher.db.update(outbox, { dueAt: later(dispatcher.clock.now(), cause.laterMs), attempts: sql`${outbox.attempts} - 1` }, sql`${isPending(key)}`),
      ]);
      return cause.laterMs;
    }
    const attempts = row.attempts + 1;
    const gaveUp = cause instanceof Refused || attempts >= GIVE_UP_AFTER;
    const delay = (cause instanceof Unavailable && cause.retryAfterMs) || backoff(attempts);
    const problem = cause instanceof Error ? cause.message.slice(0, 300) : "unknown";
    if (gaveUp) log.error("outbox.gave-up", cause, { key, kind: row.kind, attempts });
    else log.warn("outbox.failed", { key, kind: row.kind, attempts, problem });
    // Another attempt may have come through meanwhile: what is done stays done.
    await dispatcher.db.batch([dispatcher.db.update(outbox, { dueAt: gaveUp ? null : later(now, delay), problem }, sql`${isPending(key)}`)]);
    if (gaveUp) await dispatcher.gaveUp?.(row.kind, key).catch((failed) => log.error("outbox.not-notified", failed, { key, kind: row.kind }));
    return gaveUp ? null : delay;
  }
}

/** Takes a row that nobody else took since it was read; answers whether. */
async function lease({ db }: OutboxDispatcher, { key, dueAt }: Pick<Row, "key" | "dueAt">, now: UtcMs, attempts: 0 | 1): Promise<boolean> {
  const untouched = sql`${and(isPending(key), sql`${outbox.dueAt} = ${dueAt}`)}`;
  const [taken] = await db.batch([db.update(outbox, { dueAt: later(now, LEASE), attempts: sql`${outbox.attempts} + ${attempts}` }, untouched)]);
  return taken?.meta.changes === 1;
}

/** The handler itself can't be stopped; what it still does is a delivery under the same key. */
async function inTime(work: Promise<void>, timeoutMs: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took longer than ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
