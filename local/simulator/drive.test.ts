import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metersBetween, type Position } from "../../app/kernel/geo.ts";
import { corridors, harborStretches, ridgeStretches } from "../demo/roads.ts";
import { type Drive, planDrive, readingAt } from "./drive.ts";
import { stretchPath } from "./polyline.ts";

const stretches = [...harborStretches, ...ridgeStretches];
const drives = stretches.flatMap((stretch, index) => {
  const rank = corridors.find(({ id }) => id === stretch.corridor)?.rank ?? 1;
  return [index, index + 100].map((vehicle) => planDrive(stretchPath(stretch), vehicle, rank));
});
const aDrive = fc.constantFrom(...drives);
const anInstant = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2031, 0, 1) });

/** Distance to the nearest segment, on a plane that is flat enough for 60 m. */
function offRoad({ path }: Drive, at: Position): number {
  const east = Math.cos((at.latitude * Math.PI) / 180) * 111_195;
  const plane = path.points.map((point) => [(point.longitude - at.longitude) * east, (point.latitude - at.latitude) * 111_195] as const);
  let best = Number.POSITIVE_INFINITY;
  plane.forEach(([bx, by], index) => {
    const [ax, ay] = plane[index - 1] ?? [bx, by];
    const [dx, dy] = [bx - ax, by - ay];
    const share = Math.min(1, Math.max(0, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)));
    best = Math.min(best, Math.hypot(ax + dx * share, ay + dy * share));
  });
  return best;
}

describe("a simulated drive", () => {
  it("is the same in every run", () => {
    fc.assert(
      fc.property(fc.nat(stretches.length - 1), anInstant, (index, at) => {
        const stretch = stretches[index];
        if (!stretch) return;
        const again = () => readingAt(planDrive(stretchPath(stretch), index, 1), at);
        expect(again()).toEqual(again());
      }),
      { numRuns: 40 },
    );
  });

  it("stays on its road and within a truck's speed", () => {
    fc.assert(
      fc.property(aDrive, anInstant, (drive, at) => {
        const reading = readingAt(drive, at);
        expect(offRoad(drive, reading)).toBeLessThan(60);
        expect(reading.speedMps).toBeGreaterThanOrEqual(0);
        expect(reading.speedMps).toBeLessThanOrEqual(32);
        expect(reading.headingDegrees).toBeGreaterThanOrEqual(0);
        expect(reading.headingDegrees).toBeLessThan(360);
      }),
      { numRuns: 500 },
    );
  });

  it("moves without jumps, and its meters never fall", () => {
    fc.assert(
      fc.property(aDrive, anInstant, fc.integer({ min: 100, max: 60_000 }), (drive, at, step) => {
        const before = readingAt(drive, at);
        const after = readingAt(drive, at + step);
        const seconds = step / 1_000;
        const driven = after.odometerMeters - before.odometerMeters;
        expect(driven).toBeGreaterThanOrEqual(-1e-3);
        expect(driven).toBeLessThanOrEqual(32 * seconds + 1e-3);
        expect(metersBetween(before, after)).toBeLessThanOrEqual(driven * 1.001 + 0.5);
        expect(after.engineSeconds - before.engineSeconds).toBeGreaterThanOrEqual(-1e-3);
        expect(after.engineSeconds - before.engineSeconds).toBeLessThanOrEqual(seconds + 1e-3);
        expect(Math.abs(after.speedMps - before.speedMps)).toBeLessThanOrEqual(0.55 * seconds + 1e-6);
      }),
      { numRuns: 1_000 },
    );
  });

  it("runs its engine whenever it moves", () => {
    fc.assert(
      fc.property(aDrive, anInstant, (drive, at) => {
        const { speedMps, ignition } = readingAt(drive, at);
        expect(speedMps === 0 || ignition).toBe(true);
      }),
    );
  });

  it("moves, idles and parks, most of the time on the road", () => {
    const readings = drives.flatMap((drive) => Array.from({ length: 400 }, (_, i) => readingAt(drive, Date.UTC(2026, 5, 1) + i * 173_000)));
    const share = (of: number) => of / readings.length;
    expect(share(readings.filter(({ speedMps }) => speedMps > 0).length)).toBeGreaterThan(0.45);
    expect(share(readings.filter(({ speedMps, ignition }) => speedMps === 0 && ignition).length)).toBeGreaterThan(0.05);
    expect(share(readings.filter(({ ignition }) => !ignition).length)).toBeGreaterThan(0.05);
    expect(readings.some(({ faultCodes }) => faultCodes.length > 0)).toBe(true);
  });
});
