import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { staffNotices } from "~/modules/notifications/notification.tables";
import { cancelOrder } from "~/modules/vendor-jobs/cancel-order.server";
import { recordSchedule, removeScheduleRecord } from "./change-schedule.server";
import { shopWithTemplate } from "./maintenance.fixtures";
import { makeServiceOrders } from "./orders/make-orders.server";
import { applyTemplate } from "./templates/apply-template.server";

/** A truck with a due service, of which the office was notified. */
async function dueTruck() {
  const it = await shopWithTemplate();
  const truck = await it.unit();
  await applyTemplate(it.staff, { templateId: it.templateId, assetIds: [truck], start: { kind: "due" } });
  const [due] = await it.schedules(truck);
  if (!due) throw new Error("no schedule");
  const notices = async () => {
    await it.world.drainOutbox(it.shop);
    return (await it.shop.db.query({ from: staffNotices, columns: { event: staffNotices.event }, limit: 9 })).filter(({ event }) => event === "maintenance.due")
      .length;
  };
  expect(await notices()).toBe(1);
  return { ...it, truck, due, notices };
}

test("when the order of a due service is canceled, the office is notified again, once", async () => {
  const { staff, due, notices } = await dueTruck();
  const made = await makeServiceOrders(staff, [due.id]);
  expect(await notices()).toBe(1);
  expect(await cancelOrder(staff, (made.ok && made.value[0]?.id) || newId("workOrder"), "No mechanic")).toMatchObject({ ok: true });
  expect(await notices()).toBe(2);
  expect(await notices()).toBe(2);
});

test("a service that is due again at the same value is notified of again", async () => {
  const { staff, truck, due, notices } = await dueTruck();
  const of = { assetId: truck, scheduleId: due.id };
  const record = { id: newId("scheduleRecord"), kind: "done", day: "2030-02-28", meters: { odometer: 99_000_000 }, until: null, note: "" } as const;
  expect((await recordSchedule(staff, of, record)).ok).toBe(true);
  expect((await removeScheduleRecord(staff, of, record.id)).ok).toBe(true);
  expect(await notices()).toBe(2);
});
