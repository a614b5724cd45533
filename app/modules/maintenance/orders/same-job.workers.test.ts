import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { cancelOrder } from "~/modules/vendor-jobs/cancel-order.server";
import { saveCannedJob } from "~/modules/work-orders/canned-jobs/save-canned-job.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { findOrder } from "~/modules/work-orders/order-rows.step.server";
import { form, shopWithTemplate } from "../maintenance.fixtures";
import { maintenanceSchedules } from "../maintenance.tables";
import { applyTemplate } from "../templates/apply-template.server";
import { saveTemplate } from "../templates/save-template.server";
import { addCannedWork } from "./add-canned-work.server";
import { changeOrderWork } from "./change-order-work.server";
import { addServiceToOrder, makeServiceOrders } from "./make-orders.server";

/** A truck with two schedules that have the same canned job, by miles and by the year, both due. */
async function truckWithTwo() {
  const it = await shopWithTemplate();
  const { staff, templateId } = it;
  const cannedJobId = newId("cannedJob");
  const canned = { id: cannedJobId, name: "Oil service", complaint: "Oil and filters", correction: "", vmrs: null, options: null, lines: [] };
  expect((await saveCannedJob(staff, canned, 0)).ok).toBe(true);
  expect((await saveTemplate(staff, { id: templateId, form: form({ cannedJobId }), seen: 1 })).ok).toBe(true);
  const yearly = newId("maintenanceTemplate");
  const byYear = form({ name: "Yearly oil service", distance: "", distanceSoon: "", calendar: "12", cannedJobId });
  expect((await saveTemplate(staff, { id: yearly, form: byYear, seen: 0 })).ok).toBe(true);
  const truck = await it.unit();
  for (const id of [templateId, yearly]) await applyTemplate(staff, { templateId: id, assetIds: [truck], start: { kind: "due" } });
  const written = () => it.shop.workOrder({ asset: truck, customer: it.customer, state: "open" });
  const ordersOf = async () => (await it.schedules(truck)).map(({ openOrder }) => openOrder?.id ?? null);
  const ids = (await it.schedules(truck)).map(({ id }) => id);
  return { ...it, truck, cannedJobId, written, ordersOf, ids };
}

test("two schedules with the same canned job are one job of an order, which does both", async () => {
  const { staff, truck, schedules, complete, ids, ordersOf } = await truckWithTwo();
  const made = await makeServiceOrders(staff, ids);
  const order = (made.ok && made.value[0]?.id) || newId("workOrder");
  expect((await findOrder(staff.db, order))?.jobs.map(({ complaint }) => complaint)).toEqual(["Oil and filters"]);
  expect(await ordersOf()).toEqual([order, order]);
  await complete(order);
  expect((await schedules(truck)).map(({ state, done }) => [state, done])).toEqual([
    ["current", 1],
    ["current", 1],
  ]);
});

test("whoever has one of them ordered, made or added by hand, has the other ordered too", async () => {
  const { staff, ids, ordersOf, written, cannedJobId } = await truckWithTwo();
  const made = await makeServiceOrders(staff, ids.slice(0, 1));
  const order = (made.ok && made.value[0]?.id) || newId("workOrder");
  expect(await ordersOf()).toEqual([order, order]);
  await cancelOrder(staff, order, "Not now");
  await staff.drainNow();
  const second = await written();
  expect(await addServiceToOrder(staff, second, ids.slice(0, 1))).toMatchObject({ ok: true, value: { added: 1 } });
  expect(await ordersOf()).toEqual([second, second]);
  await cancelOrder(staff, second, "Not now");
  await staff.drainNow();
  const third = await written();
  await addCannedWork(staff, third, { jobId: newId("job"), cannedJobId });
  expect(await ordersOf()).toEqual([third, third]);
});

