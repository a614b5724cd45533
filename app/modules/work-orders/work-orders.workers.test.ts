import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { toBasisPoints, toCents, toQuantity } from "~/kernel/money";
import { ok } from "~/kernel/result";
import { HOUR, MINUTE } from "~/kernel/time";
import { customers } from "~/modules/customers/customer.tables";
import { moveNumbering } from "~/modules/organizations/numbering/change-numbering.server";
import { readNextNumbers } from "~/modules/organizations/numbering/numbering.read.server";
import { changeShopRules } from "~/modules/organizations/shop-rules/change-shop-rules.server";
import { firstRules } from "~/modules/organizations/shop-rules/shop-rules";
import { readOrderList } from "~/queries/staff/order-list.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { changeOf } from "../../../tests/world/order-values";
import { createWorld } from "../../../tests/world/world";
import { addNote } from "./activity/add-note.server";
import { addCannedJob } from "./canned-jobs/add-canned-job.server";
import { saveCannedJob } from "./canned-jobs/save-canned-job.server";
import { changeWorkOrder } from "./change-work-order.server";
import type { JobDraft, Line } from "./jobs/job";
import { startClock } from "./jobs/start-clock.server";
import { decideLine } from "./lines/decide-line";
import { findDeferredWork } from "./lines/deferred-work.store.server";
import { answerLines, offerLines } from "./lines/offer-lines";
import { openWorkOrder } from "./open-work-order.server";
import type { Decided, Order } from "./order";
import { runOrderCommand } from "./order-command.step.server";
import { workOrderStore } from "./work-order.store.server";
import { workOrderLines, workOrders } from "./work-order.tables";

async function shopWithOrder() {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const customer = await shop.customer();
  const asset = await shop.asset({ customer });
  const staff = await shop.asStaff();
  const open = async (complaint = "Air leak") => {
    const id = newId("workOrder");
    const opened = await openWorkOrder(staff, { id, assetId: asset, complaint, lead: null, promisedAt: null, purchaseOrder: null, asDraft: false });
    expect(opened.ok).toBe(true);
    return id;
  };
  const record = async (id: Awaited<ReturnType<typeof open>>) => {
    const found = await readOrderRecord(staff, id);
    if (!found) throw new Error("no such order");
    return found;
  };
  return { world, shop, customer, asset, staff, open, record };
}

const hour = (price = 145_00) => ({
  id: newId("line"),
  kind: "labor" as const,
  text: "Replace hose",
  partNumber: null,
  quantity: toQuantity(1_500),
  each: toCents(price),
  cost: null,
  supplies: true,
});

test("numbers orders without gaps, also when many are opened at once and one is submitted twice", async () => {
  const { staff, open, record, asset } = await shopWithOrder();
  const ids = await Promise.all(["a", "b", "c", "d", "e"].map(open));
  const again = { id: ids[0] ?? newId("workOrder"), assetId: asset, complaint: "a", lead: null, promisedAt: null, purchaseOrder: null, asDraft: false };
  expect((await openWorkOrder(staff, again)).ok).toBe(true);
  const last = await open("f");
  const numbers = await Promise.all([...ids, last].map(async (id) => (await record(id)).facts.number));
  expect([...numbers].sort()).toEqual([1000, 1001, 1002, 1003, 1004, 1005]);
  expect((await readOrderList(staff.db, { filter: "all", query: "", after: null, me: newId("membership") })).rows).toHaveLength(6);
});

test("the sum in the list is the sum of the lines", async () => {
  const { staff, open, record } = await shopWithOrder();
  const id = await open();
  const { order } = await record(id);
  const [job] = order.jobs;
  if (!job) throw new Error("an order opens with its complaint as its first job");
  await changeWorkOrder(staff, id, { intent: "save-job", seen: 1, job: { ...job, lines: [hour(), { ...hour(10_00), kind: "part", cost: toCents(6_00) }] } });
  await changeWorkOrder(staff, id, { intent: "save-job", seen: 1, job: { ...job, id: newId("job"), lines: [hour(100_00)] } });
  const { rows } = await readOrderList(staff.db, { filter: "current", query: "air leak", after: null, me: newId("membership") });
  expect(rows).toMatchObject([{ price: 217_50 + 15_00 + 150_00 }]);
  expect((await record(id)).totals).toMatchObject({ labor: 367_50, parts: 15_00, cost: 9_00, total: 382_50 });
});

