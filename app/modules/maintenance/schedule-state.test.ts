import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays } from "~/kernel/days";
import type { Id } from "~/kernel/ids";
import { DAY, dayOf, HOUR, later, startOfNamedDay, toUtcMs, type UtcMs } from "~/kernel/time";
import type { Meter } from "~/modules/assets/meters/meter";
import type { Baseline, Plan, Reset } from "./plan";
import { dueOf } from "./plan";
import { resetsOf, type ScheduledWork, type WrittenRecord } from "./schedule-history";
import { complianceOf, lateOf, type MetersNow, rateOf, type ScheduleState, STALE_AFTER, scheduleStates, scheduleStatus } from "./schedule-state";

type Totals = Partial<Record<Meter, number>>;
const NOW = toUtcMs(Date.parse("2026-12-01T18:00:00Z"));
const chicago = { at: NOW, zone: "America/Chicago" };
const oil: Plan = { meters: [{ meter: "odometer", every: 5_000, soon: 500 }], calendar: null, grace: 10 };
const yearly: Plan = { meters: [], calendar: { every: 12, unit: "month", soonDays: 30, fixed: false }, grace: 0 };
const since = (odometer: number, day: string | null = null): Baseline => ({ means: "last-done", day, meters: { odometer } });
const read = (value: number, daysAgo = 0) => ({ odometer: { value, at: later(NOW, -daysAgo * DAY), rate: null } });

test.each([
  [26_949, "current"],
  [26_950, "due-soon"],
  [27_450, "due"],
  [27_950, "due"],
  [27_951, "overdue"],
] as const)("last done at 22,450 and every 5,000: at %d it is %s", (value, state) => {
  expect(scheduleStatus(oil, since(22_450), [], read(value), chicago).state).toBe(state);
});

test("without a reading for 30 days it is unknown, unless the old one shows that it is due", () => {
  expect(scheduleStatus(oil, since(22_450), [], read(23_000, 31), chicago)).toMatchObject({ state: "unknown", first: { stale: true } });
  expect(scheduleStatus(oil, since(22_450), [], read(27_500, 31), chicago).state).toBe("due");
  expect(scheduleStatus(oil, since(22_450), [], {}, chicago).state).toBe("unknown");
});

test.each([
  ["2026-12-31", "current"],
  ["2026-12-30", "due-soon"],
  ["2026-12-01", "due"],
  ["2026-11-30", "overdue"],
] as const)("a document that expires on %s is %s on Dec 1", (day, state) => {
  const plan: Plan = { ...yearly, calendar: { every: 12, unit: "month", soonDays: 29, fixed: true } };
  expect(scheduleStatus(plan, { means: "first-due", day, meters: {} }, [], {}, chicago).state).toBe(state);
});

test("the interval that comes first decides", () => {
  const both: Plan = { ...oil, calendar: { every: 6, unit: "month", soonDays: 14, fixed: false } };
  const status = scheduleStatus(both, since(22_450, "2026-05-20"), [], read(23_000), chicago);
  expect(status).toMatchObject({ state: "due", first: { by: "calendar", due: "2026-11-20" } });
});

test("a document's days stay where they are, however early or late it is renewed", () => {
  const plan: Plan = { ...yearly, calendar: { every: 12, unit: "month", soonDays: 30, fixed: true } };
  const first: Baseline = { means: "first-due", day: "2024-02-29", meters: {} };
  const done = (day: string): Reset => ({ kind: "done", day, meters: {} });
  expect(dueOf(plan, first, []).day).toBe("2024-02-29");
  expect(dueOf(plan, first, [done("2024-01-10")]).day).toBe("2025-02-28");
  expect(dueOf(plan, first, [done("2024-03-20")]).day).toBe("2025-02-28");
  expect(dueOf(plan, first, [done("2026-06-01")]).day).toBe("2027-02-28");
  expect(dueOf(plan, first, [done("2024-01-10"), done("2025-02-01"), done("2026-02-01"), done("2027-02-01")]).day).toBe("2028-02-29");
});

test.each([
  [{ means: "last-done", day: "2024-02-29" }, 12, 4, "2028-02-29"],
  [{ means: "last-done", day: "2025-11-30" }, 3, 2, "2026-05-30"],
  [{ means: "last-done", day: "2026-01-31" }, 1, 2, "2026-03-31"],
  [{ means: "first-due", day: "2026-01-31" }, 1, 3, "2026-03-31"],
] as const)("the months of a document count from where it began, %o: after the %d-month one's number %d it is due on %s", (start, every, times, day) => {
  const plan: Plan = { ...yearly, calendar: { every, unit: "month", soonDays: 5, fixed: true } };
  const baseline: Baseline = { ...start, meters: {} };
  const resets = Array.from({ length: times - 1 }, (): Reset => ({ kind: "done", day: start.day, meters: {} }));
  expect(dueOf(plan, baseline, resets).day).toBe(day);
});

