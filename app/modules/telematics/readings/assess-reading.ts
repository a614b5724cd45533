import { isOnEarth, metersBetween, type Position } from "~/kernel/geo";
import { DAY, MINUTE, SECOND, type UtcMs } from "~/kernel/time";
import type { Reading } from "./reading";

/** Clocks of phones and trackers run ahead by minutes, not more. */
export const FUTURE_TOLERANCE = 10 * MINUTE;
/** Longer than any tracker's backlog; an older time is from a reset clock. */
export const OLDEST_DELIVERY = 400 * DAY;
/** 324 km/h: no road vehicle reaches it. */
export const MAX_SPEED_MPS = 90;
/**
 * Distances up to this are accepted without a speed check. A bad fix this near is corrected by the next point within
 * seconds, but refusing a right one (after a tow) would look like a dead tracker.
 */
export const FREE_HOP_METERS = 25_000;
/** Upper bound of the tolerance for inaccurate devices. */
const MAX_ACCURACY_SLACK_METERS = 5_000;

/** The reference point for later ones. */
export type Point = Position & { recordedAt: UtcMs; accuracyMeters: number | null };
/** A device's last accepted point, and the last impossible jump set aside since. */
export type Current = Point & { suspect: Point | null };

export type RejectionReason = "off-earth" | "null-island" | "no-fix" | "future" | "too-old" | "too-fast" | "impossible-jump";
export type Verdict =
  | { kind: "current" }
  /** Stored in history, doesn't change the current point. */
  | { kind: "late" }
  /** Same time as the current or the suspect point; the room finds older duplicates itself. */
  | { kind: "duplicate" }
  | { kind: "set-aside"; why: RejectionReason; message: string };

export const rejectionReasonLabels: Readonly<Record<RejectionReason, string>> = {
  "off-earth": "Latitude or longitude is out of range.",
  "null-island": "Latitude and longitude are both 0, which trackers send without a position.",
  "no-fix": "The device reported no GPS fix.",
  future: "The time is more than 10 minutes in the future.",
  "too-old": "The time is more than 400 days ago.",
  "too-fast": "The reported speed is above 324 km/h.",
  "impossible-jump": "Reaching this position from the last one would take more than 324 km/h.",
};

/** Whether a reading becomes current, only goes to history, or is set aside. It is stored in every case. */
export function assessReading(reading: Reading, previous: Current | null, now: UtcMs): Verdict {
  const absurd = absurdity(reading, now);
  if (absurd) return reject(absurd);
  if (!previous) return { kind: "current" };
  if (reading.recordedAt === previous.recordedAt) return { kind: "duplicate" };
  if (reading.recordedAt < previous.recordedAt) return { kind: "late" };
  if (reading.recordedAt === previous.suspect?.recordedAt) return { kind: "duplicate" };
  // Without its own time the arrival time doesn't give a speed.
  if (reading.received.untimed || isReachable(previous, reading)) return { kind: "current" };
  return confirms(reading, previous.suspect) ? { kind: "current" } : reject("impossible-jump");
}

/** The reference for the next reading after this verdict. */
export function afterVerdict(verdict: Verdict, reading: Reading, previous: Current | null): Current | null {
  if (verdict.kind === "current") return { ...pointOf(reading), suspect: null };
  if (previous && verdict.kind === "set-aside" && verdict.why === "impossible-jump") {
    return { ...previous, suspect: pointOf(reading) };
  }
  return previous;
}

const reject = (why: RejectionReason): Verdict => ({ kind: "set-aside", why, message: rejectionReasonLabels[why] });

/** Two jumps that agree with each other replace the current point; otherwise one bad point would block a truck forever. */
const confirms = (reading: Reading, suspect: Point | null): boolean =>
  suspect !== null && reading.recordedAt > suspect.recordedAt && isReachable(suspect, reading);

function absurdity(reading: Reading, now: UtcMs): RejectionReason | null {
  if (!isOnEarth(reading)) return "off-earth";
  if (reading.latitude === 0 && reading.longitude === 0) return "null-island";
  if (reading.received.noFix) return "no-fix";
  if (reading.recordedAt > now + FUTURE_TOLERANCE) return "future";
  if (reading.recordedAt < now - OLDEST_DELIVERY) return "too-old";
  return reading.speedMps !== null && reading.speedMps > MAX_SPEED_MPS ? "too-fast" : null;
}

function isReachable(from: Point, to: Reading): boolean {
  const slack = FREE_HOP_METERS + Math.min(MAX_ACCURACY_SLACK_METERS, (from.accuracyMeters ?? 0) + (to.accuracyMeters ?? 0));
  const seconds = (to.recordedAt - from.recordedAt) / SECOND;
  return metersBetween(from, to) <= slack + MAX_SPEED_MPS * seconds;
}

const pointOf = ({ recordedAt, latitude, longitude, accuracyMeters }: Reading): Point => ({
  recordedAt,
  latitude,
  longitude,
  accuracyMeters,
});
