import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import { ok } from "~/kernel/result";
import { DAY, localInstant } from "~/kernel/time";
import { contacts, customers } from "~/modules/customers/customer.tables";
import { staffNotices } from "~/modules/notifications/notification.tables";
import { cancelOrder } from "~/modules/vendor-jobs/cancel-order.server";
import { saveCannedJob } from "~/modules/work-orders/canned-jobs/save-canned-job.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { findOrder } from "~/modules/work-orders/order-rows.step.server";
import { readUnitMaintenance } from "~/queries/maintenance.server";
import { readMaintenanceList } from "~/queries/maintenance-list.server";
import { readMaintenanceTemplates } from "~/queries/staff/maintenance-templates.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { partLine } from "../../../tests/world/estimates";
import { pagesOf } from "../../../tests/world/pages";
import { sweepMaintenance } from "../../../workers/background";
import { recordSchedule, removeSchedule, removeScheduleRecord } from "./change-schedule.server";
import { addCalendarFeed, listCalendarFeeds, revokeCalendarFeed } from "./feeds/calendar-feed.server";
import { form, shopWithTemplate } from "./maintenance.fixtures";
import { addServiceToOrder, makeServiceOrders } from "./orders/make-orders.server";
import { applyTemplate } from "./templates/apply-template.server";
import { previewTemplate, saveTemplate } from "./templates/save-template.server";

test("a template on twelve trucks: a reading makes one due, its order is done, and reopening it takes that back", async () => {
  const { world, staff, templateId, read, unit, schedules, cached, complete } = await shopWithTemplate();
  const trucks: Id<"asset">[] = [];
  for (let n = 0; n < 12; n++) trucks.push(await unit());
  expect(await applyTemplate(staff, { templateId, assetIds: trucks, start: { kind: "now" } })).toEqual(ok({ added: 12 }));
  expect(await applyTemplate(staff, { templateId, assetIds: trucks, start: { kind: "now" } })).toEqual(ok({ added: 0 }));
  expect((await readMaintenanceTemplates(staff.db)).map(({ units }) => units)).toEqual([12]);
  expect((await cached()).map(({ state }) => state)).toEqual(Array(12).fill("current"));

  const [truck] = trucks as [Id<"asset">];
  world.clock.pass(10 * DAY);
  await read(truck, 105_100);
  const [due] = await schedules(truck);
  expect(due).toMatchObject({ state: "due", openOrder: null, first: { by: "odometer", due: 105_000_000, remaining: -100_000 } });
  expect((await cached()).filter(({ state }) => state === "due")).toHaveLength(1);

  if (!due) throw new Error("no schedule");
  const both = await Promise.all([makeServiceOrders(staff, [due.id]), makeServiceOrders(staff, [due.id])]);
  const made = both.flatMap((one) => (one.ok ? one.value : []));
  expect(made).toHaveLength(1);
  expect(await makeServiceOrders(staff, [due.id])).toEqual({ ok: false, error: { kind: "nothing-due" } });
  const order = made[0]?.id ?? newId("workOrder");
  expect((await schedules(truck))[0]?.openOrder?.id).toBe(order);

  await complete(order);
  expect((await schedules(truck))[0]).toMatchObject({ state: "current", openOrder: null, first: { due: 110_100_000 }, done: 1 });
  await changeWorkOrder(staff, order, { intent: "reopen", why: "The wrong filter" });
  await staff.drainNow();
  expect((await schedules(truck))[0]).toMatchObject({ state: "due", openOrder: { id: order }, done: 0 });
  expect((await cached()).filter(({ state }) => state === "due")).toHaveLength(1);
});

test("a canceled order leaves its work due, and can be ordered again; a removed job was not done", async () => {
  const { staff, templateId, unit, schedules, complete } = await shopWithTemplate();
  const truck = await unit();
  await applyTemplate(staff, { templateId, assetIds: [truck], start: { kind: "due" } });
  const [due] = await schedules(truck);
  if (due?.state !== "due") throw new Error("it isn't due");
  const first = await makeServiceOrders(staff, [due.id]);
  const order = first.ok ? first.value[0]?.id : undefined;
  if (!order) throw new Error("no order was made");
  expect(await cancelOrder(staff, order, "Truck was sold")).toMatchObject({ ok: true });
  expect((await schedules(truck))[0]).toMatchObject({ state: "due", openOrder: null });
  const second = await makeServiceOrders(staff, [due.id]);
  const again = second.ok ? second.value[0]?.id : undefined;
  if (!again) throw new Error("no second order was made");
  const job = (await findOrder(staff.db, again))?.jobs[0];
  const other = { id: newId("job"), complaint: "Wipers", cause: "", correction: "Replaced.", vmrs: null, technician: null, lines: [] };
  await changeWorkOrder(staff, again, { intent: "save-job", seen: 1, job: other });
  await changeWorkOrder(staff, again, { intent: "remove-job", seen: job?.version ?? 0, jobId: job?.id ?? newId("job") });
  await complete(again);
  expect((await schedules(truck))[0]).toMatchObject({ state: "due", done: 0 });
});

