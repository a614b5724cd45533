import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, dayOf } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { judgeStart, type StartRefusal } from "../judge-typed.server";
import { maintenanceStore } from "../maintenance.store.server";
import { refreshUnits } from "../refresh-schedules.server";
import { scheduleStore, UNITS_AT_ONCE } from "../schedule.store.server";
import { baselineOf, type Start } from "../start";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
export type Applying = { templateId: Id<"maintenanceTemplate">; assetIds: readonly string[]; start: Start; confirmed?: string | null };

/** Adds a template's schedule to units that don't have it; answers to how many. Sent twice, it is one schedule each. */
export async function applyTemplate(
  s: Needs,
  { templateId, assetIds, start, confirmed = null }: Applying,
): Promise<Result<{ added: number }, { kind: "not-found" } | { kind: "no-units" } | StartRefusal>> {
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
    for (const unit of found) {
      const judged = await judgeStart(s.db, unit, { start, plan: template.plan, confirmed }, now);
      if (!judged.ok) return judged;
    }
    const schedules = found.map(({ id, meters }) => ({
      id: store.newScheduleId(now),
      assetId: id,
      baseline: baselineOf(start, meters, dayOf(now, zone)),
    }));
    await store.batch(store.newSchedules(template, schedules, now));
    await refreshUnits({ ...s, zone }, some);
  }
  return ok({ added: units.length });
}
