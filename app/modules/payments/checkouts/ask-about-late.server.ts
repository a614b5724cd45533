import { type Clock, dayOf } from "~/kernel/time";
import { effectRow } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { paymentEffects } from "../payment.effects";
import { lateBefore } from "./on-its-way";
import { onItsWayStore } from "./on-its-way.store.server";

type Needs = { db: ScopedDatabase<"job">; clock: Clock; zone: string };

/** Asks the office about money that is late, once for each day on which it was expected: reminders are silent until somebody decides. */
export async function askAboutLate({ db, clock, zone }: Needs): Promise<number> {
  const now = clock.now();
  const late = await onItsWayStore(db).late(lateBefore(dayOf(now, zone)));
  const effects = late.map(({ id, expectedDay }) => paymentEffects.of("mail.payment-late", `mail.payment-late:${id}:${expectedDay}`, { intentId: id }));
  if (effects.length > 0) await db.batch(effects.map((effect) => effectRow(db, effect, now)));
  return late.length;
}
