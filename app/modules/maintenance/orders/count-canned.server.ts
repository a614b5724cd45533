import type { Id } from "~/kernel/ids";
import type { Clock } from "~/kernel/time";
import { isTaken } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { maintenanceStore } from "../maintenance.store.server";
import { UNITS_AT_ONCE } from "../schedule.store.server";
import { cannedWork } from "./canned-work.store.server";

type Needs = { db: ScopedDatabase<"staff"> | ScopedDatabase<"job">; clock: Clock };
export type Counted = { scheduleId: Id<"schedule">; assetId: Id<"asset">; workOrderId: Id<"workOrder"> };

/**
 * Counts what is on open orders of these units already, from the canned job that a schedule does, as that schedule's work:
 * so it is not ordered twice, and its completion resets the schedule. Callers find the units' schedules anew.
 */
export async function countCannedWork({ db, clock }: Needs, assetIds: readonly Id<"asset">[]): Promise<Counted[]> {
  const counted: Counted[] = [];
  for (let from = 0; from < assetIds.length; from += UNITS_AT_ONCE) {
    const found = await cannedWork(db, assetIds.slice(from, from + UNITS_AT_ONCE));
    if (found.length === 0) continue;
    const now = clock.now();
    try {
      await db.batch(found.flatMap(({ schedule, workOrderId, jobId }) => maintenanceStore(db).workRows(schedule, workOrderId, jobId, now)));
    } catch (cause) {
      // Somebody else counted or ordered one of them a moment before.
      if (!isTaken(cause, "journal.")) throw cause;
      continue;
    }
    counted.push(...found.map(({ schedule: { id, assetId }, workOrderId }) => ({ scheduleId: id, assetId, workOrderId })));
  }
  return counted;
}
