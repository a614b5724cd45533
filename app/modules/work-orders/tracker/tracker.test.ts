import fc from "fast-check";
import { expect, test } from "vitest";
import { toUtcMs, type UtcMs } from "~/kernel/time";
import { boardStates, type HoldReason, holdReasons, type WorkOrderState } from "../work-order";
import { workOrderJournal } from "../work-order.journal";
import { stageOf, stages, trackOf } from "./tracker";

const at = (hour: number): UtcMs => toUtcMs(Date.UTC(2030, 2, 1, hour));
const order = { number: 1_000, order: "Air leak" };
const stored = <Body extends object>({ code, body }: { code: string; body: Body }) => ({ event: code, body });
const moved = (hour: number, to: WorkOrderState, holdReason: HoldReason | null = null) => ({
  at: at(hour),
  ...stored(workOrderJournal.of(to === "completed" ? "work-order.completed" : "work-order.moved", { ...order, from: "open", to, holdReason })),
});

test("each state has a stage, and an approved estimate moves diagnosing to in progress", () => {
  const of = (state: WorkOrderState, approved = false) => stageOf({ state, holdReason: null }, approved);
  expect([of("draft"), of("open"), of("in-progress"), of("in-progress", true)]).toEqual(["received", "received", "diagnosing", "in-work"]);
  expect([of("completed"), of("invoiced"), of("canceled")]).toEqual(["ready", "ready", null]);
  expect(holdReasons.map((holdReason) => stageOf({ state: "on-hold", holdReason }, true))).toEqual(["approval", "parts", "vendor"]);
});

test("a repair's stages have their times, and a revisited stage is listed where it was last reached", () => {
  const events = [moved(9, "in-progress"), moved(10, "on-hold", "approval"), moved(12, "in-progress"), moved(13, "on-hold", "parts"), moved(15, "in-progress")];
  const track = trackOf({ state: "in-progress", holdReason: null, createdAt: at(8), stateSince: at(15) }, events, at(11));
  expect(track).toEqual({
    stage: "in-work",
    since: at(15),
    passed: [
      { stage: "received", at: at(8) },
      { stage: "diagnosing", at: at(9) },
      { stage: "approval", at: at(10) },
      { stage: "parts", at: at(13) },
      { stage: "in-work", at: at(15) },
    ],
    ahead: ["ready"],
  });
});

test("an approval while diagnosing is when the work starts", () => {
  const track = trackOf({ state: "in-progress", holdReason: null, createdAt: at(8), stateSince: at(9) }, [moved(9, "in-progress")], at(11));
  expect(track).toMatchObject({
    stage: "in-work",
    since: at(11),
    passed: [{ stage: "received" }, { stage: "diagnosing", at: at(9) }, { stage: "in-work", at: at(11) }],
  });
});

test("starting a clock and reopening move the tracker too; a canceled order has none", () => {
  const clock = { at: at(9), ...stored(workOrderJournal.of("clock.started", { ...order, job: 1, technician: "Ana" })) };
  expect(trackOf({ state: "in-progress", holdReason: null, createdAt: at(8), stateSince: at(9) }, [clock], null)).toMatchObject({
    stage: "diagnosing",
    since: at(9),
  });
  const again = [
    clock,
    moved(10, "completed"),
    { at: at(12), ...stored(workOrderJournal.of("work-order.reopened", { ...order, from: "completed", to: "in-progress", why: "Still leaks" })) },
  ];
  const reopened = trackOf({ state: "in-progress", holdReason: null, createdAt: at(8), stateSince: at(12) }, again, null);
  expect(reopened).toMatchObject({ stage: "diagnosing", since: at(12), ahead: ["in-work", "ready"] });
  expect(trackOf({ state: "canceled", holdReason: null, createdAt: at(8), stateSince: at(12) }, again, null)).toBeNull();
});

test("the tracker always ends at the order's stage, names no stage twice and never goes back in time", () => {
  const state = fc.constantFrom(...boardStates);
  const move = fc.record({ to: state, holdReason: fc.constantFrom(...holdReasons), hours: fc.integer({ min: 1, max: 50 }) });
  fc.assert(
    fc.property(fc.array(move, { maxLength: 8 }), fc.option(fc.integer({ min: 0, max: 300 })), (moves, approved) => {
      let hour = 0;
      const events = moves.map(({ to, holdReason, hours }) => {
        hour += hours;
        return moved(hour, to, to === "on-hold" ? holdReason : null);
      });
      const last = events.at(-1);
      const tracked = {
        state: last?.body.to ?? ("open" as const),
        holdReason: last?.body.holdReason ?? null,
        createdAt: at(0),
        stateSince: at(hour),
      };
      const approvedAt = approved === null || approved > hour ? null : at(approved);
      const track = trackOf(tracked, events, approvedAt);
      expect(track?.stage).toBe(stageOf(tracked, approvedAt !== null));
      const named = [...(track?.passed.map(({ stage }) => stage) ?? []), ...(track?.ahead ?? [])];
      expect(stages.filter((stage) => named.filter((one) => one === stage).length > 1)).toEqual([]);
      const times = track?.passed.map((step) => step.at) ?? [];
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }),
    { numRuns: 200 },
  );
});
