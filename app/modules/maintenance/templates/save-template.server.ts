import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { IdTaken } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { maintenanceStore } from "../maintenance.store.server";
import { refreshUnits } from "../refresh-schedules.server";
import type { ScheduleState } from "../schedule-state";
import { scheduleStatus } from "../schedule-state";
import type { TemplateForm } from "../template";
import { readTemplateForm } from "../template-form";
import { findFollowers } from "./followers.server";
import { followersAfter } from "./followers.store.server";
import { followersEffect } from "./refresh-followers.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
type Invalid = { kind: "invalid"; fields: Record<string, string> };
type Saving = { id: Id<"maintenanceTemplate">; form: TemplateForm; seen: number };

/** Units whose schedules are found while a template's form waits; those of more follow in the background. */
const MOST_AT_ONCE = 100;

/** Saves a template. Every schedule that follows it has the new plan at once; what lists show of it is found anew, in the background for many units. */
export async function saveTemplate(s: Needs, { id, form, seen }: Saving): Promise<Result<null, Invalid | { kind: "stale" } | IdTaken>> {
  const { distanceUnit, zone } = s.db.scope.organization;
  const read = readTemplateForm(form, distanceUnit);
  if (!read.ok) return err({ kind: "invalid", fields: read.error });
  const version = seen + 1;
  const units = await followersAfter(s.db, id, "", MOST_AT_ONCE + 1);
  const later = units.length > MOST_AT_ONCE ? followersEffect({ templateId: id, version, after: "" }) : undefined;
  const saved = await maintenanceStore(s.db).saveTemplate({ id, ...read.value, version }, s.clock.now(), later);
  if (!saved.ok) return saved;
  if (!later) await refreshUnits({ ...s, zone }, units);
  return ok(null);
}

export type Moved = { unitNumber: string; from: ScheduleState; to: ScheduleState; dayBefore: string | null; dayAfter: string | null };

/** What saving a template's form would change: the schedules whose state or day moves, and how many stay. */
export async function previewTemplate(s: Needs, { id, form }: Omit<Saving, "seen">): Promise<Result<{ moved: Moved[]; stays: number; more: number }, Invalid>> {
  const { distanceUnit, zone } = s.db.scope.organization;
  const read = readTemplateForm(form, distanceUnit);
  if (!read.ok) return err({ kind: "invalid", fields: read.error });
  const now = s.clock.now();
  const { units, numbers, more, found } = await findFollowers(s.db, id, now);
  const changes = found.flatMap(({ id: assetId, meters, schedules }) =>
    schedules
      .filter(({ templateId }) => templateId === id)
      .map(({ baseline, resets, status }) => {
        const after = scheduleStatus(read.value.plan, baseline, resets, meters, { at: now, zone });
        return { unitNumber: numbers.get(assetId) ?? "", from: status.state, to: after.state, dayBefore: status.day, dayAfter: after.day };
      }),
  );
  const moved = changes.filter(({ from, to, dayBefore, dayAfter }) => from !== to || dayBefore !== dayAfter);
  return ok({ moved, stays: Math.min(units.length, changes.length) - moved.length, more });
}

/** Archives a template. Units that have it keep their schedules. */
export async function archiveTemplate(s: Needs, id: Id<"maintenanceTemplate">): Promise<Result<null, { kind: "not-found" } | { kind: "stale" }>> {
  const store = maintenanceStore(s.db);
  const template = await store.template(id);
  return template ? store.archiveTemplate(template, s.clock.now()) : err({ kind: "not-found" });
}
