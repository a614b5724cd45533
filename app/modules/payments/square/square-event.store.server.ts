import { eq } from "drizzle-orm";
import type { UtcMs } from "~/kernel/time";
import { effectRow } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { paymentEffects } from "../payment.effects";
import { squareEvents } from "../payment.tables";

/** Square's notices, as they came. */
export function squareEventStore(db: ScopedDatabase<"job">) {
  return {
    /** Keeps a notice of Square's once, and has it handled. */
    keep: (event: { id: string; type: string; raw: string }, at: UtcMs) =>
      db.batch([
        db.insertOnce(squareEvents, { ...event, receivedAt: at }),
        effectRow(db, paymentEffects.of("square.event", `square.event:${event.id}`, { eventId: event.id }), at),
      ]),

    async find(wanted: string) {
      const [row] = await db.query({
        from: squareEvents,
        columns: { id: squareEvents.id, type: squareEvents.type, raw: squareEvents.raw, handledAt: squareEvents.handledAt },
        where: eq(squareEvents.id, wanted),
        limit: 1,
      });
      return row ?? null;
    },

    handled: (event: string, at: UtcMs) => db.batch([db.update(squareEvents, { handledAt: at }, eq(squareEvents.id, event))]),
  };
}
