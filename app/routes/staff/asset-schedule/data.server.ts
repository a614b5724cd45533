import { redirect } from "react-router";
import { newId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { may } from "~/kernel/permissions";
import { dayOf } from "~/kernel/time";
import { readAttachments } from "~/modules/attachments/attachments.read.server";
import { templateForm } from "~/modules/maintenance/template-form";
import { readCannedJobs } from "~/modules/work-orders/canned-jobs/canned-jobs.read.server";
import type { Authed } from "~/platform/http/authed.server";
import { orNotFound } from "~/platform/http/problem.server";
import { readUnitMaintenance, readWasRemoved } from "~/queries/maintenance.server";
import { readMeteredUnit } from "~/queries/staff/unit-meters.server";

/** One schedule of a unit, or under a new id the form for one of the unit's own. */
export async function schedulePage({ services, session, id: idOf, url }: Authed<"staff">) {
  const [assetId, id] = [idOf("asset"), idOf("schedule")];
  const now = services.clock.now();
  const { zone, distanceUnit } = session.organization;
  const mayManage = may("staff", session.membership.role, "maintenance:manage");
  const [found, { schedules }, canned] = await Promise.all([
    readMeteredUnit(services.db, assetId),
    readUnitMaintenance(services.db, assetId, { now, zone }),
    mayManage ? readCannedJobs(services.db) : [],
  ]);
  const { unit } = orNotFound(found);
  const schedule = schedules.find((one) => one.id === id) ?? null;
  if (!schedule && (await readWasRemoved(services.db, id))) throw redirect(paths.staff.assetMaintenance(assetId));
  // A new one is for those who may add it, on a unit that is in use.
  if (!schedule && (!mayManage || unit.archivedAt !== null)) throw new Response("Not found", { status: 404 });
  return {
    unit,
    schedule,
    plan: schedule && { ...templateForm({ ...schedule, kind: null }, distanceUnit), fixed: schedule.plan.calendar?.fixed ? "on" : "" },
    attachments: schedule && (await readAttachments(services, { kind: "schedule", id }, url.searchParams.get("files"))),
    canned: canned.map(({ id: cannedId, name }) => ({ id: cannedId, name })),
    mayManage,
    today: dayOf(now, zone),
    fresh: { templateId: newId("maintenanceTemplate", now), recordId: newId("scheduleRecord", now) },
  };
}

export type PageData = Awaited<ReturnType<typeof schedulePage>>;
export type Schedule = NonNullable<PageData["schedule"]>;