test("what a list shows as due and when it is expected belong together", () => {
  const both: Plan = { ...oil, calendar: { every: 6, unit: "month", soonDays: 2, fixed: false } };
  const status = (value: number, day: string, daysAgo = 0) =>
    scheduleStatus(both, since(22_450, day), [], { odometer: { value, at: later(NOW, -daysAgo * DAY), rate: { usual: 20, low: 20, high: 20 } } }, chicago);
  // By the odometer it is due soon, and sooner by the calendar.
  expect(status(27_000, "2026-06-10")).toMatchObject({ state: "due-soon", first: { by: "calendar", day: "2026-12-10" }, day: "2026-12-10" });
  // It passed the calendar's day first, and is overdue by the odometer.
  expect(status(28_000, "2026-05-25")).toMatchObject({ state: "overdue", first: { by: "odometer", day: "2026-12-01" }, day: "2026-12-01" });
  // Nobody knows the odometer for long, and it has no use to expect a day by.
  const unread = scheduleStatus(both, since(22_450, "2026-09-10"), [], read(23_000, 40), chicago);
  expect(unread).toMatchObject({ state: "unknown", first: { by: "calendar" }, day: "2027-03-10" });
});

test("what is over by exactly its grace is due and on time, whatever the tenths of hours come to", () => {
  const engine: Plan = { meters: [{ meter: "engine", every: 898, soon: 10 }], calendar: null, grace: 10 };
  const first: Baseline = { means: "first-due", day: "2024-01-31", meters: { engine: 100 } };
  const status = (value: number) => scheduleStatus(engine, first, [], { engine: { value, at: NOW, rate: null } }, chicago).state;
  expect([status(189.8), status(189.9)]).toEqual(["due", "overdue"]);
  const done = (hours: number): Reset => ({ kind: "done", day: "2026-03-01", meters: { engine: hours } });
  expect([lateOf(engine, first, [done(189.8)]), lateOf(engine, first, [done(189.9)])]).toEqual([[false], [true]]);
});

test("a renewed document is due on the day that it names, and a year after that when it is renewed without one", () => {
  const first: Baseline = { means: "first-due", day: "2026-03-31", meters: {} };
  const renewed: Reset = { kind: "done", day: "2026-03-20", meters: {}, until: "2027-06-30" };
  for (const fixed of [true, false]) {
    const plan: Plan = { ...yearly, calendar: { every: 12, unit: "month", soonDays: 30, fixed } };
    expect(dueOf(plan, first, [renewed])).toMatchObject({ day: "2027-06-30", from: "2026-06-30" });
    expect(dueOf(plan, first, [renewed, { ...renewed, day: "2027-06-01", until: "2029-01-15" }]).day).toBe("2029-01-15");
    expect(dueOf(plan, first, [renewed, { kind: "done", day: "2027-06-10", meters: {} }]).day).toBe(fixed ? "2028-06-30" : "2028-06-10");
  }
});

test("the forecast counts on from the last reading by average use, with its range", () => {
  const at = (daysAgo: number) => later(NOW, -daysAgo * DAY);
  const rate = rateOf({ value: 26_000, at: at(0) }, [
    { value: 23_000, at: at(30) },
    { value: 20_600, at: at(90) },
  ]);
  expect(rate).toEqual({ usual: 60, low: 60, high: 100 });
  const status = scheduleStatus(oil, since(22_450), [], { odometer: { value: 26_000, at: at(5), rate } }, chicago);
  expect(status).toMatchObject({ day: addDays("2026-11-26", 25), earliest: addDays("2026-11-26", 15), latest: addDays("2026-11-26", 25) });
  expect(rateOf({ value: 10, at: at(0) }, [{ value: 5, at: at(3) }])).toBeNull();
});

test("done up to a tenth of the interval late is on time; skipping counts for nothing", () => {
  const resets: Reset[] = [
    { kind: "done", day: "2026-01-01", meters: { odometer: 27_950 } },
    { kind: "done", day: "2026-02-01", meters: { odometer: 33_451 } },
    { kind: "skipped", day: "2026-03-01", meters: { odometer: 50_000 } },
    { kind: "done", day: "2026-04-01", meters: { odometer: 55_000 } },
  ];
  expect(complianceOf(oil, since(22_450), resets)).toEqual({ done: 3, onTime: 2 });
});

