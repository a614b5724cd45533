import { and, asc, eq, isNotNull, isNull, lte, sql } from "drizzle-orm";
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

export type EffectHandler = {
  /** `now`: quick and inside our own house, done right after the answer. `queue`: paced, through the queue. */
  via: "now" | "queue";
  handle(key: string, body: Record<string, unknown>, createdAt: UtcMs): Promise<void>;
};

export type OutboxDispatcher = {
  db: ScopedDatabase<"job">;
  clock: Clock;
  handlerOf(kind: string): EffectHandler | null;
  /** Called for what is never tried again, so that a person is notified. */
  gaveUp?(kind: string, key: string): Promise<void>;
  /** Hands a row to the queue. */
  enqueue(key: string): Promise<void>;
};

/** Long enough for the slowest handler; after it the sweep believes the attempt dead. */
const LEASE = 2 * MINUTE;
const GIVE_UP_AFTER = 30;

const isPending = (key: string) => and(eq(outbox.key, key), isNull(outbox.doneAt), isNotNull(outbox.dueAt));
const backoff = (attempts: number) => Math.min(HOUR, 2 ** attempts * 5 * SECOND);

/** Sends what is due: own notices at once, the rest to the queue. Called after each answer and by the sweep. */
export async function drain(dispatcher: OutboxDispatcher): Promise<number> {
  const now = dispatcher.clock.now();
  const due = await dispatcher.db.query({
    from: outbox,
    columns: { key: outbox.key, kind: outbox.kind },
    where: lte(outbox.dueAt, now),
    orderBy: [asc(outbox.dueAt)],
    limit: 100,
  });
  for (const row of due) {
    if (dispatcher.handlerOf(row.kind)?.via === "queue") {
      // Not an attempt yet: the message may be lost, and the sweep hands the row over again.
      await lease(dispatcher, row.key, now, 0);
      // A queue that is down must not hold up our own notices; the sweep tries it again after the lease.
      await dispatcher.enqueue(row.key).catch((cause) => log.error("outbox.not-queued", cause, { key: row.key, kind: row.kind }));
    } else {
      await deliver(dispatcher, row.key);
    }
  }
  return due.length;
}

/**
 * Delivers one row. At least once: a crash between the effect and `done` repeats it under the same key.
 * Answers how long to wait before the next try, or null when there is nothing left to do.
 */
export async function deliver(dispatcher: OutboxDispatcher, key: string): Promise<number | null> {
  const [row] = await dispatcher.db.query({
    from: outbox,
    columns: { kind: outbox.kind, body: outbox.body, attempts: outbox.attempts, createdAt: outbox.createdAt },
    where: sql`${isPending(key)}`,
    limit: 1,
  });
  if (!row) return null;
  const now = dispatcher.clock.now();
  await lease(dispatcher, key, now, 1);
  const handler = dispatcher.handlerOf(row.kind);
  try {
    if (!handler) throw new Error(`nobody handles ${row.kind}`);
    await handler.handle(key, row.body, row.createdAt);
    await dispatcher.db.batch([dispatcher.db.update(outbox, { doneAt: dispatcher.clock.now(), dueAt: null, problem: null }, eq(outbox.key, key))]);
    return null;
  } catch (cause) {
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

async function lease(dispatcher: OutboxDispatcher, key: string, now: UtcMs, attempts: 0 | 1): Promise<void> {
  await dispatcher.db.batch([
    dispatcher.db.update(outbox, { dueAt: later(now, LEASE), attempts: sql`${outbox.attempts} + ${attempts}` }, sql`${isPending(key)}`),
  ]);
}
