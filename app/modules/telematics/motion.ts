import { metersBetween, type Position } from "~/kernel/geo";
import { MINUTE, type UtcMs } from "~/kernel/time";

/** 5.4 km/h: a parked receiver drifts at up to walking pace. */
export const MOVING_ABOVE_MPS = 1.5;
/** A pause at a red light or gate: without an ignition signal, not yet a stop. */
export const PAUSE = 3 * MINUTE;
/** Trackers report at least every 5 minutes while parked, so after three misses the data is stale. */
export const STALE_AFTER = 15 * MINUTE;
/** For devices without speed: further than a parked receiver drifts. */
export const MOVED_METERS = 100;

export type Motion = "moving" | "idle" | "stopped" | "stale" | "none";
export type MotionSnapshot = {
  recordedAt: UtcMs;
  speedMps: number | null;
  ignition: boolean | null;
  lastMovedAt: UtcMs | null;
};

export const motionLabels: Readonly<Record<Motion, string>> = {
  moving: "Moving",
  idle: "Idling",
  stopped: "Stopped",
  stale: "No recent data",
  none: "No position yet",
};

export function motionOf(snapshot: MotionSnapshot | null, now: UtcMs): Motion {
  if (!snapshot) return "none";
  if (now - snapshot.recordedAt >= STALE_AFTER) return "stale";
  if (isMoving(snapshot)) return "moving";
  if (snapshot.ignition !== null) return snapshot.ignition ? "idle" : "stopped";
  return snapshot.lastMovedAt !== null && now - snapshot.lastMovedAt < PAUSE ? "idle" : "stopped";
}

const isMoving = ({ speedMps, recordedAt, lastMovedAt }: MotionSnapshot): boolean =>
  speedMps === null ? lastMovedAt === recordedAt : speedMps > MOVING_ABOVE_MPS;

type Moved = Position & { recordedAt: UtcMs; speedMps: number | null };

/** Updates "last moved" for an accepted reading; without a speed, the distance decides. */
export function lastMovedAt(reading: Moved, before: (Position & { lastMovedAt: UtcMs | null }) | null): UtcMs | null {
  const moved = reading.speedMps === null ? before !== null && metersBetween(before, reading) > MOVED_METERS : reading.speedMps > MOVING_ABOVE_MPS;
  return moved ? reading.recordedAt : (before?.lastMovedAt ?? null);
}
