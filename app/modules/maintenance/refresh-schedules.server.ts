import type { Id } from "~/kernel/ids";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
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

/** Every unit of the shop: time alone makes things due. */
export async function refreshAll(s: Needs): Promise<number> {
  const store = scheduleStore(s.db);
  let written = 0;
  for (let after = ""; ; ) {
    const page = await store.unitsAfter(after, UNITS_AT_ONCE);
    written += await refreshUnits(s, page);
    const last = page.at(-1);
    if (!last || page.length < UNITS_AT_ONCE) return written;
    after = last;
  }
}
