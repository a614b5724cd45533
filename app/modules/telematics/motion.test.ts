import { expect, test } from "vitest";
import { later, MINUTE, SECOND, toUtcMs } from "~/kernel/time";
import { lastMovedAt, type Motion, type MotionSnapshot, motionLabels, motionOf } from "./motion";

const now = toUtcMs(Date.UTC(2026, 2, 1, 12));
const fresh: MotionSnapshot = { recordedAt: later(now, -20 * SECOND), speedMps: 0, ignition: null, lastMovedAt: null };

test.each<[Motion, Partial<MotionSnapshot>]>([
  ["moving", { speedMps: 1.51 }],
  ["moving", { speedMps: 20, ignition: false }],
  ["moving", { speedMps: null, lastMovedAt: fresh.recordedAt }],
  ["stopped", { speedMps: 1.5 }],
  ["idle", { ignition: true }],
  ["stopped", { ignition: false, lastMovedAt: later(now, -MINUTE) }],
  ["idle", { lastMovedAt: later(now, -3 * MINUTE + 1) }],
  ["stopped", { lastMovedAt: later(now, -3 * MINUTE) }],
  ["moving", { speedMps: 20, recordedAt: later(now, -15 * MINUTE + 1) }],
  ["stale", { speedMps: 20, recordedAt: later(now, -15 * MINUTE) }],
  ["stopped", { recordedAt: later(now, 5 * MINUTE) }],
])("%s: %j", (expected, over) => expect(motionOf({ ...fresh, ...over }, now)).toBe(expected));

test("without a snapshot there is no motion, but a label", () => {
  expect(motionLabels[motionOf(null, now)]).toBe("No position yet");
});

test("last moved follows the speed, or the distance if no speed is reported", () => {
  const before = { latitude: 41.88, longitude: -87.63, lastMovedAt: later(now, -MINUTE) };
  const here = { latitude: 41.88, longitude: -87.63, recordedAt: now };
  expect(lastMovedAt({ ...here, speedMps: 5 }, null)).toBe(now);
  expect(lastMovedAt({ ...here, speedMps: 0 }, before)).toBe(before.lastMovedAt);
  expect(lastMovedAt({ ...here, speedMps: null }, null)).toBeNull();
  expect(lastMovedAt({ ...here, speedMps: null, latitude: 41.8805 }, before)).toBe(before.lastMovedAt);
  expect(lastMovedAt({ ...here, speedMps: null, latitude: 41.882 }, before)).toBe(now);
});
