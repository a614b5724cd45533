import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, dayOf } from "~/kernel/time";
import { isTaken } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { judgeStart, type StartRefusal } from "../judge-typed.server";
import { maintenanceStore } from "../maintenance.store.server";
import { countCannedWork } from "../orders/count-canned.server";
import { refreshUnits } from "../refresh-schedules.server";
import { scheduleStore, UNITS_AT_ONCE } from "../schedule.store.server";
import { baselineOf, type Start } from "../start";
import type { Template } from "../template";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
export type Applying = { templateId: Id<"maintenanceTemplate">; assetIds: readonly string[]; start: Start; confirmed?: string | null };

/**
 * Adds a template's schedule to units that don't have it; answers to how many. Sent twice, or by two people at once, it
 * is one schedule each. An open order that a unit has for it from before stays the order that does it.
 */
export async function applyTemplate(
  s: Needs,
  { templateId, assetIds, start, confirmed = null }: Applying,
): Promise<Result<{ added: number }, { kind: "not-found" } | { kind: "no-units" } | StartRefusal>> {
  const store = maintenanceStore(s.db);
  const template = await store.template(templateId);
  if (!template) return err({ kind: "not-found" });
  if (assetIds.length === 0) return err({ kind: "no-units" });
  const units = await store.withoutTemplate(templateId, assetIds);
  let added = 0;
  for (let from = 0; from < units.length; from += UNITS_AT_ONCE) {
    const some = await addTo(s, template, units.slice(from, from + UNITS_AT_ONCE), { start, confirmed });
    if (!some.ok) return some;
    added += some.value;
  }
  return ok({ added });
}

type From = { start: Start; confirmed: string | null };

async function addTo(s: Needs, template: Template, units: readonly Id<"asset">[], from: From): Promise<Result<number, StartRefusal>> {
  const { zone } = s.db.scope.organization;
  const store = maintenanceStore(s.db);
  const now = s.clock.now();
  const [found, work] = await Promise.all([scheduleStore(s.db).units(units, now, zone), store.openWork(template.id, units)]);
  for (const unit of found) {
    const judged = await judgeStart(s.db, unit, { ...from, plan: template.plan }, now);
    if (!judged.ok) return judged;
  }
  const schedules = found.map(({ id }) => ({
    id: store.newScheduleId(now),
    assetId: id,
    baseline: baselineOf(from.start, now, dayOf(now, zone)),
    work: work.flatMap(({ assetId, jobId }) => (assetId === id ? [jobId] : [])),
  }));
  try {
    await store.batch(store.newSchedules(template, schedules, now));
  } catch (cause) {
    const left = isTaken(cause, "maintenance_schedules.template_id") ? await store.withoutTemplate(template.id, units) : units;
    if (left.length === units.length) throw cause;
    // Someone else put it on some of them a moment before.
    return left.length === 0 ? ok(0) : addTo(s, template, left, from);
  }
  await countCannedWork(s, units);
  await refreshUnits({ ...s, zone }, units);
  return ok(schedules.length);
}