test("of what was done on one day, the last by the clock counts, and what was written down later comes after it", () => {
  const at = (hour: number) => later(toUtcMs(Date.parse("2026-11-20T12:00:00Z")), hour * HOUR);
  const order = (name: string, hour: number, odometer: number): ScheduledWork => ({
    ...{ began: `job_${name}` as Id<"job">, state: "completed", doneAt: at(hour), lines: "done", meters: { odometer } },
  });
  const record = (hour: number, odometer: number): WrittenRecord => ({ kind: "done", day: "2026-11-20", at: at(hour), meters: { odometer } });
  const counted = (work: ScheduledWork[], records: WrittenRecord[]) => resetsOf(work, records, "UTC").map(({ meters }) => meters.odometer);
  expect(counted([order("b", 5, 500), order("a", 1, 100)], [])).toEqual([100, 500]);
  expect(counted([order("a", 5, 500)], [record(3, 300)])).toEqual([300, 500]);
  expect(counted([order("a", 5, 500)], [record(72, 300)])).toEqual([500, 300]);
});

/** Random histories, judged by the rules and by a model that walks through the days one by one. */
describe("any history", () => {
  const zones = ["America/Chicago", "Asia/Kolkata", "Pacific/Auckland", "UTC"];
  const formats = new Map(zones.map((zone) => [zone, new Intl.DateTimeFormat("en-CA", { timeZone: zone })]));
  const START = toUtcMs(Date.parse("2023-12-20T05:00:00Z"));
  const MOST_HOURS = 3 * 365 * 24;
  // Some of what happens is on the same few days.
  const hours = fc.oneof(fc.integer({ min: 0, max: MOST_HOURS }), fc.integer({ min: 2_000, max: 2_030 }));
  const event = fc.oneof(
    fc.record({ kind: fc.constant("read" as const), hour: hours, gain: fc.integer({ min: 0, max: 900 }) }),
    fc.record({ kind: fc.constant("replace" as const), hour: hours }),
    fc.record({ kind: fc.constant("complete" as const), hour: hours, outcome: fc.constantFrom("stays", "reopened", "canceled", "invoiced", "not-done") }),
    fc.record({ kind: fc.constantFrom("skipped" as const, "done" as const), hour: hours, given: fc.boolean(), isLate: fc.boolean() }),
  );
  const plans = fc.record({
    distance: fc.option(fc.integer({ min: 200, max: 9_000 })),
    hours: fc.option(fc.integer({ min: 50, max: 900 })),
    calendar: fc.option(fc.record({ every: fc.integer({ min: 1, max: 13 }), unit: fc.constantFrom("day" as const, "month" as const), fixed: fc.boolean() })),
    grace: fc.constantFrom(0, 10),
    soonDays: fc.integer({ min: 0, max: 40 }),
  });
  const histories = fc.record({
    plan: plans,
    means: fc.constantFrom("last-done" as const, "first-due" as const),
    zone: fc.constantFrom(...zones),
    known: fc.record({ odometer: fc.boolean(), engine: fc.boolean(), firstReading: fc.boolean() }),
    startDay: fc.constantFrom("2024-01-31", "2024-02-29", "2023-12-31", "2024-08-30", "2024-03-10"),
    events: fc.array(event, { maxLength: 25 }),
    endHour: fc.oneof(hours, fc.integer({ min: 2_030, max: 2_400 })),
  });

  test("has the state that a naive model finds", () => {
    const seen = new Map<ScheduleState, number>();
    fc.assert(
      fc.property(histories, ({ plan: its, means, known, zone, startDay, events, endHour }) => {
        const plan: Plan = {
          meters: [
            ...(its.distance ? [{ meter: "odometer" as const, every: its.distance, soon: its.distance / 10 }] : []),
            ...(its.hours ? [{ meter: "engine" as const, every: its.hours, soon: 10 }] : []),
          ],
          calendar: its.calendar && { ...its.calendar, soonDays: its.soonDays },
          grace: its.grace,
        };
        const now = later(START, endHour * HOUR);
        const given = { ...(known.odometer ? { odometer: 1_000 } : {}), ...(known.engine ? { engine: 100 } : {}) };
        // Entered in any order, as backdated ones are; what counts is when they were.
        const past = events.filter(({ hour }) => hour <= endHour);
        const byTime = [...past].sort((a, b) => a.hour - b.hour);

        // The dash of a meter that is replaced begins at zero; the unit's total goes on.
        let [dash, offset] = [1_000, 0];
        const readings: { at: UtcMs; value: number }[] = known.firstReading ? [{ at: START, value: 1_000 }] : [];
        for (const one of byTime) {
          const at = later(START, one.hour * HOUR);
          if (one.kind === "replace") [offset, dash] = [offset + dash, 0];
          if (one.kind === "read") {
            dash += one.gain;
            readings.push({ at, value: dash + offset });
          }
        }
        const both = (reading: { value: number } | undefined): Totals => (reading ? { odometer: reading.value, engine: reading.value / 10 } : {});
        const metersAt = (at: UtcMs) => both(readings.filter((one) => one.at <= at).at(-1));
        const countedBy = (day: string) => both(readings.filter((one) => dayOf(one.at, zone) <= day).at(-1) ?? readings[0]);
        const countedFrom = (day: string) => both(readings.find((one) => dayOf(one.at, zone) >= day));
        const baseline = { means, day: startDay, meters: given, counted: means === "first-due" ? countedFrom(startDay) : countedBy(startDay) };
        const work: ScheduledWork[] = past.flatMap((one, n) => {
          if (one.kind !== "complete") return [];
          const at = later(START, one.hour * HOUR);
          const state =
            one.outcome === "reopened" ? "in-progress" : one.outcome === "canceled" ? "canceled" : one.outcome === "invoiced" ? "invoiced" : "completed";
          const doneAt = state === "completed" || state === "invoiced" ? at : null;
          const lines = one.outcome === "not-done" ? "not-done" : "done";
          return [{ began: `job_${n}` as Id<"job">, state, doneAt, lines, meters: metersAt(at) } as const];
        });
        const records: WrittenRecord[] = past.flatMap((one) => {
          if (one.kind !== "skipped" && one.kind !== "done") return [];
          const at = later(START, one.hour * HOUR);
          // Written down when it happened, or days later.
          return [{ kind: one.kind, day: dayOf(at, zone), at: one.isLate ? later(at, 3 * DAY) : at, meters: one.given ? metersAt(at) : {} }];
        });
        const last = readings.at(-1);
        const meters: MetersNow = last ? { odometer: { ...last, rate: null }, engine: { value: last.value / 10, at: last.at, rate: null } } : {};
        const resets = resetsOf(work, records, zone).map((one) => ({ ...one, counted: countedBy(one.day) }));
        const found = scheduleStatus(plan, baseline, resets, meters, { at: now, zone }).state;
        seen.set(found, (seen.get(found) ?? 0) + 1);

        const counted = byTime.filter(
          (one) => one.kind === "skipped" || one.kind === "done" || (one.kind === "complete" && (one.outcome === "stays" || one.outcome === "invoiced")),
        );
        // By the clock, an order before a record of the same hour; what was written down later is the last of its day.
        const isLast = (one: (typeof past)[number]) => "isLate" in one && one.isLate;
        const isWritten = (one: (typeof past)[number]) => one.kind !== "complete";
        const byDay = Map.groupBy(
          counted.sort((a, b) => a.hour - b.hour || Number(isWritten(a)) - Number(isWritten(b))),
          (one) => formats.get(zone)?.format(later(START, one.hour * HOUR)),
        );
        const inOrder = [...byDay.values()].flatMap((day) => [...day.filter((one) => !isLast(one)), ...day.filter(isLast)]);
        const done = inOrder.map((one) => ({ at: later(START, one.hour * HOUR), given: one.kind === "complete" || ("given" in one && one.given) }));
        const model = naive({ plan, baseline: { means, day: startDay, meters: given }, zone, now, readings, resets: done });
        return found === model;
      }),
      { numRuns: 2_000 },
    );
    expect([...seen.keys()].sort()).toEqual([...scheduleStates].sort());
  });

  type Model = {
    plan: Plan;
    baseline: Baseline;
    zone: string;
    now: UtcMs;
    /** In time order; the engine's are a tenth. */
    readings: readonly { at: UtcMs; value: number }[];
    resets: readonly { at: UtcMs; given: boolean }[];
  };

  /** Walks the calendar day by day with its own count of days in months, and takes the worst of the intervals. */
  function naive({ plan, baseline, zone, now, readings, resets }: Model): ScheduleState {
    const leap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    const length = (year: number, month: number) => [31, leap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
    const next = (day: string): string => {
      let [year = 0, month = 0, date = 0] = day.split("-").map(Number);
      if (++date > length(year, month)) [date, month] = [1, month + 1];
      if (month > 12) [month, year] = [1, year + 1];
      return `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
    };
    const count = (from: string, to: string): number => {
      let days = 0;
      for (let day = from; day < to; day = next(day)) days++;
      return days;
    };
    const plus = (day: string, times: number): string => {
      const calendar = plan.calendar;
      if (!calendar) throw new Error("no calendar to count by");
      if (calendar.unit === "day") {
        let at = day;
        for (let n = 0; n < calendar.every * times; n++) at = next(at);
        return at;
      }
      let [year = 0, month = 0, date = 0] = day.split("-").map(Number);
      for (let n = 0; n < calendar.every * times; n++) [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
      date = Math.min(date, length(year, month));
      return `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
    };
    const local = (at: UtcMs) => formats.get(zone)?.format(at) ?? "";
    const reset = resets.at(-1);
    const lastReset = reset?.at;
    const last = readings.at(-1);
    /** The odometer that a schedule counts from, read forward through the log. */
    const countsFrom = (meter: Meter): number | null => {
      const typed = baseline.meters[meter];
      if (lastReset === undefined && typed !== undefined) return meter === "engine" ? typed * 10 : typed;
      const startsOn = lastReset === undefined ? (baseline.day ?? "") : local(lastReset);
      const lastWhere = (isIn: (at: UtcMs) => boolean): number | null => {
        let found: number | null = null;
        for (const { at, value } of readings) if (isIn(at)) found = value;
        return found;
      };
      if (reset === undefined && baseline.means === "first-due") {
        for (const { at, value } of readings) if (local(at) >= startsOn) return value;
        return null;
      }
      const then = reset?.given ? lastWhere((at) => at <= reset.at) : null;
      return then ?? lastWhere((at) => local(at) <= startsOn) ?? readings[0]?.value ?? null;
    };
    const found: ScheduleState[] = plan.meters.map(({ meter, every, soon }) => {
      const start = countsFrom(meter);
      if (start === null && lastReset === undefined && baseline.means === "first-due") return local(now) >= (baseline.day ?? "") ? "due" : "current";
      if (start === null || last === undefined) return "unknown";
      const scale = meter === "engine" ? 10 : 1;
      const [value, from] = [last.value / scale, start / scale];
      const due = lastReset === undefined && baseline.means === "first-due" ? from : from + every;
      if (value > due + (every * plan.grace) / 100) return "overdue";
      if (value >= due) return "due";
      if (now - last.at > STALE_AFTER) return "unknown";
      return value >= due - soon ? "due-soon" : "current";
    });
    if (plan.calendar) {
      const start = baseline.day ?? "";
      let [from, due] = ["", ""];
      if (plan.calendar.fixed) {
        const days: string[] = [];
        const shift = baseline.means === "first-due" ? 0 : 1;
        const byDay = plan.calendar.unit === "day";
        const day = (n: number): string => (days[n] ??= n > 0 && byDay ? plus(day(n - 1), 1) : plus(start, n + shift));
        let open = 0;
        for (const { at } of resets) for (open++; day(open) <= local(at); ) open++;
        [from, due] = [open > 0 ? day(open - 1) : "", day(open)];
        if (open === 0) from = shift === 1 ? start : back(start);
      } else if (lastReset === undefined && baseline.means === "first-due") [from, due] = [back(start), start];
      else {
        from = lastReset === undefined ? start : local(lastReset);
        due = plus(from, 1);
      }
      const grace = Math.floor((count(from, due) * plan.grace) / 100);
      let until = due;
      for (let n = 0; n < grace; n++) until = next(until);
      const today = local(now);
      if (today > until) found.push("overdue");
      else if (today >= due) found.push("due");
      else found.push(count(today, due) <= plan.calendar.soonDays ? "due-soon" : "current");
    }
    return scheduleStates.find((state) => found.includes(state)) ?? "unknown";

    /** The day that an interval which ends on a day began. */
    function back(day: string): string {
      const calendar = plan.calendar;
      if (!calendar) return day;
      const noon = new Date(`${day}T12:00:00Z`);
      if (calendar.unit === "day") return new Date(noon.getTime() - calendar.every * DAY).toISOString().slice(0, 10);
      let [year = 0, month = 0, date = 0] = day.split("-").map(Number);
      for (let n = 0; n < calendar.every; n++) [year, month] = month === 1 ? [year - 1, 12] : [year, month - 1];
      date = Math.min(date, length(year, month));
      return `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
    }
  }

  test("a day in a zone begins at its own midnight", () => {
    const midnight = startOfNamedDay("2026-12-02", "America/Chicago") ?? NOW;
    const plan: Plan = { ...yearly, calendar: { every: 1, unit: "day", soonDays: 0, fixed: false } };
    const state = (at: UtcMs) => scheduleStatus(plan, { means: "first-due", day: "2026-12-02", meters: {} }, [], {}, { at, zone: "America/Chicago" }).state;
    expect([state(later(midnight, -1)), state(midnight)]).toEqual(["current", "due"]);
  });
});
