import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, dayOf } from "~/kernel/time";
import type { Meter } from "~/modules/assets/meters/meter";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { maintenanceStore } from "../maintenance.store.server";
import type { Baseline } from "../plan";
import { refreshUnits } from "../refresh-schedules.server";
import { scheduleStore, UNITS_AT_ONCE } from "../schedule.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
/** `now`: counts from today and the current meters. `due`: due at once, as nobody knows when it was done. */
export type Start = { kind: "now" } | { kind: "due" } | { kind: "known"; baseline: Baseline };
export type Applying = { templateId: Id<"maintenanceTemplate">; assetIds: readonly string[]; start: Start };

/** Adds a template's schedule to units that don't have it; answers to how many. Sent twice, it is one schedule each. */
export async function applyTemplate(
  s: Needs,
  { templateId, assetIds, start }: Applying,
): Promise<Result<{ added: number }, { kind: "not-found" } | { kind: "no-units" }>> {
  const { zone } = s.db.scope.organization;
  const store = maintenanceStore(s.db);
  const template = await store.template(templateId);
  if (!template) return err({ kind: "not-found" });
  if (assetIds.length === 0) return err({ kind: "no-units" });
  const units = await store.withoutTemplate(templateId, assetIds);
  const now = s.clock.now();
  for (let from = 0; from < units.length; from += UNITS_AT_ONCE) {
    const some = units.slice(from, from + UNITS_AT_ONCE);
    const found = await scheduleStore(s.db).units(some, now, zone);
    const schedules = found.map(({ id, meters }) => {
      const today = dayOf(now, zone);
      const current = Object.fromEntries(Object.entries(meters).map(([meter, { value }]) => [meter, value])) as Partial<Record<Meter, number>>;
      const baseline: Baseline =
        start.kind === "known" ? start.baseline : { means: start.kind === "now" ? "last-done" : "first-due", day: today, meters: current };
      return { id: store.newScheduleId(now), assetId: id, baseline };
    });
    await store.batch(store.newSchedules(template, schedules, now));
    await refreshUnits({ ...s, zone }, some);
  }
  return ok({ added: units.length });
}