test("a truck that is in the shop for something else gets its service on the same order, once", async () => {
  const { shop, customer, staff, templateId, unit, schedules } = await shopWithTemplate();
  const truck = await unit();
  await applyTemplate(staff, { templateId, assetIds: [truck], start: { kind: "due" } });
  const order = await shop.workOrder({ asset: truck, customer, state: "open" });
  const [due] = await schedules(truck);
  if (!due) throw new Error("no schedule");
  expect(await addServiceToOrder(staff, order, [due.id])).toEqual(ok({ added: 1 }));
  expect(await addServiceToOrder(staff, order, [due.id])).toEqual({ ok: false, error: { kind: "nothing-due" } });
  expect((await findOrder(staff.db, order))?.jobs.map(({ complaint }) => complaint)).toContain("Oil service");
  expect((await schedules(truck))[0]?.openOrder?.id).toBe(order);
});

test("done elsewhere on an earlier day counts from there; skipping needs a reason; both can be taken back", async () => {
  const { world, staff, templateId, unit, schedules } = await shopWithTemplate({ distance: "", distanceSoon: "", calendar: "3", soonDays: "10" });
  const truck = await unit();
  await applyTemplate(staff, { templateId, assetIds: [truck], start: { kind: "due" } });
  const [found] = await schedules(truck);
  const of = { assetId: truck, scheduleId: found?.id ?? newId("schedule") };
  const record = { id: newId("scheduleRecord"), kind: "done", day: "2030-01-31", meters: {}, until: null, note: "Dealer in Gary" } as const;
  expect(await recordSchedule(staff, of, record)).toEqual(ok(null));
  expect((await schedules(truck))[0]).toMatchObject({ state: "current", first: { due: "2030-04-30" } });
  const skipped = { ...record, id: newId("scheduleRecord"), kind: "skipped", day: "2030-02-28", note: "" } as const;
  expect(await recordSchedule(staff, of, skipped)).toEqual({ ok: false, error: { kind: "no-reason" } });
  expect(await recordSchedule(staff, of, { ...skipped, note: "Parked for the winter" })).toEqual(ok(null));
  expect((await schedules(truck))[0]).toMatchObject({ first: { due: "2030-05-28" }, done: 1 });
  expect(await removeScheduleRecord(staff, of, skipped.id)).toEqual(ok(null));
  expect((await schedules(truck))[0]).toMatchObject({ first: { due: "2030-04-30" } });
  expect(await recordSchedule(staff, of, { ...record, id: newId("scheduleRecord"), day: "2031-01-01" })).toEqual({ ok: false, error: { kind: "in-future" } });
  const stranger = await (await world.shop()).asStaff();
  expect(await recordSchedule(stranger, of, record)).toEqual({ ok: false, error: { kind: "not-found" } });
  expect(await removeSchedule(staff, of)).toEqual(ok(null));
  expect(await schedules(truck)).toEqual([]);
});

test("a changed template moves its units' schedules, as the preview showed", async () => {
  const { staff, templateId, unit, schedules, read } = await shopWithTemplate();
  const [near, far] = [await unit(), await unit()];
  await applyTemplate(staff, { templateId, assetIds: [near, far], start: { kind: "now" } });
  await read(near, 102_000);
  const shorter = form({ distance: "2,000", distanceSoon: "200" });
  expect(await previewTemplate(staff, { id: templateId, form: shorter })).toMatchObject({
    ok: true,
    value: { moved: [{ from: "current", to: "due" }], more: 0 },
  });
  expect((await schedules(near))[0]?.state).toBe("current");
  expect(await saveTemplate(staff, { id: templateId, form: shorter, seen: 1 })).toEqual(ok(null));
  expect([(await schedules(near))[0]?.state, (await schedules(far))[0]?.state]).toEqual(["due", "current"]);
});

