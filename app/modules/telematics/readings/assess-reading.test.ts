import fc from "fast-check";
import { expect, test } from "vitest";
import { DAY, later, MINUTE, SECOND, toUtcMs } from "~/kernel/time";
import { afterVerdict, assessReading, type Current, FREE_HOP_METERS, MAX_SPEED_MPS, type Verdict } from "./assess-reading";
import type { Reading } from "./reading";

const now = toUtcMs(Date.UTC(2026, 2, 1, 12));
const chicago = { latitude: 41.88, longitude: -87.63 };
const denver = { latitude: 39.74, longitude: -104.99 };

const reading = (over: Partial<Reading> = {}): Reading => ({
  deviceId: "t-7",
  recordedAt: now,
  ...chicago,
  speedMps: null,
  headingDegrees: null,
  odometerMeters: null,
  engineSeconds: null,
  ignition: null,
  accuracyMeters: null,
  faults: null,
  received: { via: "osmand-query" },
  ...over,
});
const current = (over: Partial<Current> = {}): Current => ({
  ...chicago,
  recordedAt: later(now, -10 * SECOND),
  accuracyMeters: null,
  suspect: null,
  ...over,
});
const why = (verdict: Verdict) => (verdict.kind === "set-aside" ? verdict.why : verdict.kind);

test.each([
  ["off-earth", { latitude: 91 }],
  ["off-earth", { longitude: -180.01 }],
  ["null-island", { latitude: 0, longitude: 0 }],
  ["no-fix", { received: { via: "osmand-query", noFix: true } }],
  ["future", { recordedAt: later(now, 10 * MINUTE + 1) }],
  ["future", { recordedAt: toUtcMs(Date.UTC(2097, 0, 1)) }],
  ["too-old", { recordedAt: later(now, -400 * DAY - 1) }],
  ["too-fast", { speedMps: 2_000 / 3.6 }],
  ["current", { recordedAt: later(now, 10 * MINUTE) }],
  ["current", { recordedAt: later(now, -400 * DAY) }],
  ["current", { speedMps: MAX_SPEED_MPS }],
  ["current", { latitude: 0, longitude: 9 }],
] as const)("assesses a first reading as %s: %j", (expected, over) => {
  expect(why(assessReading(reading(over), null, now))).toBe(expected);
});

test("the same instant is a duplicate, an earlier one is late at any position", () => {
  expect(assessReading(reading({ recordedAt: current().recordedAt }), current(), now)).toEqual({ kind: "duplicate" });
  expect(assessReading(reading({ ...denver, recordedAt: later(now, -MINUTE) }), current(), now)).toEqual({ kind: "late" });
});

test("a jump is set aside, its resend is a duplicate, and a second point that agrees is accepted", () => {
  const jump = reading(denver);
  const verdict = assessReading(jump, current(), now);
  expect(verdict).toMatchObject({ kind: "set-aside", why: "impossible-jump", message: expect.stringContaining("324 km/h") });

  const held = afterVerdict(verdict, jump, current());
  expect(held).toMatchObject({ ...chicago, suspect: denver });
  expect(assessReading(jump, held, now)).toEqual({ kind: "duplicate" });

  const back = reading({ recordedAt: later(now, 10 * SECOND) });
  expect(afterVerdict(assessReading(back, held, now), back, held)).toMatchObject({ ...chicago, suspect: null });

  const again = reading({ ...denver, recordedAt: later(now, 10 * SECOND) });
  expect(assessReading(again, held, now)).toEqual({ kind: "current" });
  expect(afterVerdict({ kind: "current" }, again, held)).toMatchObject({ ...denver, suspect: null });
});

test("two jumps that don't agree replace each other", () => {
  const held = current({ suspect: { ...denver, recordedAt: now, accuracyMeters: null } });
  const elsewhere = reading({ latitude: 30, longitude: -97, recordedAt: later(now, 10 * SECOND) });
  const verdict = assessReading(elsewhere, held, now);
  expect(why(verdict)).toBe("impossible-jump");
  expect(afterVerdict(verdict, elsewhere, held)?.suspect).toMatchObject({ latitude: 30 });
});

test("poor accuracy allows larger distances up to a bound; a point without its own time isn't checked", () => {
  const away = (accuracyMeters: number | null, degrees: number) => reading({ latitude: chicago.latitude + degrees, accuracyMeters });
  // 27.8 km and 33.4 km away, after ten seconds.
  expect(why(assessReading(away(null, 0.25), current(), now))).toBe("impossible-jump");
  expect(why(assessReading(away(3_000, 0.25), current(), now))).toBe("current");
  expect(why(assessReading(away(1e9, 0.3), current(), now))).toBe("impossible-jump");
  expect(why(assessReading(reading({ ...denver, received: { via: "osmand-query", untimed: true } }), current(), now))).toBe("current");
});

const anyReading = fc
  .record({
    latitude: fc.double({ min: -95, max: 95, noNaN: true }),
    longitude: fc.double({ min: -185, max: 185, noNaN: true }),
    recordedAt: fc.integer({ min: -500 * DAY, max: 2 * DAY }).map((by) => later(now, by)),
    speedMps: fc.option(fc.double({ min: 0, max: 200, noNaN: true })),
    accuracyMeters: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })),
  })
  .map(reading);

test("the current point never goes back in time, never leaves the earth, and is never ahead of now", () => {
  fc.assert(
    fc.property(fc.array(anyReading, { maxLength: 30 }), (readings) => {
      let state: Current | null = null;
      for (const next of readings) {
        const before: Current | null = state;
        state = afterVerdict(assessReading(next, before, now), next, before);
        if (!state) continue;
        expect(Math.abs(state.latitude)).toBeLessThanOrEqual(90);
        expect(state.recordedAt).toBeLessThanOrEqual(now + 10 * MINUTE);
        if (before) expect(state.recordedAt).toBeGreaterThanOrEqual(before.recordedAt);
      }
    }),
  );
});

test("recovers from a bad point: the last of three good ones in a row is current", () => {
  fc.assert(
    fc.property(fc.array(anyReading, { maxLength: 10 }), (noise) => {
      const after = (state: Current | null, next: Reading) => afterVerdict(assessReading(next, state, now), next, state);
      const start = noise.reduce<Current | null>(after, null);
      const steps = [11, 11.5, 12].map((minutes) => reading({ recordedAt: later(now, minutes * MINUTE) }));
      const end = steps.reduce<Current | null>((state, next) => afterVerdict(assessReading(next, state, next.recordedAt), next, state), start);
      expect(end).toMatchObject({ ...chicago, recordedAt: later(now, 12 * MINUTE) });
    }),
  );
});

test("accepts every point of a drive below the speed limit", () => {
  const step = fc.record({ seconds: fc.integer({ min: 1, max: 600 }), share: fc.double({ min: 0, max: 1, noNaN: true }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      let state: Current | null = null;
      let at = later(now, -DAY);
      let latitude = 0.1;
      for (const { seconds, share } of steps) {
        at = later(at, seconds * SECOND);
        latitude += (share * (MAX_SPEED_MPS * seconds + FREE_HOP_METERS - 1)) / 111_320;
        const next: Reading = reading({ recordedAt: at, latitude });
        const verdict = assessReading(next, state, now);
        expect(verdict).toEqual({ kind: "current" });
        state = afterVerdict(verdict, next, state);
      }
    }),
  );
});
