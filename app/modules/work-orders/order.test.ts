import fc from "fast-check";
import { expect, test } from "vitest";
import type { Id } from "~/kernel/ids";
import { type Cents, type Quantity, sumCents, times, toCents, toQuantity } from "~/kernel/money";
import { MINUTE, toUtcMs } from "~/kernel/time";
import { type Job, type Line, lineKinds, sumsOf } from "./jobs/job";
import { applied, decide, linesOf, MOST_JOBS, type Order, running, type WorkOrderCommand } from "./order";
import { boardStates, canEdit, holdReasons, type WorkOrderState } from "./work-order";

const START = toUtcMs(1_800_000_000_000);
const job = (n: number) => `job_${n}` as Id<"job">;
const person = (n: number) => ({ id: `mem_${n}` as Id<"membership">, name: `Tech ${n}` });
const entry = (n: number) => `lab_${n}` as Id<"laborEntry">;

const fresh = (state: WorkOrderState = "open", change: Partial<Order> = {}): Order => ({
  id: "wo_1" as Id<"workOrder">,
  number: 1_000,
  assetId: "ast_1" as Id<"asset">,
  customerId: "cus_1" as Id<"customer">,
  title: "Air leak",
  lead: null,
  promisedAt: null,
  purchaseOrder: null,
  version: 1,
  headVersion: 1,
  stateVersion: 1,
  state,
  holdReason: null,
  stateSince: START,
  completedAt: null,
  rulesVersion: null,
  jobs: [jobOf(1)],
  clocks: [],
  ...change,
});

function jobOf(n: number, change: Partial<Job> = {}): Job {
  return {
    id: job(n),
    position: n,
    complaint: "Air leak at rear axle",
    cause: "",
    correction: "",
    vmrs: null,
    technician: null,
    lines: [],
    version: 1,
    ...change,
  };
}

const must = (order: Order, command: WorkOrderCommand, now = toUtcMs(START + MINUTE)): Order => {
  const decided = decide(order, command, now);
  if (!decided.ok) throw new Error(JSON.stringify(decided.error));
  return applied(order, decided.value);
};
const refusal = (order: Order, command: WorkOrderCommand, now = toUtcMs(START + MINUTE)) => {
  const decided = decide(order, command, now);
  return decided.ok ? null : decided.error;
};
const moveTo = (to: (typeof boardStates)[number], seen = 1): WorkOrderCommand => ({ intent: "move", to, seen, holdReason: null, rulesVersion: 3 });

test("completes only once every job has a correction, and keeps the rates of that moment", () => {
  const order = fresh("in-progress");
  expect(refusal(order, moveTo("completed"))).toEqual({ kind: "not-allowed", message: expect.stringContaining('"Air leak at rear axle"') });
  const done = must(must(order, { intent: "save-job", seen: 1, job: { ...jobOf(1), correction: "Replaced the hose" } }), moveTo("completed", 2));
  expect(done).toMatchObject({ state: "completed", rulesVersion: 3, completedAt: START + MINUTE });
});

test("a completed order is locked; only reopening with a reason changes it", () => {
  const done = fresh("completed", { jobs: [jobOf(1, { correction: "Done" })], completedAt: START, rulesVersion: 2 });
  for (const command of [
    { intent: "save-job", seen: 9, job: jobOf(2) },
    { intent: "change-head", seen: 9, head: { title: "Other", lead: null, promisedAt: null, purchaseOrder: null } },
    { intent: "start-clock", entryId: entry(1), jobId: job(1), technician: person(1) },
    { intent: "cancel", why: "by mistake" },
    moveTo("in-progress", 9),
  ] satisfies WorkOrderCommand[])
    expect(refusal(done, command)).toMatchObject({ kind: "not-allowed" });
  expect(refusal(done, { intent: "reopen", why: "" })).toEqual({ kind: "no-reason" });
  expect(must(done, { intent: "reopen", why: "leak is back" })).toMatchObject({ state: "in-progress", completedAt: null, rulesVersion: null });
});