test("time alone makes things due after midnight in the shop's zone: the office and the contacts get one message", async () => {
  const { world, shop, staff, customer, templateId, unit, unitOf, cached } = await shopWithTemplate({
    distance: "",
    distanceSoon: "",
    calendar: "10",
    calendarUnit: "day",
    soonDays: "2",
  });
  const truck = await unit();
  await applyTemplate(staff, { templateId, assetIds: [truck], start: { kind: "now" } });
  const sweepAt = async (local: string) => {
    world.clock.set(localInstant(local, "Pacific/Chatham") ?? world.clock.now());
    await sweepMaintenance(world.env, world.context.platform);
    await world.drainOutbox(shop);
  };
  const contact = { id: newId("contact"), customerId: customer.id, name: "Renee", email: customer.email, version: 1, createdAt: world.clock.now() };
  await shop.db.batch([shop.db.insert(contacts, { ...contact, mayDecide: true, mayPay: true, mayDrivers: true, mayService: true, mayExport: true })]);
  const notices = () => shop.db.query({ from: staffNotices, columns: { event: staffNotices.event, title: staffNotices.title }, limit: 9 });
  const mails = async () => (await world.mail(customer.email)).map(({ subject }) => subject);
  await sweepAt("2030-03-10T00:30");
  expect([(await cached())[0]?.state, await notices()]).toEqual(["due-soon", []]);
  await sweepAt("2030-03-11T00:30");
  await sweepAt("2030-03-11T00:45");
  const { unitNumber } = await unitOf(truck);
  const subject = `Unit ${unitNumber}: maintenance is due`;
  expect([(await cached())[0]?.state, await notices(), await mails()]).toEqual(["due", [{ event: "maintenance.due", title: subject }], [subject]]);
  await sweepAt("2030-03-13T00:30");
  expect([(await cached())[0]?.state, (await notices()).length, (await mails()).length]).toEqual(["overdue", 2, 2]);
});

test("a calendar reads behind its secret until it is revoked; a customer's has that customer's units only", async () => {
  const { world, shop, staff, customer, templateId, unit, unitOf } = await shopWithTemplate({
    distance: "",
    distanceSoon: "",
    calendar: "10",
    calendarUnit: "day",
  });
  const [truck, foreign] = [await unit(), await shop.asset({ customer: await shop.customer() })];
  await applyTemplate(staff, { templateId, assetIds: [truck, foreign], start: { kind: "now" } });
  const contact = await shop.as(customer);
  const list = await readMaintenanceList(contact.db, { states: ["current", "due-soon"] });
  expect(list.rows.map(({ assetId }) => assetId)).toEqual([truck]);

  const [ours, theirs] = [await addCalendarFeed(staff), await addCalendarFeed(contact)];
  if (!ours.ok || !theirs.ok) throw new Error("no address was made");
  const page = await pagesOf(world.context);
  const read = async (token: string) => {
    const answer = await page(new Request(`http://${shop.host}/calendar/${token}.ics`));
    return [answer.status, [...(await answer.text()).matchAll(/SUMMARY:Unit (.*): Oil service/g)].map(([, number]) => number).sort()];
  };
  const numbers = async (...ids: Id<"asset">[]) => (await Promise.all(ids.map(unitOf))).map(({ unitNumber }) => unitNumber).sort();
  expect(await read(ours.value.token)).toEqual([200, await numbers(truck, foreign)]);
  expect(await read(theirs.value.token)).toEqual([200, await numbers(truck)]);
  expect(await read(`${theirs.value.token}x`)).toEqual([404, []]);
  const [own] = await listCalendarFeeds(contact);
  if (!own) throw new Error("the address isn't listed");
  expect(await revokeCalendarFeed(staff, own.id)).toEqual({ ok: false, error: { kind: "not-found" } });
  expect(await revokeCalendarFeed(contact, own.id)).toEqual(ok(null));
  expect(await read(theirs.value.token)).toEqual([404, []]);
});

test("a service beyond the customer's standing sum waits for authorization, and one within it doesn't", async () => {
  const lines = [partLine("Service kit", 250_00)];
  const cannedJob = { id: newId("cannedJob"), name: "Oil service", complaint: "Oil service", correction: "", vmrs: null, options: null, lines };
  const { staff, shop, customer, unit, templateId } = await shopWithTemplate();
  expect((await saveCannedJob(staff, cannedJob, 0)).ok).toBe(true);
  expect((await saveTemplate(staff, { id: templateId, form: form({ cannedJobId: cannedJob.id }), seen: 1 })).ok).toBe(true);
  const authorizationWith = async (standingMost: Cents) => {
    await shop.db.batch([shop.db.update(customers, { standingMost }, eq(customers.id, customer.id))]);
    const assetId = await unit();
    await applyTemplate(staff, { templateId, assetIds: [assetId], start: { kind: "due" } });
    const [schedule] = (await readUnitMaintenance(staff.db, assetId, { now: staff.clock.now(), zone: "Pacific/Chatham" })).schedules;
    const made = await makeServiceOrders(staff, schedule ? [schedule.id] : []);
    const record = made.ok && made.value[0] ? await readOrderRecord(staff, made.value[0].id) : null;
    return record?.authorization;
  };
  expect(await authorizationWith(toCents(100_00))).toMatchObject({ applies: true, authorized: 0, toBill: 250_00, over: 250_00, overLines: 1 });
  expect(await authorizationWith(toCents(1_000_00))).toMatchObject({ authorized: 250_00, toBill: 250_00, over: 0, overLines: 0 });
});
