import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Id } from "~/kernel/ids";
import { type Cents, type Quantity, sumCents, times, toCents, toQuantity } from "~/kernel/money";
import { later, MINUTE } from "~/kernel/time";
import { decisionOn, jobId, jobOf, lineId, must, NOW, offeredLine, orderLine, orderOf, person, refusal, START } from "../../../tests/world/order-values";
import { decide } from "./decide-order";
import { type Line, lineKinds, sumsOf } from "./jobs/job";
import { linesOf } from "./lines/order-authorization";
import { applied, type LaborEntry, type Order, running, type WorkOrderCommand } from "./order";
import { boardStates, canEdit, holdReasons, type WorkOrderState } from "./work-order";

const entry = (n: number) => `lab_${n}` as Id<"laborEntry">;
const runningClock: LaborEntry = { id: entry(1), jobId: jobId(1), technician: person(1), startedAt: START, stoppedAt: null };
type Move = Extract<WorkOrderCommand, { intent: "move" }>;
const moveTo = (to: Move["to"], more: Partial<Move> = {}): Move => ({ intent: "move", to, seen: 1, holdReason: null, rulesVersion: 3, ...more });
const finished = jobOf(1, [], { correction: "Replaced the hose" });

describe("moving an order", () => {
  it("completes only once every job has a correction, and keeps the rates of that moment", () => {
    const order = orderOf({ state: "in-progress" });
    expect(refusal(order, moveTo("completed"))).toEqual({ kind: "not-allowed", message: expect.stringContaining('"Air leak at rear axle"') });
    const done = must(must(order, { intent: "save-job", seen: 1, job: finished }), moveTo("completed", { seen: 2 }));
    expect(done).toMatchObject({ state: "completed", rulesVersion: 3, completedAt: NOW });
  });

  it("names the whole complaint of a job without a correction", () => {
    const complaint = "Loses air overnight at the rear axle, worse when it is parked with a loaded trailer";
    const order = orderOf({ state: "in-progress", jobs: [jobOf(1, [], { complaint })] });
    expect(refusal(order, moveTo("completed"))).toEqual({ kind: "not-allowed", message: `Enter the correction for "${complaint}" on job 1 first.` });
  });

  it("needs no correction for a job whose lines the customer declined, only for a job with nothing on it", () => {
    const lines = [orderLine(1, 100), orderLine(2, 50)];
    const declined = orderOf({ state: "in-progress", jobs: [jobOf(1, lines)], decisions: [decisionOn(1, "declined"), decisionOn(2, "unchosen")] });
    expect(must(declined, moveTo("completed")).state).toBe("completed");
    expect(refusal({ ...declined, decisions: [decisionOn(1, "declined")] }, moveTo("completed"))).toMatchObject({ kind: "not-allowed" });
    expect(refusal({ ...declined, jobs: [jobOf(1)] }, moveTo("completed"))).toMatchObject({ kind: "not-allowed" });
  });

  it("needs no correction for a job of which nothing was done", () => {
    const order = orderOf({ state: "in-progress", jobs: [finished, jobOf(2, [orderLine(1, 100), orderLine(2, 50)])] });
    expect(refusal(order, moveTo("completed", { notDone: [lineId(1)] }))).toMatchObject({ kind: "not-allowed" });
    expect(must(order, moveTo("completed", { notDone: [lineId(1), lineId(2)] })).state).toBe("completed");
  });

  it("records which lines were done when it completes, without asking about declined ones", () => {
    const job = { ...finished, lines: [orderLine(1, 100), orderLine(2, 50), orderLine(3, 20)] };
    const order = orderOf({ state: "in-progress", version: 4, jobs: [job], decisions: [decisionOn(3, "declined")] });
    const done = must(order, moveTo("completed", { seen: 4, notDone: [lineId(2)] }));
    expect(linesOf(done).map((line) => [line.done, line.version])).toEqual([
      [true, 5],
      [false, 5],
      [null, 1],
    ]);
    const reopened = must(done, { intent: "reopen", why: "leak is back" });
    expect(linesOf(reopened).map((line) => line.done)).toEqual([true, null, null]);
    expect(refusal(reopened, { intent: "cancel", why: "Sold" })).toMatchObject({
      kind: "not-allowed",
      message: expect.stringMatching(/was done\. Complete it/),
    });
  });

  it("isn't canceled once time was clocked on it: it is completed instead", () => {
    const order = orderOf({ state: "in-progress" });
    expect(must(order, { intent: "cancel", why: "Sold" }).state).toBe("canceled");
    for (const clock of [runningClock, { ...runningClock, stoppedAt: later(START, MINUTE) }])
      expect(refusal(orderOf({ state: "on-hold", holdReason: "parts", heldFrom: "open", clocks: [clock] }), { intent: "cancel", why: "Sold" })).toEqual({
        kind: "not-allowed",
        message:
          "Time was clocked on this order. Complete it instead, and leave out what wasn't done. If a clock was started by mistake, discard it on its job first.",
      });
  });

  it("needs a reason to be put on hold, and remembers the state that the hold began in", () => {
    const order = orderOf({ state: "in-progress" });
    expect(refusal(order, moveTo("on-hold"))).toEqual({ kind: "no-reason" });
    const held = must(order, moveTo("on-hold", { holdReason: "parts" }));
    expect(held).toMatchObject({ state: "on-hold", holdReason: "parts", heldFrom: "in-progress" });
    // Another reason for the hold changes neither that nor how long it lasts.
    const other = must(held, moveTo("on-hold", { seen: 2, holdReason: "vendor" }), later(NOW, MINUTE));
    expect(other).toMatchObject({ holdReason: "vendor", heldFrom: "in-progress", stateSince: NOW });
    expect(must(other, moveTo("open", { seen: 3 }))).toMatchObject({ holdReason: null, heldFrom: null });
  });

  it("stops running clocks unless work goes on", () => {
    const order = orderOf({ state: "in-progress", clocks: [runningClock] });
    expect(running(must(order, moveTo("on-hold", { holdReason: "parts" })).clocks)).toEqual([]);
    expect(running(must(order, moveTo("in-progress")).clocks)).toHaveLength(1);
  });

  it("is stale only for who did not see the last move", () => {
    const order = orderOf({ state: "in-progress", jobs: [jobOf(1), jobOf(2)] });
    const saved = must(order, { intent: "save-job", seen: 1, job: { ...jobOf(1), cause: "Chafed hose" } });
    expect(refusal(saved, moveTo("open"))).toBeNull();
    const moved = must(saved, moveTo("open", { seen: 2 }));
    expect(refusal(moved, moveTo("on-hold", { seen: 2, holdReason: "parts" }))).toEqual({ kind: "stale" });
  });
});

