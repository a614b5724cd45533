import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { ok } from "~/kernel/result";
import { DAY, later } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { recordMeterReading } from "~/modules/assets/meters/record-meter-reading.server";
import { completeOrder } from "~/modules/vendor-jobs/complete-order.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { findOrder } from "~/modules/work-orders/order-rows.step.server";
import { readUnitMaintenance } from "~/queries/maintenance.server";
import { createWorld } from "../../../tests/world/world";
import { maintenanceSchedules } from "./maintenance.tables";
import type { TemplateForm } from "./template";
import { saveTemplate } from "./templates/save-template.server";

export const form = (change: Partial<TemplateForm> = {}): TemplateForm => ({
  name: "Oil service",
  category: "service",
  kind: "",
  distance: "5,000",
  distanceSoon: "500",
  hoursMeter: "engine",
  hours: "",
  hoursSoon: "",
  calendar: "",
  calendarUnit: "month",
  soonDays: "",
  fixed: false,
  cannedJobId: "",
  ...change,
});

/** A shop with a template every 5,000 miles, units with a reading of the day before, and what tests do with them. */
export async function shopWithTemplate(change: Partial<TemplateForm> = {}) {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const customer = await shop.customer();
  const staff = await shop.asStaff();
  const templateId = newId("maintenanceTemplate");
  expect(await saveTemplate(staff, { id: templateId, form: form(change), seen: 0 })).toEqual(ok(null));
  const read = async (assetId: Id<"asset">, displayValue: number, daysAgo = 0) => {
    const at = later(world.clock.now(), -daysAgo * DAY);
    expect(await recordMeterReading(staff, { assetId, meter: "odometer", displayValue, source: "read by Owner", at })).toMatchObject({ ok: true });
    await staff.drainNow();
  };
  const unit = async (odometer = 100_000) => {
    const id = await shop.asset({ customer });
    await read(id, odometer, 1);
    return id;
  };
  const schedules = async (assetId: Id<"asset">) =>
    (await readUnitMaintenance(staff.db, assetId, { now: world.clock.now(), zone: "Pacific/Chatham" })).schedules;
  const unitOf = async (id: Id<"asset">) => {
    const [row] = await shop.db.query({ from: assets, columns: { unitNumber: assets.unitNumber }, where: eq(assets.id, id), limit: 1 });
    if (!row) throw new Error("no such unit");
    return row;
  };
  const cached = async () => {
    const { state, dueMeter, dueDay } = maintenanceSchedules;
    return shop.db.query({ from: maintenanceSchedules, columns: { state, dueMeter, dueDay }, limit: 100 });
  };
  /** Works on an order and completes it. */
  const complete = async (id: Id<"workOrder">, notDone?: readonly string[]) => {
    for (const job of (await findOrder(staff.db, id))?.jobs ?? [])
      await changeWorkOrder(staff, id, { intent: "save-job", seen: job.version, job: { ...job, correction: "Done as planned." } });
    const open = await findOrder(staff.db, id);
    for (const to of ["open", "in-progress"] as const)
      await changeWorkOrder(staff, id, { intent: "move", seen: (open?.version ?? 0) + 1, to, holdReason: null });
    const working = await findOrder(staff.db, id);
    expect(await completeOrder(staff, id, { seen: working?.version ?? 0, why: "", ...(notDone ? { asked: lineIds(working), notDone } : {}) })).toMatchObject({
      ok: true,
    });
    await staff.drainNow();
  };
  return { world, shop, customer, staff, templateId, read, unit, unitOf, schedules, cached, complete };
}

const lineIds = (order: Awaited<ReturnType<typeof findOrder>>): string[] => (order?.jobs ?? []).flatMap(({ lines }) => lines.map(({ id }) => id));