test("two people editing different parts don't conflict; on the same part the second gets stale", () => {
  const order = fresh("in-progress", { jobs: [jobOf(1), jobOf(2)] });
  const after = must(order, { intent: "save-job", seen: 1, job: { ...jobOf(1), cause: "Chafed hose" } });
  expect(refusal(after, { intent: "save-job", seen: 1, job: { ...jobOf(2), cause: "Worn" } })).toBeNull();
  expect(refusal(after, moveTo("open", 1))).toBeNull();
  expect(refusal(after, { intent: "save-job", seen: 1, job: { ...jobOf(1), cause: "Loose fitting" } })).toEqual({ kind: "stale" });
  const moved = must(after, moveTo("open", 2));
  expect(refusal(moved, moveTo("on-hold", 2))).toEqual({ kind: "stale" });
});

test("starting a clock moves the order to in progress, and stops the same person's clock on another job", () => {
  const order = fresh("on-hold", { holdReason: "parts", jobs: [jobOf(1), jobOf(2)] });
  const first = must(order, { intent: "start-clock", entryId: entry(1), jobId: job(1), technician: person(1) });
  expect(first).toMatchObject({ state: "in-progress", holdReason: null });
  const second = must(first, { intent: "start-clock", entryId: entry(2), jobId: job(2), technician: person(1) }, toUtcMs(START + 30 * MINUTE));
  expect(second.clocks.map(({ stoppedAt }) => stoppedAt)).toEqual([START + 30 * MINUTE, null]);
  const both = must(second, { intent: "start-clock", entryId: entry(3), jobId: job(2), technician: person(2) });
  expect(running(both.clocks).map(({ technician }) => technician.id)).toEqual(["mem_2", "mem_1"]);
});

test("a clock correction needs a reason and valid times", () => {
  const order = must(fresh("open"), { intent: "start-clock", entryId: entry(1), jobId: job(1), technician: person(1) }, START);
  const correct = (startedAt: number, stoppedAt: number, why = "forgot to stop"): WorkOrderCommand => ({
    intent: "correct-clock",
    entryId: entry(1),
    startedAt: toUtcMs(startedAt),
    stoppedAt: toUtcMs(stoppedAt),
    why,
  });
  const now = toUtcMs(START + 60 * MINUTE);
  expect(refusal(order, correct(START, START, "x"), now)).toMatchObject({ kind: "bad-times" });
  expect(refusal(order, correct(START, now + 1), now)).toMatchObject({ kind: "bad-times" });
  expect(refusal(order, correct(START, now, ""), now)).toEqual({ kind: "no-reason" });
  expect(refusal(order, correct(Date.parse("0001-01-01T00:00:00Z"), now), now)).toMatchObject({
    kind: "bad-times",
    message: expect.stringMatching(/more than a day/),
  });
  expect(must(order, correct(START + MINUTE, START + 2 * MINUTE), now).clocks[0]).toMatchObject({ startedAt: START + MINUTE, stoppedAt: START + 2 * MINUTE });
});

test("an order holds a limited number of jobs, and existing ones can still be changed", () => {
  const full = fresh("open", { jobs: Array.from({ length: MOST_JOBS }, (_, at) => jobOf(at + 1)) });
  const { position: _, version: __, ...more } = jobOf(MOST_JOBS + 1);
  expect(refusal(full, { intent: "save-job", seen: 9, job: more })).toMatchObject({ kind: "not-allowed", message: expect.stringMatching(/200 jobs/) });
  expect(refusal(full, { intent: "save-job", seen: 9, job: { ...more, id: job(1) } })).toBeNull();
});

test("approved lines go onto the job they were requested for once, and keep its cause", () => {
  const lines = [
    { id: "lin_7" as Id<"line">, kind: "fee", text: "Hose", partNumber: null, quantity: toQuantity(1_000), each: toCents(50_00), cost: null, supplies: false },
  ] as const;
  const { position: _, version: __, ...approved } = jobOf(9, { lines });
  const place: WorkOrderCommand = { intent: "place-approved", job: approved };
  const asked = jobOf(1, { complaint: "Air leak at rear axle\nDriver waits", cause: "Chafed hose", technician: person(1) });
  const placed = must(fresh("in-progress", { jobs: [asked, jobOf(2, { complaint: "Wipers" })] }), place);
  expect(placed.jobs).toMatchObject([{ ...asked, lines, version: 2 }, { id: job(2) }]);
  expect(refusal(placed, place)).toEqual({ kind: "stale" });
  // If that job has lines already, or there is none, they become a job of their own.
  const other = must(fresh("open", { jobs: [jobOf(1, { lines: [{ ...lines[0], id: "lin_1" as Id<"line"> }] })] }), place);
  expect(other.jobs).toMatchObject([{ id: job(1) }, { id: job(9), position: 2, lines }]);
  expect(refusal(other, place)).toEqual({ kind: "stale" });
  expect(refusal(fresh("invoiced"), place)).toMatchObject({ kind: "not-allowed" });
});

