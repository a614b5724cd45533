import { newId } from "~/kernel/ids";
import { may } from "~/kernel/permissions";
import { dayOf } from "~/kernel/time";
import type { Authed } from "~/platform/http/authed.server";
import { orNotFound } from "~/platform/http/problem.server";
import { readRemovedSchedules, readUnitMaintenance } from "~/queries/maintenance.server";
import { readMaintenanceTemplates } from "~/queries/staff/maintenance-templates.server";
import { readMeteredUnit } from "~/queries/staff/unit-meters.server";

export async function assetMaintenancePage({ services, session, id: idOf }: Authed<"staff">) {
  const id = idOf("asset");
  const now = services.clock.now();
  const { zone } = session.organization;
  const [found, maintenance, templates, removed] = await Promise.all([
    readMeteredUnit(services.db, id),
    readUnitMaintenance(services.db, id, { now, zone }),
    readMaintenanceTemplates(services.db),
    readRemovedSchedules(services.db, id),
  ]);
  const { unit, meters } = orNotFound(found);
  const has = new Set(maintenance.schedules.map(({ templateId }) => templateId));
  return {
    unit,
    meters,
    schedules: maintenance.schedules.map((schedule) => ({ ...schedule, freshRecord: newId("scheduleRecord", now) })),
    templates: templates
      .filter(({ id: templateId, kind }) => !has.has(templateId) && (kind === null || kind === unit.kind))
      .map(({ id: templateId, name, plan }) => ({ id: templateId, name, plan })),
    removed,
    today: dayOf(now, zone),
    /** The id of a schedule of the unit's own, for those who may add one. */
    freshSchedule: may("staff", session.membership.role, "maintenance:manage") ? newId("schedule", now) : null,
  };
}

export type PageData = Awaited<ReturnType<typeof assetMaintenancePage>>;
