import { dayOf, later, type UtcMs } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { OLDEST } from "./alerts";
import { type MissingDay, readMissing, readWait, sinceDay } from "./alerts.store.server";

/** Missing inspections of the last weeks; a customer's are of its own units. Today's may still come. */
export async function readMissingInspections(db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">, now: UtcMs): Promise<MissingDay[]> {
  const { zone } = db.scope.organization;
  const today = dayOf(now, zone);
  return (await readMissing(db, zone, sinceDay(dayOf(later(now, -OLDEST), zone)))).filter(({ day }) => day < today);
}

export const readInspectionSettings = (db: ScopedDatabase<"staff">) => readWait(db);
