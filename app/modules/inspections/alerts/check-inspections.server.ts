import type { Effect } from "~/kernel/effects";
import { type Clock, HOUR, later } from "~/kernel/time";
import { effectRow } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { inspectionEffects } from "../inspection.effects";
import { dueDay } from "./alerts";
import { onDay, readDriven, readMissing, readUncertified, readWait } from "./alerts.store.server";

type Needs = { db: ScopedDatabase<"job">; clock: Clock; zone: string };
const AT_ONCE = 80;

/** Looks for what the shop should know of that nobody did. Each case is notified once, however often this runs. */
export async function checkInspections(s: Needs): Promise<number> {
  const now = s.clock.now();
  const day = dueDay(now, s.zone);
  const wait = await readWait(s.db);
  const [missing, uncertified, driven] = await Promise.all([
    readMissing(s.db, s.zone, onDay(day)),
    readUncertified(s.db, later(now, -wait.hours * HOUR), now),
    readDriven(s.db, now),
  ]);
  const effects: Effect[] = [
    ...[...new Set(missing.map(({ customerId }) => customerId))].map((customerId) =>
      inspectionEffects.of("mail.inspections-missing", `mail.inspections-missing:${customerId}:${day}`, { customerId, day }),
    ),
    ...uncertified.map(({ id }) => inspectionEffects.of("mail.defect-uncertified", `mail.defect-uncertified:${id}`, { defectId: id })),
    ...driven.map(({ id }) => inspectionEffects.of("mail.unit-driven", `mail.unit-driven:${id}`, { defectId: id })),
  ];
  for (let at = 0; at < effects.length; at += AT_ONCE) await s.db.batch(effects.slice(at, at + AT_ONCE).map((effect) => effectRow(s.db, effect, now)));
  return effects.length;
}
