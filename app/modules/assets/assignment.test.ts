import fc from "fast-check";
import { expect, test } from "vitest";
import { HOUR, toUtcMs, type UtcMs } from "~/kernel/time";
import { decideAssignment, endOf, overlap, type Period, periodOf } from "./assignment";

const at = (text: string): UtcMs => toUtcMs(Date.parse(text));
const CHICAGO = "America/Chicago";
const now = at("2030-03-05T15:00:00Z");

test("days run from midnight to the end of the last day in the shop's time zone, also across a clock change", () => {
  expect(periodOf({ first: "2030-03-09", last: "2030-03-10" }, CHICAGO, now)).toEqual({
    ok: true,
    // The 10th has 23 hours in that zone.
    value: { from: at("2030-03-09T06:00:00Z"), to: at("2030-03-11T05:00:00Z") },
  });
  expect(periodOf({ first: "2030-11-02", last: "2030-11-03" }, CHICAGO, now)).toMatchObject({ value: { to: at("2030-11-04T06:00:00Z") } });
  expect(periodOf({ first: "2030-03-09", last: null }, "Pacific/Chatham", now)).toMatchObject({ value: { from: at("2030-03-08T10:15:00Z"), to: null } });
});

test("an assignment from today starts now", () => {
  expect(periodOf({ first: "2030-03-05", last: null }, CHICAGO, now)).toEqual({ ok: true, value: { from: now, to: null } });
  expect(periodOf({ first: "2030-03-05", last: "2030-03-05" }, CHICAGO, now)).toMatchObject({ value: { from: now, to: at("2030-03-06T06:00:00Z") } });
});

test.each([
  ["", null, "not-a-day"],
  ["2030-02-30", null, "not-a-day"],
  ["2030-03-05", "soon", "not-a-day"],
  ["2030-03-05", "2030-03-04", "backwards"],
] as const)("refuses %j to %j: %s", (first, last, kind) => {
  expect(periodOf({ first, last }, CHICAGO, now)).toEqual({ ok: false, error: { kind } });
});

const instant = fc.integer({ min: 0, max: 100 }).map((hour) => toUtcMs(hour * HOUR));
const period = fc
  .tuple(instant, fc.option(fc.integer({ min: 0, max: 50 })))
  .map(([from, hours]): Period => ({ from, to: hours === null ? null : toUtcMs(from + hours * HOUR) }));

test("two periods overlap if they share an instant", () => {
  const has = ({ from, to }: Period, when: number) => from <= when && (to === null || when < to);
  fc.assert(
    fc.property(period, period, (a, b) => {
      const shared = Array.from({ length: 160 }, (_, hour) => hour * HOUR).some((when) => has(a, when) && has(b, when));
      expect(overlap(a, b)).toBe(shared);
    }),
  );
});

test("a unit can be assigned again after it was unassigned", () => {
  fc.assert(
    fc.property(period, instant, (held, when) => {
      const end = endOf(held, when);
      expect(end).toBeGreaterThanOrEqual(held.from);
      expect(decideAssignment({ from: end, to: null }, [{ from: held.from, to: end }])).toMatchObject({ ok: true });
      const never = held.to === held.from;
      expect(decideAssignment({ from: held.from, to: null }, [held]).ok).toBe(never);
    }),
  );
});
