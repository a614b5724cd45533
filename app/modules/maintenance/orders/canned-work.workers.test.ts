import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { DAY } from "~/kernel/time";
import { cancelOrder } from "~/modules/vendor-jobs/cancel-order.server";
import { saveCannedJob } from "~/modules/work-orders/canned-jobs/save-canned-job.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { findOrder } from "~/modules/work-orders/order-rows.step.server";
import { form, shopWithTemplate } from "../maintenance.fixtures";
import { applyTemplate } from "../templates/apply-template.server";
import { saveTemplate } from "../templates/save-template.server";
import { addCannedWork } from "./add-canned-work.server";
import { addServiceToOrder, MOST_ORDERED, makeServiceOrders } from "./make-orders.server";

const writtenJob = { complaint: "Wipers", cause: "", correction: "", vmrs: null, technician: null, lines: [] };

/** A shop whose oil service has a canned job, and a truck of it with an order that somebody wrote for something else. */
async function truckWithOrder(start: "now" | "due" = "due") {
  const it = await shopWithTemplate();
  const { staff, shop, customer, templateId } = it;
  const cannedJobId = newId("cannedJob");
  const canned = { id: cannedJobId, name: "Oil service", complaint: "Oil and filters", correction: "", vmrs: null, options: null, lines: [] };
  expect((await saveCannedJob(staff, canned, 0)).ok).toBe(true);
  expect((await saveTemplate(staff, { id: templateId, form: form({ cannedJobId }), seen: 1 })).ok).toBe(true);
  const truck = await it.unit();
  const written = () => shop.workOrder({ asset: truck, customer, state: "open" });
  const addCanned = async (order: Awaited<ReturnType<typeof written>>) => {
    expect(await addCannedWork(staff, order, { jobId: newId("job"), cannedJobId })).toMatchObject({ ok: true });
    await staff.drainNow();
  };
  const apply = () => applyTemplate(staff, { templateId, assetIds: [truck], start: { kind: start } });
  const schedule = async () => {
    const [one] = await it.schedules(truck);
    if (!one) throw new Error("no schedule");
    return one;
  };
  return { ...it, truck, written, addCanned, apply, schedule };
}

test("an order that somebody gave a schedule's canned job is that schedule's order, and its completion resets it", async () => {
  const { staff, world, written, addCanned, apply, schedule, read, truck, complete } = await truckWithOrder();
  await apply();
  const order = await written();
  await addCanned(order);
  const due = await schedule();
  expect(due).toMatchObject({ state: "due", openOrder: { id: order } });
  expect(await makeServiceOrders(staff, [due.id])).toEqual({ ok: false, error: { kind: "nothing-due" } });
  expect(await addServiceToOrder(staff, order, [due.id])).toEqual({ ok: false, error: { kind: "nothing-due" } });
  world.clock.pass(DAY);
  await read(truck, 102_000);
  await complete(order);
  expect(await schedule()).toMatchObject({ state: "current", openOrder: null, done: 1, first: { due: 107_000_000 } });
});

test("a unit whose open order had the job before gets no second order with the template", async () => {
  const { written, addCanned, apply, schedule } = await truckWithOrder();
  const order = await written();
  await addCanned(order);
  await apply();
  expect(await schedule()).toMatchObject({ openOrder: { id: order } });
});

test("where the template got its canned job later, making orders finds the order that has it, and makes none", async () => {
  const { staff, templateId, written, addCanned, apply, schedule, schedules, unit } = await truckWithOrder();
  await apply();
  const before = await schedule();
  const cannedJobId = before.cannedJobId ?? "";
  expect((await saveTemplate(staff, { id: templateId, form: form(), seen: 2 })).ok).toBe(true);
  const order = await written();
  await addCanned(order);
  expect((await saveTemplate(staff, { id: templateId, form: form({ cannedJobId }), seen: 3 })).ok).toBe(true);
  expect(await schedule()).toMatchObject({ openOrder: null });
  const other = await unit();
  await applyTemplate(staff, { templateId, assetIds: [other], start: { kind: "due" } });
  const second = (await schedules(other))[0]?.id;
  const made = await makeServiceOrders(staff, [before.id, ...(second ? [second] : [])]);
  expect(made).toMatchObject({
    ok: true,
    value: [
      { id: order, wasThere: true },
      { assetId: other, wasThere: false },
    ],
  });
  expect((await schedule()).openOrder?.id).toBe(order);
  expect(made.ok && made.value.every(({ number }) => number > 0)).toBe(true);
});

test("of two orders with the job the first counts, and the other one once the first is canceled; a removed job doesn't", async () => {
  const { staff, written, addCanned, apply, schedule } = await truckWithOrder("now");
  await apply();
  const [first, second] = [await written(), await written()];
  await addCanned(first);
  await addCanned(second);
  expect((await schedule()).openOrder?.id).toBe(first);
  expect(await cancelOrder(staff, first, "Not now")).toMatchObject({ ok: true });
  await staff.drainNow();
  expect((await schedule()).openOrder?.id).toBe(second);
  const job = (await findOrder(staff.db, second))?.jobs[0];
  await changeWorkOrder(staff, second, { intent: "save-job", seen: 1, job: { ...writtenJob, id: newId("job") } });
  await changeWorkOrder(staff, second, { intent: "remove-job", seen: job?.version ?? 0, jobId: job?.id ?? newId("job") });
  expect(await schedule()).toMatchObject({ state: "current", openOrder: null });
});

test("more than a page's schedules at once are refused before anything is made", async () => {
  const { staff, apply, schedule } = await truckWithOrder();
  await apply();
  const { id } = await schedule();
  const many = [id, ...Array.from({ length: MOST_ORDERED }, () => newId("schedule"))];
  expect(await makeServiceOrders(staff, many)).toEqual({ ok: false, error: { kind: "too-many" } });
  expect((await schedule()).openOrder).toBeNull();
});
