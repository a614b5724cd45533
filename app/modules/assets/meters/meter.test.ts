import fc from "fast-check";
import { expect, test } from "vitest";
import { DAY, toUtcMs } from "~/kernel/time";
import { currentMeter, judgeReading } from "./judge-reading";
import type { Meter } from "./meter";

const at = (days: number) => toUtcMs(1_800_000_000_000 + days * DAY);
const counted = (value: number, days: number) => ({ value, at: at(days) });
const MILE = 1_609.344;

test.each([
  ["accepts the first reading", "odometer", 900_000_000, null, "counted", null],
  ["accepts a day's miles", "odometer", 401_000_000, [400_000_000, 0], "counted", null],
  ["holds zero, which trackers send for unknown", "odometer", 0, null, "review", "zero"],
  ["holds a reading that runs backward", "odometer", 399_990_000, [400_000_000, 0], "review", "rollback"],
  ["holds an impossible jump", "odometer", 410_000_000, [400_000_000, 0], "review", "jump"],
  ["accepts the same jump after a month", "odometer", 410_000_000, [400_000_000, -30], "counted", null],
  ["holds more than 24 engine hours a day", "engine", 3_600 * 1_030, [3_600 * 1_000, 0], "review", "jump"],
  ["holds an impossible value, also as the first", "odometer", 99_999_999 * 1_609, null, "review", "too-high"],
  ["accepts a day's hours", "engine", 3_600 * 1_020, [3_600 * 1_000, 0], "counted", null],
  ["judges reefer hours as hours", "reefer", 3_600 * 1_030, [3_600 * 1_000, 0], "review", "jump"],
] as const)("%s", (_what, meter, value, last, status, reason) => {
  expect(judgeReading(meter, { value, at: at(1) }, { before: last && counted(last[0], last[1]), after: null })).toMatchObject({ status, reason });
});

test("a backdated reading must fit between the counted ones around it", () => {
  const between = { before: counted(100_000 * MILE, 0), after: counted(101_000 * MILE, 10) };
  const judge = (miles: number) => judgeReading("odometer", { value: miles * MILE, at: at(5) }, between);
  expect(judge(100_500)).toMatchObject({ status: "counted" });
  expect(judge(99_000)).toMatchObject({ status: "review", reason: "rollback" });
  expect(judge(102_000)).toMatchObject({ status: "review", reason: "rollback" });
});

test("a reading that the dash cut off counts as its neighbor", () => {
  const before = counted(100_000.6 * MILE, 0);
  expect(judgeReading("odometer", { value: 100_000 * MILE, at: at(1) }, { before, after: null })).toEqual({
    status: "counted",
    reason: null,
    value: before.value,
  });
});

test("readings that count never run backward, whatever comes in", () => {
  const kinds = fc.constantFrom<Meter>("odometer", "engine", "reefer", "pto");
  fc.assert(
    fc.property(kinds, fc.array(fc.record({ value: fc.double({ min: -10, max: 2e9, noNaN: true }), day: fc.integer({ min: 0, max: 400 }) })), (meter, rows) => {
      const kept: { value: number; at: ReturnType<typeof at> }[] = [];
      for (const { value, day } of rows) {
        const before = kept.filter((one) => one.at <= at(day)).at(-1) ?? null;
        const after = kept.find((one) => one.at > at(day)) ?? null;
        const judged = judgeReading(meter, { value, at: at(day) }, { before, after });
        if (judged.status === "counted") kept.push({ value: judged.value, at: at(day) });
        kept.sort((a, b) => a.at - b.at || a.value - b.value);
      }
      return kept.every(({ value }, n) => n === 0 || value >= (kept[n - 1]?.value ?? 0));
    }),
  );
});

test("a page shows a tracker's later reading only if it would count, with what the meter had before it was replaced", () => {
  const last = { ...counted(76_712 * MILE, 0), offset: 0 };
  expect(currentMeter("odometer", last, { value: 76_800 * MILE, at: at(1) })).toBe(76_800 * MILE);
  expect(currentMeter("odometer", last, { value: 991_211 * MILE, at: at(1) })).toBe(last.value);
  expect(currentMeter("odometer", last, { value: 1 * MILE, at: at(1) })).toBe(last.value);
  expect(currentMeter("odometer", last, { value: 76_800 * MILE, at: at(-1) })).toBe(last.value);
  expect(currentMeter("odometer", last, null)).toBe(last.value);
  expect(currentMeter("odometer", null, { value: 0, at: at(1) })).toBeNull();
  expect(currentMeter("odometer", { ...last, offset: 76_000 * MILE }, { value: 750 * MILE, at: at(1) })).toBe(76_750 * MILE);
});