describe("a locked order", () => {
  const done = orderOf({ state: "completed", jobs: [finished], completedAt: START, rulesVersion: 2 });

  it("takes no change of its parts", () => {
    for (const command of [
      { intent: "save-job", seen: 9, job: jobOf(2) },
      { intent: "remove-job", seen: 9, jobId: jobId(1) },
      { intent: "change-head", seen: 9, head: { title: "Other", lead: null, promisedAt: null, purchaseOrder: null } },
      { intent: "start-clock", entryId: entry(1), jobId: jobId(1), technician: person(1) },
      { intent: "cancel", why: "by mistake" },
      moveTo("in-progress", { seen: 9 }),
    ] satisfies WorkOrderCommand[])
      expect(refusal(done, command)).toMatchObject({ kind: "not-allowed" });
  });

  it("is reopened with a reason", () => {
    expect(refusal(done, { intent: "reopen", why: "" })).toEqual({ kind: "no-reason" });
    expect(must(done, { intent: "reopen", why: "leak is back" })).toMatchObject({ state: "in-progress", completedAt: null, rulesVersion: null });
  });
});

describe("changing the head of an order", () => {
  const head = { title: "Air leak and horn", lead: person(2), promisedAt: NOW, purchaseOrder: "PO-7" };

  it("is stale only for who did not see its last change", () => {
    const changed = must(orderOf(), { intent: "change-head", seen: 1, head });
    expect(changed).toMatchObject({ ...head, version: 2, headVersion: 2 });
    expect(refusal(changed, { intent: "change-head", seen: 1, head })).toEqual({ kind: "stale" });
    const moved = must(changed, moveTo("in-progress"));
    expect(refusal(moved, { intent: "change-head", seen: 2, head })).toBeNull();
  });
});