test("a job that was said not to count isn't counted again, until somebody has it count", async () => {
  const { staff, ids, ordersOf, written, cannedJobId, complete, schedules, truck } = await truckWithTwo();
  const order = await written();
  const jobId = newId("job");
  await addCannedWork(staff, order, { jobId, cannedJobId });
  const [one, other] = ids;
  if (!one || !other) throw new Error("no schedules");
  expect(await changeOrderWork(staff, order, { jobId, scheduleIds: [other], counts: false })).toMatchObject({ ok: true });
  expect(await ordersOf()).toEqual([order, null]);
  // What finds jobs by themselves leaves it out.
  await addCannedWork(staff, order, { jobId: newId("job"), cannedJobId: newId("cannedJob") });
  const elsewhere = await written();
  await makeServiceOrders(staff, [one]);
  await cancelOrder(staff, elsewhere, "Not now");
  await staff.drainNow();
  expect(await ordersOf()).toEqual([order, null]);
  expect(await changeOrderWork(staff, order, { jobId, scheduleIds: [other], counts: true })).toMatchObject({ ok: true });
  expect(await ordersOf()).toEqual([order, order]);
  expect(await changeOrderWork(staff, order, { jobId, scheduleIds: [other], counts: false })).toMatchObject({ ok: true });
  await complete(order);
  const after = await schedules(truck);
  expect(after.find(({ id }) => id === one)).toMatchObject({ state: "current", done: 1 });
  expect(after.find(({ id }) => id === other)).toMatchObject({ state: "due", done: 0 });
});

const writtenJob = { complaint: "Oil, as the driver asked", cause: "", correction: "", vmrs: null, technician: null, lines: [] };

test("a job that somebody wrote can count as a unit's maintenance, and resets it", async () => {
  const { staff, ids, ordersOf, written, complete, schedules, truck } = await truckWithTwo();
  const order = await written();
  const job = { ...writtenJob, id: newId("job") };
  await changeWorkOrder(staff, order, { intent: "save-job", seen: 1, job });
  const [one] = ids;
  if (!one) throw new Error("no schedule");
  expect(await changeOrderWork(staff, order, { jobId: newId("job"), scheduleIds: [one], counts: true })).toEqual({ ok: false, error: { kind: "not-found" } });
  expect(await changeOrderWork(staff, order, { jobId: job.id, scheduleIds: [newId("schedule")], counts: true })).toEqual({
    ok: false,
    error: { kind: "nothing-due" },
  });
  expect(await changeOrderWork(staff, order, { jobId: job.id, scheduleIds: [one], counts: true })).toMatchObject({ ok: true });
  expect(await ordersOf()).toEqual([order, null]);
  expect(await makeServiceOrders(staff, [one])).toEqual({ ok: false, error: { kind: "nothing-due" } });
  await complete(order);
  expect((await schedules(truck)).find(({ id }) => id === one)).toMatchObject({ state: "current", done: 1 });
  expect(await changeOrderWork(staff, order, { jobId: job.id, scheduleIds: [one], counts: false })).toMatchObject({ error: { kind: "not-allowed" } });
});

test("taking a service's job off its order leaves the service to be ordered, in the lists too", async () => {
  const { staff, shop, truck, written, ids } = await truckWithTwo();
  const order = await written();
  await changeWorkOrder(staff, order, { intent: "save-job", seen: 1, job: { ...writtenJob, id: newId("job") } });
  expect(await addServiceToOrder(staff, order, ids)).toMatchObject({ ok: true });
  const { ordered, assetId } = maintenanceSchedules;
  const cached = async () =>
    (await shop.db.query({ from: maintenanceSchedules, columns: { ordered }, where: eq(assetId, truck), limit: 5 })).map((row) => row.ordered);
  expect(await cached()).toEqual([true, true]);
  const job = (await findOrder(staff.db, order))?.jobs.at(-1);
  await changeWorkOrder(staff, order, { intent: "remove-job", seen: job?.version ?? 0, jobId: job?.id ?? newId("job") });
  await staff.drainNow();
  expect(await cached()).toEqual([false, false]);
});
