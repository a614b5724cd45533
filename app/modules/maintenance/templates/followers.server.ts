import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { type FoundUnit, scheduleStore, UNITS_AT_ONCE } from "../schedule.store.server";
import { followersOf } from "./followers.store.server";

/** Units that a preview finds at most. */
const MOST_PREVIEWED = 100;

/** The units that have a template; with `now`, the schedules of the first of them too. */
export async function findFollowers(db: ScopedDatabase<"staff">, id: Id<"maintenanceTemplate">, now?: UtcMs) {
  const rows = await followersOf(db, id);
  const units = rows.map(({ assetId }) => assetId);
  const found: FoundUnit[] = [];
  const previewed = now === undefined ? [] : units.slice(0, MOST_PREVIEWED);
  for (let from = 0; now !== undefined && from < previewed.length; from += UNITS_AT_ONCE)
    found.push(...(await scheduleStore(db).units(previewed.slice(from, from + UNITS_AT_ONCE), now, db.scope.organization.zone)));
  return { units, numbers: new Map(rows.map(({ assetId, unitNumber }) => [assetId, unitNumber])), found, more: units.length - previewed.length };
}
