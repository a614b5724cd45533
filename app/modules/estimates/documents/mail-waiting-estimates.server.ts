import type { Id } from "~/kernel/ids";
import type { Clock } from "~/kernel/time";
import { mailedTo } from "~/modules/notifications/mailed-to.server";
import { effectRow } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { estimateEffects } from "../estimate.effects";
import { estimateStore } from "../estimate.store.server";

/**
 * The customer's portal was turned on: estimates that wait for an answer and of which nobody got a mail, because nobody
 * could answer then, are mailed now. Once for each revision.
 */
export async function mailWaitingEstimates(s: { db: ScopedDatabase<"job">; clock: Clock }, customerId: Id<"customer">): Promise<void> {
  const effects = [];
  for (const { id, revision } of await estimateStore(s.db).waiting(customerId)) {
    const mailed = await mailedTo(s.db, `mail.estimate-ready:${id}:${revision}`);
    if (mailed.length === 0)
      effects.push(estimateEffects.of("mail.estimate-ready", `mail.estimate-ready:${id}:${revision}:opened`, { estimateId: id, revision }));
  }
  if (effects.length > 0) await s.db.batch(effects.map((effect) => effectRow(s.db, effect, s.clock.now())));
}