test("keeps everyone's changes when twenty people edit twenty jobs of one order at once", async () => {
  const { staff, open, record } = await shopWithOrder();
  const id = await open();
  const draft = (n: number) => ({ id: newId("job"), complaint: `Job ${n}`, cause: "", correction: "", vmrs: null, technician: null, lines: [hour()] });
  const results = [];
  // Retries cover five at once; a sixth may get stale.
  for (let wave = 0; wave < 4; wave++)
    results.push(...(await Promise.all([1, 2, 3, 4, 5].map((n) => changeWorkOrder(staff, id, { intent: "save-job", seen: 1, job: draft(wave * 5 + n) })))));
  expect(results.filter(({ ok }) => !ok)).toEqual([]);
  const { order, activity } = await record(id);
  expect(order.jobs.map(({ complaint }) => complaint).sort()).toEqual(["Air leak", ...Array.from({ length: 20 }, (_, n) => `Job ${n + 1}`)].sort());
  expect(order.version).toBe(21);
  expect(activity.filter(({ event }) => event === "job.added")).toHaveLength(20);
});

test("when two people save one job at once, both are kept, and of one line the first one's text", async () => {
  const { staff, open, record } = await shopWithOrder();
  const id = await open();
  const [job] = (await record(id)).order.jobs;
  if (!job) throw new Error("no job");
  const save = (base: typeof job, change: Partial<typeof job>) =>
    changeWorkOrder(staff, id, { intent: "save-job", seen: 1, base, job: { ...base, ...change } });
  const both = await Promise.all([save(job, { cause: "Chafed hose" }), save(job, { correction: "Replaced" })]);
  expect(both.map(({ ok }) => ok)).toEqual([true, true]);
  const [merged = job] = (await record(id)).order.jobs;
  expect(merged).toMatchObject({ cause: "Chafed hose", correction: "Replaced", version: 3 });
  expect((await save(merged, { cause: "Loose fitting" })).ok).toBe(true);
  expect(await save(merged, { cause: "Worn out" })).toEqual({ ok: false, error: { kind: "collides", fields: ["cause"], lines: [] } });
  expect((await record(id)).order.jobs[0]?.cause).toBe("Loose fitting");
});

test("lines are rows: one that changes keeps its place and gets a version, one that is removed stays on record", async () => {
  const { shop, staff, open, record } = await shopWithOrder();
  const id = await open();
  const [job] = (await record(id)).order.jobs;
  if (!job) throw new Error("no job");
  const save = (...lines: Line[]) => changeWorkOrder(staff, id, { intent: "save-job", seen: 9, job: { ...job, lines } });
  const [hose, clamp, horn] = ["Hose", "Clamp", "Horn"].map((text): Line => ({ ...hour(), text, safety: true, discount: toBasisPoints(500) }));
  if (!hose || !clamp || !horn) throw new Error("no lines");
  await save(hose, clamp);
  const [first, second] = (await record(id)).order.jobs[0]?.lines ?? [];
  await save(horn, { ...clamp, cost: toCents(3_00) });
  const lines = (await record(id)).order.jobs[0]?.lines ?? [];
  expect(lines).toEqual([
    { ...first, ...horn, version: 3, writtenIn: 3 },
    { ...second, cost: 3_00, version: 3 },
  ]);
  const rows = await shop.db.query({
    from: workOrderLines,
    columns: { text: workOrderLines.text, removedAt: workOrderLines.removedAt },
    where: eq(workOrderLines.workOrderId, id),
    limit: 9,
  });
  expect(rows.sort((a, b) => a.text.localeCompare(b.text))).toMatchObject([
    { removedAt: null },
    { removedAt: null },
    { text: "Hose", removedAt: expect.any(Number) },
  ]);
});

test("a line's id that another job has, or that was removed, is refused", async () => {
  const { staff, open, record } = await shopWithOrder();
  const [here, there] = [await open("Horn"), await open("Lamp")];
  const line = hour();
  const save = async (id: typeof here, ...lines: Line[]) => {
    const [job] = (await record(id)).order.jobs;
    return job && changeWorkOrder(staff, id, { intent: "save-job", seen: 9, job: { ...job, lines } });
  };
  expect(await save(here, line)).toMatchObject({ ok: true });
  expect(await save(there, line)).toMatchObject({ ok: false, error: { kind: "job-gone", message: expect.stringContaining("line") } });
  expect(await save(here)).toMatchObject({ ok: true });
  expect(await save(here, line)).toMatchObject({ ok: false, error: { kind: "job-gone" } });
  expect((await record(there)).order).toMatchObject({ version: 1, jobs: [{ lines: [] }] });
});

