import { asc, eq } from "drizzle-orm";
import type { Effect } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { saveNew } from "~/platform/database/journal.server";
import { estimateJournal } from "../estimate.journal";
import type { EstimateDatabase } from "../estimate.store.server";
import { estimateMessages } from "../estimate.tables";

const MOST = 500;
const { id, lineId, by, text, at, estimateId, email } = estimateMessages;

export type NewMessage = { id: Id<"message">; estimateId: Id<"estimate">; lineId: Id<"line"> | null; email: string | null; text: string };

/** Messages about an estimate. Callers must have found the estimate in their own scope first. */
export const messageStore = (db: EstimateDatabase) => ({
  /** Oldest first. */
  of: (estimate: Id<"estimate">) =>
    db.query({
      from: estimateMessages,
      columns: { id, lineId, by, text, at, email },
      where: eq(estimateId, estimate),
      orderBy: [asc(at), asc(id)],
      limit: MOST,
    }),

  async find(wanted: Id<"message">) {
    const [row] = await db.query({ from: estimateMessages, columns: { id, lineId, by, text, at, estimateId, email }, where: eq(id, wanted), limit: 1 });
    return row ?? null;
  },

  /** A form submitted twice finds its own message. */
  add: (message: NewMessage, now: UtcMs, effects: readonly Effect[]) =>
    saveNew(
      db,
      {
        record: { kind: "message", id: message.id, version: 1 },
        at: now,
        event: estimateJournal.of("estimate-message.written", { text: message.text }),
        about: message.estimateId,
      },
      [db.insert(estimateMessages, { ...message, by: db.scope.actor, at: now })],
      effects,
    ),
});
