import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { DAY } from "~/kernel/time";
import { customers } from "~/modules/customers/customer.tables";
import { cancelOrder } from "~/modules/vendor-jobs/cancel-order.server";
import { saveCannedJob } from "~/modules/work-orders/canned-jobs/save-canned-job.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { findOrder } from "~/modules/work-orders/order-rows.step.server";
import { readMaintenanceList } from "~/queries/maintenance-list.server";
import { partLine } from "../../../tests/world/estimates";
import { form, shopWithTemplate } from "./maintenance.fixtures";
import { addServiceToOrder, makeServiceOrders } from "./orders/make-orders.server";
import { applyTemplate } from "./templates/apply-template.server";
import { saveTemplate } from "./templates/save-template.server";

/** A truck whose service, of two lines that the customer agreed to beforehand, is on an order. */
async function servicedTruck() {
  const shop = await shopWithTemplate();
  const { staff, templateId, unit, schedules } = shop;
  const lines = [partLine("Oil", 100_00), partLine("Filter", 50_00)];
  const cannedJob = { id: newId("cannedJob"), name: "Oil service", complaint: "Oil service", correction: "", vmrs: null, options: null, lines };
  expect((await saveCannedJob(staff, cannedJob, 0)).ok).toBe(true);
  expect((await saveTemplate(staff, { id: templateId, form: form({ cannedJobId: cannedJob.id }), seen: 1 })).ok).toBe(true);
  await shop.shop.db.batch([shop.shop.db.update(customers, { standingMost: toCents(1_000_00) }, eq(customers.id, shop.customer.id))]);
  const truck = await unit();
  await applyTemplate(staff, { templateId, assetIds: [truck], start: { kind: "due" } });
  const [due] = await schedules(truck);
  if (!due) throw new Error("no schedule");
  const made = await makeServiceOrders(staff, [due.id]);
  const order = (made.ok && made.value[0]?.id) || newId("workOrder");
  const found = await findOrder(staff.db, order);
  const [oil, filter] = (found?.jobs[0]?.lines ?? []).map(({ id }) => id);
  if (!oil || !filter) throw new Error("the job has no lines");
  return { ...shop, truck, due, order, oil, filter };
}

test("a service that is partly done goes on with its follow-up order, is ordered once, and is done when that order is", async () => {
  const { world, staff, truck, due, order, filter, read, schedules, complete } = await servicedTruck();
  await complete(order, [filter]);
  const [waiting] = await schedules(truck);
  const followUp = waiting?.openOrder?.id;
  if (!followUp) throw new Error("the follow-up order doesn't name the schedule");
  expect([waiting.state, followUp === order, waiting.done]).toEqual(["due", false, 0]);
  expect((await readMaintenanceList(staff.db, { states: ["due"] })).rows[0]?.openOrder?.id).toBe(followUp);
  expect(await makeServiceOrders(staff, [due.id])).toEqual({ ok: false, error: { kind: "nothing-due" } });
  world.clock.pass(10 * DAY);
  await read(truck, 102_000);
  await complete(followUp);
  expect((await schedules(truck))[0]).toMatchObject({ state: "current", openOrder: null, first: { due: 107_000_000 }, done: 1 });
});

test("where nothing was done and the follow-up is canceled, the service is due again; where something was, it counts", async () => {
  const nothing = await servicedTruck();
  await nothing.complete(nothing.order, [nothing.oil, nothing.filter]);
  const [moved] = await nothing.schedules(nothing.truck);
  const followUp = moved?.openOrder?.id ?? nothing.order;
  expect([moved?.state, followUp === nothing.order, moved?.done]).toEqual(["due", false, 0]);
  expect(await cancelOrder(nothing.staff, followUp, "Not wanted")).toMatchObject({ ok: true });
  expect((await nothing.schedules(nothing.truck))[0]).toMatchObject({ state: "due", openOrder: null, done: 0 });

  const partly = await servicedTruck();
  await partly.complete(partly.order, [partly.filter]);
  const rest = (await partly.schedules(partly.truck))[0]?.openOrder?.id ?? partly.order;
  expect(await cancelOrder(partly.staff, rest, "Filter is not to be had")).toMatchObject({ ok: true });
  expect((await partly.schedules(partly.truck))[0]).toMatchObject({ state: "current", openOrder: null, done: 1 });
});

test("a service whose job was taken off its order can be put on that order again", async () => {
  const { staff, truck, due, order, schedules } = await servicedTruck();
  const job = (await findOrder(staff.db, order))?.jobs[0];
  const other = { id: newId("job"), complaint: "Wipers", cause: "", correction: "", vmrs: null, technician: null, lines: [] };
  await changeWorkOrder(staff, order, { intent: "save-job", seen: 1, job: other });
  await changeWorkOrder(staff, order, { intent: "remove-job", seen: job?.version ?? 0, jobId: job?.id ?? newId("job") });
  expect((await schedules(truck))[0]).toMatchObject({ state: "due", openOrder: null });
  expect(await addServiceToOrder(staff, order, [due.id])).toMatchObject({ ok: true, value: { added: 1 } });
  expect((await schedules(truck))[0]?.openOrder?.id).toBe(order);
});