test("lines and decisions of an order are read as they were saved, and its sums follow", async () => {
  const { world, staff, customer, asset, shop, open, record } = await shopWithOrder();
  const id = await open();
  const [job] = (await record(id)).order.jobs;
  if (!job) throw new Error("no job");
  const lines = [hour(100_00), hour(40_00), { ...hour(10_00), safety: true as const }];
  await changeWorkOrder(staff, id, { intent: "save-job", seen: 9, job: { ...job, lines } });
  const store = workOrderStore(staff.db);
  const step = async (decide: (order: Order) => Decided) => {
    const { order } = (await store.find(id)) ?? expect.fail("no order");
    const saved = await store.save(order, changeOf(decide(order)), world.clock.now());
    if (!saved.ok) throw new Error(saved.error.kind);
    const read = await record(id);
    expect({ ...read.order, decisions: new Set(read.order.decisions) }).toEqual({ ...saved.value, decisions: new Set(saved.value.decisions) });
    const [row] = (await readOrderList(staff.db, { filter: "all", query: "", after: null, me: newId("membership") })).rows;
    expect(row).toMatchObject({ price: read.authorization.toBill });
    return read.authorization;
  };
  const estimateId = newId("estimate");
  const ids = lines.map((line) => line.id);
  const by = { lineId: ids[0] ?? newId("line"), by: "Renee", reason: "", outcome: "approved", how: "phone" } as const;
  const today = "2030-03-01";
  expect(await step((order) => offerLines(order, { estimateId, lines: ids.slice(1), validThrough: "2030-04-01" }))).toMatchObject({
    quoted: 75_00,
    toBill: 225_00,
  });
  expect(await step((order) => decideLine(order, by, world.clock.now(), today))).toMatchObject({ authorized: 150_00, over: 75_00 });
  const answer = {
    estimateId,
    revision: 1,
    unchosen: [],
    asksForChanges: false,
    most: null,
    purchaseOrder: "",
    reason: "",
    by: "Renee",
    how: "portal",
  } as const;
  const approved = [{ id: ids[1] ?? newId("line"), price: toCents(60_00) }];
  expect(await step((order) => ok(answerLines(order, { ...answer, approved, declined: ids.slice(2) }, world.clock.now(), today)))).toMatchObject({
    authorized: 210_00,
    toBill: 210_00,
    over: 0,
  });
  // What was declined is deferred work of the unit, for staff and for the customer who declined it.
  const deferred = [{ line: { id: ids[2], safety: true }, complaint: "Air leak", workOrderId: id, deferredAs: "declined", deferredAt: world.clock.now() }];
  expect(await findDeferredWork(staff.db, asset)).toMatchObject(deferred);
  expect(await findDeferredWork((await shop.as(customer)).db, asset)).toMatchObject(deferred);
  expect(await findDeferredWork((await shop.as(await shop.customer())).db, asset)).toEqual([]);
});

test("lists and the order's page agree on what is not authorized, also after a decided line was removed", async () => {
  const { world, shop, staff, open, record } = await shopWithOrder();
  const id = await open();
  const [job] = (await record(id)).order.jobs;
  if (!job) throw new Error("no job");
  const [declined, other] = [hour(100_00), hour(40_00)];
  const save = (...lines: Line[]) => changeWorkOrder(staff, id, { intent: "save-job", seen: 9, job: { ...job, lines } });
  await save(declined, other);
  const store = workOrderStore(staff.db);
  const { order } = (await store.find(id)) ?? expect.fail("no order");
  const no = { lineId: declined.id, by: "Renee", reason: "", outcome: "declined", how: "phone" } as const;
  await store.save(order, changeOf(decideLine(order, no, world.clock.now(), "2030-03-01")), world.clock.now());
  await save(other);
  const { applies, overLines } = (await record(id)).authorization;
  const [row] = await shop.db.query({ from: workOrders, columns: { overLines: workOrders.overLines }, where: eq(workOrders.id, id), limit: 1 });
  expect(row).toEqual({ overLines: applies ? overLines : 0 });
});

test("an order of the shop's own fleet has costs and no price", async () => {
  const { shop, staff, customer, open, record } = await shopWithOrder();
  const id = await open();
  const [job] = (await record(id)).order.jobs;
  const lines = [{ ...hour(), cost: toCents(60_00) }];
  const save = () => job && changeWorkOrder(staff, id, { intent: "save-job", seen: 99, job: { ...job, lines } });
  const price = async () => (await shop.db.query({ from: workOrders, columns: { price: workOrders.price }, where: eq(workOrders.id, id), limit: 1 }))[0]?.price;
  await save();
  expect(await price()).toBe(217_50);
  await shop.db.batch([shop.db.update(customers, { isSelf: true }, eq(customers.id, customer.id))]);
  await save();
  expect(await price()).toBe(0);
  expect((await record(id)).totals).toMatchObject({ total: 0, cost: 90_00 });
});

