import { describe, expect, it } from "vitest";
import type { Id } from "~/kernel/ids";
import { HOUR, later, MINUTE, toUtcMs, type UtcMs } from "~/kernel/time";
import { jobId, jobOf, must, orderOf, person, refusal, START } from "../../../../tests/world/order-values";
import { running, type WorkOrderCommand } from "../order";
import { clockedMs } from "./totals";

const entry = (n: number) => `lab_${n}` as Id<"laborEntry">;
const start = (n: number, job: number, who = 1): WorkOrderCommand => ({ intent: "start-clock", entryId: entry(n), jobId: jobId(job), technician: person(who) });

describe("starting a clock", () => {
  it("starts the work, and stops the same person's clock on another job", () => {
    const held = orderOf({ state: "on-hold", holdReason: "parts", heldFrom: "open", jobs: [jobOf(1), jobOf(2)] });
    const first = must(held, start(1, 1), START);
    expect(first).toMatchObject({ state: "in-progress", holdReason: null, heldFrom: null });
    const second = must(first, start(2, 2), later(START, 30 * MINUTE));
    expect(second.clocks.map(({ stoppedAt }) => stoppedAt)).toEqual([later(START, 30 * MINUTE), null]);
    const both = must(second, start(3, 2, 2));
    expect(running(both.clocks).map(({ technician }) => technician.id)).toEqual(["mem_1", "mem_2"]);
  });

  it("is refused on a job that is gone, on a draft, and where it runs already", () => {
    expect(refusal(orderOf(), start(1, 7))).toEqual({ kind: "not-found" });
    expect(refusal(orderOf({ state: "draft" }), start(1, 1))).toMatchObject({ kind: "not-allowed" });
    expect(refusal(must(orderOf(), start(1, 1)), start(2, 1))).toMatchObject({ kind: "not-allowed", message: expect.stringContaining("already running") });
  });
});

describe("stopping a clock", () => {
  it("stops a running clock once", () => {
    const order = must(orderOf(), start(1, 1), START);
    const stop: WorkOrderCommand = { intent: "stop-clock", entryId: entry(1) };
    const stopped = must(order, stop, later(START, 90 * MINUTE));
    expect(clockedMs(stopped.clocks, later(START, 3 * HOUR))).toBe(90 * MINUTE);
    expect(refusal(stopped, stop)).toMatchObject({ kind: "not-allowed" });
    expect(refusal(stopped, { intent: "stop-clock", entryId: entry(9) })).toEqual({ kind: "not-found" });
  });
});

describe("correcting a clock", () => {
  const now = later(START, HOUR);
  const order = must(orderOf(), start(1, 1), START);
  const correct = (startedAt: UtcMs, stoppedAt: UtcMs, why = "forgot to stop"): WorkOrderCommand => ({
    intent: "correct-clock",
    entryId: entry(1),
    startedAt,
    stoppedAt,
    why,
  });

  it("needs a reason and valid times", () => {
    expect(refusal(order, correct(START, START), now)).toMatchObject({ kind: "bad-times" });
    expect(refusal(order, correct(START, later(now, 1)), now)).toMatchObject({ kind: "bad-times" });
    expect(refusal(order, correct(START, now, ""), now)).toEqual({ kind: "no-reason" });
    expect(refusal(order, correct(toUtcMs(Date.parse("0001-01-01T00:00:00Z")), now), now)).toMatchObject({
      kind: "bad-times",
      message: expect.stringMatching(/more than a day/),
    });
    const times = { startedAt: later(START, MINUTE), stoppedAt: later(START, 2 * MINUTE) };
    expect(must(order, correct(times.startedAt, times.stoppedAt), now).clocks[0]).toMatchObject(times);
  });

  it("is possible on a completed order, and not on an invoiced one", () => {
    expect(refusal({ ...order, state: "completed" }, correct(START, now), now)).toBeNull();
    expect(refusal({ ...order, state: "invoiced" }, correct(START, now), now)).toMatchObject({ kind: "not-allowed" });
  });
});

describe("discarding a clock", () => {
  const order = must(orderOf(), start(1, 1), START);
  const discard = (by: number, mayAny: boolean, why = "wrong order"): WorkOrderCommand => ({
    intent: "discard-clock",
    entryId: entry(1),
    by: { id: person(by).id, mayAny },
    why,
  });

  it("takes it off the order, running or stopped, so that the order can be canceled", () => {
    const cancel: WorkOrderCommand = { intent: "cancel", why: "opened twice" };
    expect(refusal(order, cancel)).toMatchObject({ kind: "not-allowed", message: expect.stringContaining("discard it on its job") });
    const stopped = must(order, { intent: "stop-clock", entryId: entry(1) }, later(START, MINUTE));
    for (const clocked of [order, stopped]) {
      const discarded = must(clocked, discard(1, false), later(START, 2 * MINUTE));
      expect(discarded.clocks).toEqual([]);
      expect(must(discarded, cancel).state).toBe("canceled");
    }
  });

  it("is for the technician within 15 minutes, for who corrects labor at any time, and needs a reason", () => {
    expect(refusal(order, discard(1, false), later(START, 15 * MINUTE))).toBeNull();
    expect(refusal(order, discard(1, false), later(START, 15 * MINUTE + 1))).toMatchObject({
      kind: "not-allowed",
      message: expect.stringContaining("15 minutes"),
    });
    expect(refusal(order, discard(2, false), START)).toMatchObject({ kind: "not-allowed", message: expect.stringContaining("someone else's") });
    expect(refusal(order, discard(2, true), later(START, 30 * HOUR))).toBeNull();
    expect(refusal(order, discard(1, true, ""), START)).toEqual({ kind: "no-reason" });
    expect(refusal({ ...order, clocks: [] }, discard(1, true), START)).toEqual({ kind: "not-found" });
  });

  it("is possible on a completed order, and not on an invoiced one", () => {
    expect(refusal({ ...order, state: "completed" }, discard(1, true))).toBeNull();
    expect(refusal({ ...order, state: "invoiced" }, discard(1, true))).toMatchObject({ kind: "not-allowed" });
  });

  it("leaves other clocks as they are", () => {
    const two = must(order, start(2, 1, 2), later(START, MINUTE));
    expect(must(two, discard(1, true)).clocks.map(({ id }) => id)).toEqual([entry(2)]);
  });
});