test("a job with clocked time can't be removed", () => {
  const order = must(fresh("open"), { intent: "start-clock", entryId: entry(1), jobId: job(1), technician: person(1) });
  expect(refusal(order, { intent: "remove-job", seen: 9, jobId: job(1) })).toMatchObject({ kind: "job-in-use" });
  expect(must(fresh("open"), { intent: "remove-job", seen: 9, jobId: job(1) }).jobs).toEqual([]);
});

const line: fc.Arbitrary<Line> = fc.record({
  id: fc.integer({ min: 1, max: 9 }).map((n) => `lin_${n}` as Id<"line">),
  kind: fc.constantFrom(...lineKinds),
  text: fc.constant("line"),
  partNumber: fc.constant(null),
  quantity: fc.integer({ min: -20_000, max: 200_000 }).map(toQuantity),
  each: fc.integer({ min: 0, max: 900_000 }).map(toCents),
  cost: fc.option(fc.integer({ min: 0, max: 500_000 }).map(toCents)),
  supplies: fc.boolean(),
});
const seen = fc.constantFrom(1, 4, 99, 99, 99);
const text = fc.constantFrom("", "done", "leak is back", "worn out");
const anyJob = fc.integer({ min: 1, max: 2 }).map(job);
const command: fc.Arbitrary<WorkOrderCommand> = fc.oneof(
  fc.record({
    intent: fc.constant("move" as const),
    seen,
    to: fc.constantFrom(...boardStates),
    holdReason: fc.option(fc.constantFrom(...holdReasons)),
    rulesVersion: seen,
  }),
  fc.record({ intent: fc.constantFrom("reopen" as const, "cancel" as const), why: text }),
  fc.record({
    intent: fc.constant("save-job" as const),
    seen,
    job: fc.record({
      id: anyJob,
      complaint: fc.constant("noise"),
      cause: text,
      correction: text,
      vmrs: fc.constant(null),
      technician: fc.constant(null),
      lines: fc.array(line, { maxLength: 4 }),
    }),
  }),
  fc.record({ intent: fc.constant("remove-job" as const), seen, jobId: anyJob }),
  fc.record({
    intent: fc.constant("start-clock" as const),
    entryId: fc.integer({ min: 1, max: 1e9 }).map(entry),
    jobId: anyJob,
    technician: fc.integer({ min: 1, max: 3 }).map(person),
  }),
  fc.record({ intent: fc.constant("stop-clock" as const), entryId: fc.integer({ min: 1, max: 5 }).map(entry) }),
);

test("no sequence of commands reaches an impossible order, or a total that is not the sum of its lines", () => {
  const seenStates = new Set<WorkOrderState>();
  let clocked = 0;
  fc.assert(
    fc.property(fc.array(command, { maxLength: 40, size: "max" }), fc.constantFrom<WorkOrderState>("draft", "open"), (all, state) => {
      let order = fresh(state);
      for (const [at, one] of all.entries()) {
        const decided = decide(order, one, toUtcMs(START + (at + 1) * MINUTE));
        if (!decided.ok) continue;
        const before = order;
        order = applied(order, decided.value);
        check(before, order);
        seenStates.add(order.state);
        clocked += running(order.clocks).length;
      }
    }),
    { numRuns: 1_500 },
  );
  // The runs reached every state that staff can reach.
  expect([...seenStates].sort()).toEqual(["canceled", "completed", "draft", "in-progress", "on-hold", "open"]);
  expect(clocked).toBeGreaterThan(1_000);
});