test("a technician has one clock: starting another stops it, and two starts at once leave one running", async () => {
  const { world, shop, staff, open, record } = await shopWithOrder();
  const [here, there] = [await open("here"), await open("there")];
  const me = { id: (await shop.membershipOf(shop.ownerEmail, "staff")).id, name: "Owner" };
  const jobOf = async (id: typeof here) => (await record(id)).order.jobs[0]?.id ?? newId("job");
  expect(await startClock(staff, { workOrderId: here, jobId: await jobOf(here), technician: me })).toMatchObject({
    ok: true,
    value: { stoppedElsewhere: false },
  });
  world.clock.pass(40 * MINUTE);
  expect(await startClock(staff, { workOrderId: there, jobId: await jobOf(there), technician: me })).toMatchObject({
    ok: true,
    value: { stoppedElsewhere: true },
  });
  expect((await record(here)).order.clocks).toMatchObject([{ stoppedAt: world.clock.now() }]);
  world.clock.pass(HOUR);
  const third = await open("third");
  const jobId = await jobOf(third);
  await Promise.all([1, 2].map(() => startClock(staff, { workOrderId: third, jobId, technician: me })));
  const all = (await Promise.all([here, there, third].map(record))).flatMap(({ order }) => order.clocks);
  expect(all.filter(({ stoppedAt }) => stoppedAt === null)).toHaveLength(1);
});

test("a completed order keeps the tax and rates of its day; an open one uses the current ones", async () => {
  const { staff, open, record } = await shopWithOrder();
  const [done, running] = [await open("done"), await open("running")];
  for (const id of [done, running]) {
    const [job] = (await record(id)).order.jobs;
    if (job) await changeWorkOrder(staff, id, { intent: "save-job", seen: 1, job: { ...job, correction: "Replaced", lines: [{ ...hour(), kind: "part" }] } });
    await changeWorkOrder(staff, id, { intent: "move", seen: 2, to: "in-progress", holdReason: null });
  }
  const rules = (parts: number) => ({ ...firstRules, tax: { ...firstRules.tax, parts: toBasisPoints(parts) } });
  expect((await changeShopRules(staff, { seen: 0, rules: rules(700) })).ok).toBe(true);
  expect((await runOrderCommand(staff, done, { intent: "move", seen: 3, to: "completed", holdReason: null })).ok).toBe(true);
  expect((await changeShopRules(staff, { seen: 1, rules: rules(1_000) })).ok).toBe(true);
  expect(await changeShopRules(staff, { seen: 1, rules: rules(0) })).toEqual({ ok: false, error: { kind: "stale" } });
  expect((await record(done)).totals.tax).toBe(15_23);
  expect((await record(running)).totals.tax).toBe(21_75);
});

test("another shop can neither read nor change it", async () => {
  const { world, open, shop } = await shopWithOrder();
  const id = await open();
  const other = await world.shop();
  const stranger = await other.asStaff();
  expect(await readOrderRecord(stranger, id)).toBeNull();
  expect(await runOrderCommand(stranger, id, { intent: "cancel", why: "mischief" })).toEqual({ ok: false, error: { kind: "not-found" } });
  expect(await addNote(stranger, id, { noteId: newId("event"), text: "mischief" })).toEqual({ ok: false, error: { kind: "not-found" } });
  const unit = await shop.asset({ customer: await shop.customer() });
  const opening = { id: newId("workOrder"), assetId: unit, complaint: "x", lead: null, promisedAt: null, purchaseOrder: null, asDraft: false };
  expect(await openWorkOrder(stranger, opening)).toEqual({ ok: false, error: { kind: "no-such-unit" } });
});

test("the activity lists every change, and a note submitted twice once", async () => {
  const { staff, open, record } = await shopWithOrder();
  const id = await open();
  const noteId = newId("event");
  for (let sent = 0; sent < 2; sent++) await addNote(staff, id, { noteId, text: "Driver waits in the office" });
  await changeWorkOrder(staff, id, { intent: "move", seen: 1, to: "on-hold", holdReason: "parts" });
  const { activity } = await record(id);
  expect(activity.map(({ title }) => title).sort()).toEqual(["Note", "On hold: waiting for parts", "Opened"]);
});

test("numbers continue from the shop's setting, never go back, and are separate per shop", async () => {
  const { world, staff, open, record } = await shopWithOrder();
  const move = (typed: string) => moveNumbering(staff, { kind: "work-order", typed });
  await open();
  expect(await move("5000")).toEqual({ ok: true, value: 5_000 });
  const id = await open();
  expect((await record(id)).facts.number).toBe(5_000);
  expect(await move("5000")).toMatchObject({ ok: false });
  const other = await (await world.shop()).asStaff();
  expect((await readNextNumbers(other.db)).find(({ kind }) => kind === "work-order")?.next).toBe(1_000);
});

