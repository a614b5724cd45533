import type { Id } from "~/kernel/ids";
import { type Clock, dayOf } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { log } from "~/platform/log.server";
import { checkStore } from "./check.store.server";
import { maintenanceEffects } from "./maintenance.effects";
import { countCannedWork } from "./orders/count-canned.server";
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

/** The schedules that an order's work belongs to, after it was completed, reopened or canceled, or a job was taken off it. */
export async function refreshOrder(s: Needs, id: Id<"workOrder">): Promise<number> {
  const units = await scheduleStore(s.db).unitOfOrder(id);
  await countCannedWork(s, units);
  return refreshUnits(s, units);
}

/** Units whose tracker reported a meter. Units without schedules cost one read; nothing is written where no state or day changes. */
export async function refreshMoved({ zoneOf, ...s }: Omit<Needs, "zone"> & { zoneOf(): Promise<string> }, ids: readonly string[]): Promise<void> {
  const units = await scheduleStore(s.db).withSchedules(ids);
  if (units.length > 0) await refreshUnits({ ...s, zone: await zoneOf() }, units);
}

/** More units than these that can't be checked are a trouble of the database, not of a unit. */
const MOST_FAILED = 20;

type Part = { db: ScopedDatabase<"job">; clock: Clock; zone: string };
/** Units of one invocation, which may ask the database only so often; the queue has the next ones checked. */
const UNITS_A_PART = 200;

/** Units from one on: time alone makes things due. A unit that can't be checked is logged, and the others are checked all the same. */
async function refreshPart(s: Part, from: string): Promise<{ written: number; to: string | null }> {
  const store = scheduleStore(s.db);
  let [written, failed] = [0, 0];
  let after = from;
  for (let units = 0; units < UNITS_A_PART; units += UNITS_AT_ONCE) {
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
    if (!last || page.length < UNITS_AT_ONCE) return { written, to: null };
    after = last;
  }
  return { written, to: after };
}

/** Checks every unit once on each day of the shop, at the first time that this is asked on it: a night that was missed is caught up with. */
export const checkToday = (s: Part): Promise<number> => checkOn(s, { through: dayOf(s.clock.now(), s.zone), after: "" });

/** Goes on with a day's check after a unit. A shop's many units are checked part by part. */
export async function checkOn(s: Part, { through, after }: { through: string; after: string }): Promise<number> {
  const checks = checkStore(s.db);
  if (await checks.wasChecked(through)) return 0;
  const { written, to } = await refreshPart(s, after);
  if (to === null) await checks.checked(through);
  else
    await checks.goOn(
      maintenanceEffects.of("maintenance.check-continued", `maintenance.check-continued:${through}:${to}`, { through, after: to }),
      s.clock.now(),
    );
  return written;
}