function check(before: Order, order: Order): void {
  expect(order.version).toBe(before.version + 1);
  // Only orders on hold have a hold reason.
  expect(order.holdReason !== null).toBe(order.state === "on-hold");
  // A completed order has a completion time, its rates, and a correction on every job.
  expect(order.completedAt !== null).toBe(order.state === "completed");
  expect(order.rulesVersion !== null).toBe(order.state === "completed");
  if (order.state === "completed") expect(order.jobs.every(({ correction }) => correction !== "")).toBe(true);
  // Locked orders keep their lines.
  if (canEdit(before.state) !== true) expect(order.jobs).toEqual(before.jobs);
  // Clocks run only on work in progress, on an existing job, one per person.
  const live = running(order.clocks);
  if (live.length > 0) expect(order.state).toBe("in-progress");
  expect(new Set(live.map(({ technician }) => technician.id)).size).toBe(live.length);
  for (const { jobId } of order.clocks) expect(order.jobs.map(({ id }) => id)).toContain(jobId);
  // Job numbers are unique.
  expect(new Set(order.jobs.map(({ position }) => position)).size).toBe(order.jobs.length);
  const lines = linesOf(order);
  const byHand = lines.reduce((sum, { each, quantity }) => sum + Number(exactly(each, quantity)), 0);
  expect(sumsOf(lines).price).toBe(byHand);
  expect(sumsOf(lines).price).toBe(sumCents(order.jobs.map((one) => sumsOf(one.lines).price)));
}

/** Rounds half up independently of the code under test. */
function exactly(each: Cents, quantity: Quantity): bigint {
  const product = BigInt(each) * BigInt(quantity);
  const size = product < 0n ? -product : product;
  const rounded = size / 1_000n + (size % 1_000n >= 500n ? 1n : 0n);
  expect(times(each, quantity)).toBe(Number(product < 0n ? -rounded : rounded));
  return product < 0n ? -rounded : rounded;
}

test("only a completed order is invoiced, at the version on the invoice, and voiding releases it unchanged", () => {
  const invoiceId = "inv_1" as Id<"invoice">;
  const completed = fresh("completed", { version: 5, completedAt: START, rulesVersion: 3 });
  const later = toUtcMs(START + MINUTE);
  expect(decide(completed, { intent: "bill", seen: 4, invoiceId }, later)).toEqual({ ok: false, error: { kind: "stale" } });
  const taken = decide(completed, { intent: "bill", seen: 5, invoiceId }, later);
  if (!taken.ok) throw new Error("completed order is invoiced");
  const invoiced = applied(completed, taken.value);
  expect(invoiced).toMatchObject({ state: "invoiced", completedAt: START, rulesVersion: 3 });
  for (const state of ["draft", "open", "in-progress", "on-hold", "invoiced", "canceled"] as const)
    expect(decide(fresh(state), { intent: "bill", seen: 1, invoiceId }, later)).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
  const back = decide(invoiced, { intent: "unbill", invoiceId }, later);
  if (!back.ok) throw new Error("a voided invoice releases its order");
  expect(applied(invoiced, back.value)).toMatchObject({ state: "completed", completedAt: START, rulesVersion: 3 });
  expect(decide(completed, { intent: "unbill", invoiceId }, later)).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
});

test("outside work is added to an order once; a locked one only gets the cost, and charged lines can't be removed", () => {
  const line = (each: number): Line => ({
    id: "lin_9" as Id<"line">,
    kind: "outside",
    text: "Rebuild",
    partNumber: null,
    quantity: toQuantity(1_000),
    each: toCents(each),
    cost: toCents(500_00),
    supplies: false,
  });
  const place: WorkOrderCommand = { intent: "place-outside", job: { ...jobOf(9), complaint: "Outside work", correction: "Done", lines: [line(600_00)] } };
  const lift: WorkOrderCommand = { intent: "lift-outside", jobId: job(9) };
  const sums = (order: Order) => sumsOf(linesOf(order));

  const open = must(fresh("in-progress"), place);
  expect(sums(open)).toMatchObject({ price: 600_00, cost: 500_00 });
  expect(refusal(open, place)).toEqual({ kind: "stale" });
  expect(sums(must(open, lift))).toMatchObject({ price: 0, cost: 0 });
  expect(refusal(fresh(), lift)).toEqual({ kind: "not-found" });

  for (const state of ["completed", "invoiced", "canceled"] as const) {
    const locked = must(fresh(state), place);
    expect(sums(locked)).toMatchObject({ price: 0, cost: 500_00 });
    expect(sums(must(locked, lift))).toMatchObject({ price: 0, cost: 0 });
    expect(refusal({ ...open, state }, lift)).toMatchObject({ kind: "not-allowed" });
  }
  // A job with clocked time stays, without its lines.
  const timed = must(must(open, { intent: "start-clock", entryId: entry(1), jobId: job(9), technician: person(1) }), lift);
  expect(timed.jobs.find(({ id }) => id === job(9))?.lines).toEqual([]);
});