describe("invoicing an order", () => {
  const invoiceId = "inv_1" as Id<"invoice">;
  const completed = orderOf({ state: "completed", version: 5, completedAt: START, rulesVersion: 3 });

  it("takes a completed order at the version on the invoice, and voiding releases it unchanged", () => {
    expect(refusal(completed, { intent: "bill", seen: 4, invoiceId })).toEqual({ kind: "stale" });
    const invoiced = must(completed, { intent: "bill", seen: 5, invoiceId });
    expect(invoiced).toMatchObject({ state: "invoiced", completedAt: START, rulesVersion: 3 });
    expect(must(invoiced, { intent: "unbill", invoiceId })).toMatchObject({ state: "completed", completedAt: START, rulesVersion: 3 });
  });

  it("refuses an order in any other state", () => {
    for (const state of ["draft", "open", "in-progress", "on-hold", "invoiced", "canceled"] as const)
      expect(refusal(orderOf({ state }), { intent: "bill", seen: 1, invoiceId })).toMatchObject({ kind: "not-allowed" });
    expect(refusal(completed, { intent: "unbill", invoiceId })).toMatchObject({ kind: "not-allowed" });
  });
});

const line: fc.Arbitrary<Line> = fc.record({
  id: fc.integer({ min: 1, max: 9 }).map(lineId),
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
const anyJob = fc.integer({ min: 1, max: 2 }).map(jobId);
const command: fc.Arbitrary<WorkOrderCommand> = fc.oneof(
  fc.record({
    intent: fc.constant("move" as const),
    seen,
    to: fc.constantFrom(...boardStates),
    holdReason: fc.option(fc.constantFrom(...holdReasons)),
    rulesVersion: seen,
    notDone: fc.subarray([lineId(1), lineId(2), lineId(3)]),
  }),
  fc.record({ intent: fc.constantFrom("reopen" as const, "cancel" as const), why: text }),
  fc.record({
    intent: fc.constant("save-job" as const),
    seen,
    why: text,
    job: fc.record({
      id: anyJob,
      complaint: fc.constant("noise"),
      cause: text,
      correction: text,
      vmrs: fc.constant(null),
      technician: fc.constant(null),
      lines: fc.uniqueArray(line, { maxLength: 4, selector: ({ id }) => id }),
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

describe("any sequence of commands", () => {
  it("reaches no impossible order, and no total that is not the sum of its lines", () => {
    const seenStates = new Set<WorkOrderState>();
    let clocked = 0;
    let notDone = 0;
    fc.assert(
      fc.property(
        fc.array(command, { maxLength: 40, size: "max" }),
        fc.constantFrom<WorkOrderState>("draft", "open", "in-progress"),
        fc.boolean(),
        (all, state, offered) => {
          const lines = offered ? [offeredLine(1, 40), orderLine(2, 60)] : [];
          let order = orderOf({ state, jobs: [jobOf(1, lines, { correction: offered ? "done" : "" })], decisions: [decisionOn(2, "approved", 60)] });
          for (const [at, one] of all.entries()) {
            const result = decide(order, one, later(START, (at + 1) * MINUTE));
            if (!result.ok) continue;
            const before = order;
            order = applied(order, result.value);
            check(before, order);
            seenStates.add(order.state);
            clocked += running(order.clocks).length;
            notDone += linesOf(order).filter(({ done }) => done === false).length;
          }
        },
      ),
      { numRuns: 1_000 },
    );
    // The runs reached every state that staff can reach.
    expect([...seenStates].sort()).toEqual(["canceled", "completed", "draft", "in-progress", "on-hold", "open"]);
    expect(clocked).toBeGreaterThan(300);
    expect(notDone).toBeGreaterThan(20);
  });
});

function check(before: Order, order: Order): void {
  expect(order.version).toBe(before.version + 1);
  // Only orders on hold have a hold reason, and a state to go back to.
  expect(order.holdReason !== null).toBe(order.state === "on-hold");
  expect(order.heldFrom !== null).toBe(order.state === "on-hold");
  // A completed order has a completion time, its rates, and a correction on every job of which something was done.
  expect(order.completedAt !== null).toBe(order.state === "completed");
  expect(order.rulesVersion !== null).toBe(order.state === "completed");
  if (order.state === "completed")
    expect(order.jobs.every(({ correction, lines }) => correction !== "" || (lines.length > 0 && lines.every(({ done }) => done === false)))).toBe(true);
  // Completing answers of each line whether it was done. Reopened, the order still knows what was done, and asks about the rest again.
  expect(linesOf(order).every(({ done }) => done !== (order.state === "completed" ? null : false))).toBe(true);
  // Work that was done is never canceled.
  if (order.state === "canceled") expect([before.clocks, linesOf(before).filter(({ done }) => done)]).toEqual([[], []]);
  // Locked orders keep what was written on their lines.
  if (canEdit(before.state) !== true) expect(written(order)).toEqual(written(before));
  // An offered line stays, and an unchanged one keeps its version.
  if (linesOf(before).some(({ offer }) => offer !== null)) expect(linesOf(order).some(({ offer }) => offer !== null)).toBe(true);
  for (const line of linesOf(order)) expect(linesOf(before).some((known) => known.id === line.id) || line.writtenIn === order.version).toBe(true);
  // Clocks run only on work in progress, on an existing job, one per person.
  const live = running(order.clocks);
  if (live.length > 0) expect(order.state).toBe("in-progress");
  expect(new Set(live.map(({ technician }) => technician.id)).size).toBe(live.length);
  for (const clock of order.clocks) expect(order.jobs.map(({ id }) => id)).toContain(clock.jobId);
  // Job numbers are unique.
  expect(new Set(order.jobs.map(({ position }) => position)).size).toBe(order.jobs.length);
  const lines = linesOf(order);
  const byHand = lines.reduce((sum, { each, quantity }) => sum + Number(exactly(each, quantity)), 0);
  expect(sumsOf(lines).price).toBe(byHand);
  expect(sumsOf(lines).price).toBe(sumCents(order.jobs.map((one) => sumsOf(one.lines).price)));
}

const written = (order: Order) => order.jobs.map((job) => ({ ...job, version: 0, lines: job.lines.map((line) => ({ ...line, done: null, version: 0 })) }));

/** Rounds half up independently of the code under test. */
function exactly(each: Cents, quantity: Quantity): bigint {
  const product = BigInt(each) * BigInt(quantity);
  const size = product < 0n ? -product : product;
  const rounded = size / 1_000n + (size % 1_000n >= 500n ? 1n : 0n);
  expect(times(each, quantity)).toBe(Number(product < 0n ? -rounded : rounded));
  return product < 0n ? -rounded : rounded;
}

describe("a unit at the shop", () => {
  it("arrives and leaves once each, and can come back", () => {
    const here = must(orderOf(), { intent: "arrive" });
    expect([here.arrivedAt, here.releasedAt]).toEqual([NOW, null]);
    expect(refusal(here, { intent: "arrive" })).toMatchObject({ kind: "not-allowed" });
    const gone = must(here, { intent: "release" });
    expect(gone.releasedAt).toBe(NOW);
    expect(refusal(gone, { intent: "release" })).toMatchObject({ kind: "not-allowed" });
    expect(must(gone, { intent: "arrive" }).releasedAt).toBeNull();
  });

  it("is there once work on it starts", () => {
    expect(must(orderOf(), { intent: "move", seen: 1, to: "in-progress", holdReason: null, rulesVersion: 1 }).arrivedAt).toBe(NOW);
    expect(refusal(orderOf(), { intent: "release" })).toMatchObject({ kind: "not-allowed" });
  });
});
