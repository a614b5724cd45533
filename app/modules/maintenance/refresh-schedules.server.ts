import type { Id } from "~/kernel/ids";
import { type Clock, dayOf } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { log } from "~/platform/log.server";
import { checkStore } from "./check.store.server";
import { scheduleStore, UNITS_AT_ONCE } from "./schedule.store.server";

type Needs = { db: ScopedDatabase<"staff"> | ScopedDatabase<"job">; clock: Clock; zone: string };

/** Finds the schedules of units anew and writes those whose state or day changed. Reads only where nothing did. */
export async function refreshUnits({ db, clock, zone }: Needs, ids: readonly Id<"asset">[]): Promise<number> {
  const store = scheduleStore(db);
  let written = 0;
  for (let from = 0; from < ids.length; from += UNITS_AT_ONCE) {
    const now = clock.now();
    const rows = store.cacheRows(await store.units(ids.slice(from, from + UNITS_AT_ONCE), now, zone), now);
    if (rows.length > 0) await store.write(rows);
    written += rows.length;
  }
  return written;
}

/** The schedules that an order's work belongs to, after it was completed, reopened or canceled. */
export const refreshOrder = async (s: Needs, id: Id<"workOrder">): Promise<number> => refreshUnits(s, await scheduleStore(s.db).unitOfOrder(id));

/** Units whose tracker reported a meter. Units without schedules cost one read; nothing is written where no state or day changes. */
export async function refreshMoved({ zoneOf, ...s }: Omit<Needs, "zone"> & { zoneOf(): Promise<string> }, ids: readonly string[]): Promise<void> {
  const units = await scheduleStore(s.db).withSchedules(ids);
  if (units.length > 0) await refreshUnits({ ...s, zone: await zoneOf() }, units);
}

/** More units than these that can't be checked are a trouble of the database, not of a unit. */
const MOST_FAILED = 20;

/** Every unit of the shop: time alone makes things due. A unit that can't be checked is logged, and the others are checked all the same. */
export async function refreshAll(s: Needs): Promise<number> {
  const store = scheduleStore(s.db);
  let [written, failed] = [0, 0];
  for (let after = ""; ; ) {
    const page = await store.unitsAfter(after, UNITS_AT_ONCE);
    try {
      written += await refreshUnits(s, page);
    } catch {
      for (const assetId of page)
        try {
          written += await refreshUnits(s, [assetId]);
        } catch (cause) {
          if (++failed > MOST_FAILED) throw cause;
          log.error("maintenance.unit-not-checked", cause, { organizationId: s.db.scope.organizationId, assetId });
        }
    }
    const last = page.at(-1);
    if (!last || page.length < UNITS_AT_ONCE) return written;
    after = last;
  }
}

/** Checks every unit once on each day of the shop, at the first time that this is asked on it: a night that was missed is caught up with. */
export async function checkToday(s: Needs & { db: ScopedDatabase<"job"> }): Promise<number> {
  const today = dayOf(s.clock.now(), s.zone);
  const checks = checkStore(s.db);
  if (await checks.wasChecked(today)) return 0;
  const written = await refreshAll(s);
  await checks.checked(today);
  return written;
}
