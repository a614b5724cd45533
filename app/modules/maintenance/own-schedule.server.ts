import type { Id } from "~/kernel/ids";
import { err, type Result } from "~/kernel/result";
import { type Clock, dayOf } from "~/kernel/time";
import type { IdTaken } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { judgeStart, type StartRefusal } from "./judge-typed.server";
import { maintenanceStore } from "./maintenance.store.server";
import { refreshUnits } from "./refresh-schedules.server";
import { scheduleStore } from "./schedule.store.server";
import { baselineOf, type Start } from "./start";
import type { TemplateForm } from "./template";
import { readTemplateForm } from "./template-form";
import { saveTemplate } from "./templates/save-template.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
type OwnRefusal = { kind: "invalid"; fields: Record<string, string> } | { kind: "stale" } | { kind: "not-found" } | IdTaken;
type Own = { assetId: Id<"asset">; scheduleId: Id<"schedule"> };

/** Adds a schedule to one unit that no template has: its plan is the unit's own. */
export async function addOwnSchedule(
  s: Needs,
  { assetId, scheduleId }: Own,
  { templateId, form, start, confirmed = null }: { templateId: Id<"maintenanceTemplate">; form: TemplateForm; start: Start; confirmed?: string | null },
): Promise<Result<null, OwnRefusal | StartRefusal>> {
  const { distanceUnit, zone } = s.db.scope.organization;
  const read = readTemplateForm(form, distanceUnit);
  if (!read.ok) return err({ kind: "invalid", fields: read.error });
  const now = s.clock.now();
  const [unit] = await scheduleStore(s.db).units([assetId], now, zone);
  if (!unit) return err({ kind: "not-found" });
  const judged = await judgeStart(s.db, unit, { start, plan: read.value.plan, confirmed }, now);
  if (!judged.ok) return judged;
  const schedule = { id: scheduleId, assetId, baseline: baselineOf(start, now, dayOf(now, zone)) };
  const saved = await maintenanceStore(s.db).addOwn({ id: templateId, ...read.value, kind: null }, schedule, now);
  if (saved.ok) await refreshUnits({ ...s, zone }, [assetId]);
  return saved;
}

/** Changes the plan of a unit's own schedule; one that follows a template is changed there, for all of its units. */
export async function changeOwnSchedule(
  s: Needs,
  { assetId, scheduleId }: Own,
  { form, seen }: { form: TemplateForm; seen: number },
): Promise<Result<null, OwnRefusal>> {
  const found = await maintenanceStore(s.db).schedule(scheduleId);
  if (found?.assetId !== assetId || found.own !== assetId) return err({ kind: "not-found" });
  return saveTemplate(s, { id: found.templateId, form: { ...form, kind: "" }, seen });
}