test("a search keeps its filter and page", async () => {
  const { staff, open } = await shopWithOrder();
  const [, , canceled] = [await open("Air leak"), await open("Air dryer"), await open("Air bag")];
  if (canceled) await runOrderCommand(staff, canceled, { intent: "cancel", why: "Driver left" });
  const found = async (more: Partial<Parameters<typeof readOrderList>[1]>) =>
    (await readOrderList(staff.db, { filter: "current", query: "customer", after: null, me: newId("membership"), ...more })).rows.map(({ number }) => number);
  expect(await found({})).toEqual([1001, 1000]);
  expect(await found({ after: [1001, "wo_"] })).toEqual([1000]);
  expect(await found({ order: { by: "number", direction: "asc" } })).toEqual([1000, 1001]);
  expect(await found({ filter: "canceled" })).toEqual([1002]);
  expect(await found({ filter: "mine" })).toEqual([]);
  expect(await found({ query: "wo-1000" })).toEqual([1000]);
});

test("a job's form only changes the order it was opened on, and not a removed job", async () => {
  const { staff, open, record } = await shopWithOrder();
  const [here, there] = [await open("Horn"), await open("Lamp")];
  const [theirs] = (await record(there)).order.jobs;
  if (!theirs) throw new Error("no job");
  const save = (order: typeof here, job: JobDraft) => changeWorkOrder(staff, order, { intent: "save-job", seen: 1, job: { ...job, complaint: "Rewritten" } });
  expect(await save(here, theirs)).toMatchObject({ ok: false, error: { kind: "job-gone" } });
  expect((await record(there)).order.jobs).toMatchObject([{ complaint: "Lamp" }]);
  expect((await record(here)).order).toMatchObject({ version: 1, jobs: [{ complaint: "Horn" }] });
  const added = { ...theirs, id: newId("job"), lines: [hour()] };
  expect((await save(here, added)).ok).toBe(true);
  expect((await changeWorkOrder(staff, here, { intent: "remove-job", seen: 2, jobId: added.id })).ok).toBe(true);
  expect(await save(here, added)).toMatchObject({ ok: false, error: { kind: "job-gone" } });
  expect((await readOrderList(staff.db, { filter: "all", query: "horn", after: null, me: newId("membership") })).rows).toMatchObject([{ price: 0 }]);
});

test("a canned job brings its options to the order, each time under ids of their own", async () => {
  const { staff, open } = await shopWithOrder();
  const [good, best] = [newId("option"), newId("option")];
  const options = {
    list: [
      { id: good, name: "Good" },
      { id: best, name: "Best" },
    ],
    preselected: best,
  };
  const lines = [hour(), { ...hour(), text: "Reman hose", option: good }, { ...hour(), text: "New hose", option: best }];
  const job = { id: newId("cannedJob"), name: "Hose", complaint: "Hose", correction: "", vmrs: null, options, lines };
  expect(await saveCannedJob(staff, job, 0)).toMatchObject({ ok: true });
  const order = await open("Leak");
  for (const jobId of [newId("job"), newId("job")]) expect((await addCannedJob(staff, order, { jobId, cannedJobId: job.id })).ok).toBe(true);
  const [, first, second] = (await readOrderRecord(staff, order))?.order.jobs ?? [];
  const [one, other] = first?.options?.list ?? [];
  expect(first).toMatchObject({ options: { list: [{ name: "Good" }, { name: "Best" }], preselected: other?.id } });
  expect(first?.lines.map(({ option }) => option)).toEqual([undefined, one?.id, other?.id]);
  expect(new Set([good, best, ...(first?.options?.list ?? []), ...(second?.options?.list ?? [])].map((it) => (typeof it === "string" ? it : it.id))).size).toBe(
    6,
  );
});

test("a canned job's form submitted twice saves once; another form with the same id is refused", async () => {
  const { staff } = await shopWithOrder();
  const job = { id: newId("cannedJob"), name: "PM-A", complaint: "PM-A due", correction: "", vmrs: null, options: null, lines: [hour()] };
  expect((await saveCannedJob(staff, job, 0)).ok).toBe(true);
  expect((await saveCannedJob(staff, { ...job, lines: [{ ...hour(), text: "Replace hose" }] }, 0)).ok).toBe(true);
  expect(await saveCannedJob(staff, { ...job, name: "PM-B" }, 0)).toEqual({ ok: false, error: { kind: "stale" } });
});
