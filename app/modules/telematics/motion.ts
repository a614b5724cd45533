import { metersBetween, type Position } from "~/kernel/geo";
import { MINUTE, type UtcMs } from "~/kernel/time";

/** 5.4 km/h: a parked receiver drifts at up to walking pace. */
export const MOVING_ABOVE_MPS = 1.5;
/** A red light or a gate: without an ignition wire, so long a pause is not yet a stop. */
export const PAUSE = 3 * MINUTE;
/** Trackers report at least every 5 minutes while parked; after three misses the picture is old. */
export const STALE_AFTER = 15 * MINUTE;
/** For devices that report no speed: further than a parked receiver wanders. */
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
  stale: "No recent news",
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

/** Carries "last moved" forward over an accepted reading; where speed is unknown, the distance decides. */
export function lastMovedAt(reading: Moved, before: (Position & { lastMovedAt: UtcMs | null }) | null): UtcMs | null {
  const moved = reading.speedMps === null ? before !== null && metersBetween(before, reading) > MOVED_METERS : reading.speedMps > MOVING_ABOVE_MPS;
  return moved ? reading.recordedAt : (before?.lastMovedAt ?? null);
}
