import { isOnEarth, metersBetween, type Position } from "~/kernel/geo";
import { DAY, MINUTE, SECOND, type UtcMs } from "~/kernel/time";
import type { Reading } from "./reading";

/** Clocks of phones and trackers run ahead by minutes, not more. */
export const FUTURE_TOLERANCE = 10 * MINUTE;
/** Longer than any tracker keeps its backlog; an older time is a clock that was reset. */
export const OLDEST_DELIVERY = 400 * DAY;
/** 324 km/h: no road vehicle reaches it. */
export const MAX_SPEED_MPS = 90;
/**
 * A bad fix this near is put right by the next point, within seconds; a right one that was refused
 * (after a tow, or a first fix in the wrong county) would look like a dead tracker.
 */
export const FREE_HOP_METERS = 25_000;
/** A device that claims less accuracy than this does not get more slack for it. */
const MAX_ACCURACY_SLACK_METERS = 5_000;

/** A point that later ones are measured against. */
export type Point = Position & { recordedAt: UtcMs; accuracyMeters: number | null };
/** The last accepted point of a device, and the last that was set aside as an impossible jump since. */
export type Current = Point & { suspect: Point | null };

export type RejectionReason = "off-earth" | "null-island" | "no-fix" | "future" | "too-old" | "too-fast" | "impossible-jump";
export type Verdict =
  | { kind: "current" }
  /** Kept in history, does not move current. */
  | { kind: "late" }
  /** The time of current or of the suspect; the room finds older duplicates itself. */
  | { kind: "duplicate" }
  | { kind: "set-aside"; why: RejectionReason; message: string };

export const rejectionReasonLabels: Readonly<Record<RejectionReason, string>> = {
  "off-earth": "Latitude or longitude is not on the earth.",
  "null-island": "Latitude and longitude are both 0, which a tracker sends when it does not know.",
  "no-fix": "The device said that it had no fix.",
  future: "The time lies more than 10 minutes ahead.",
  "too-old": "The time lies more than 400 days back.",
  "too-fast": "The reported speed is above 324 km/h.",
  "impossible-jump": "The distance from the last position would take more than 324 km/h.",
};

/** Whether a reading becomes current, joins history, or waits for a person. It is kept in every case. */
export function assessReading(reading: Reading, previous: Current | null, now: UtcMs): Verdict {
  const absurd = absurdity(reading, now);
  if (absurd) return reject(absurd);
  if (!previous) return { kind: "current" };
  if (reading.recordedAt === previous.recordedAt) return { kind: "duplicate" };
  if (reading.recordedAt < previous.recordedAt) return { kind: "late" };
  if (reading.recordedAt === previous.suspect?.recordedAt) return { kind: "duplicate" };
  // Without a time of its own the pace of arrival says nothing about speed.
  if (reading.received.untimed || isReachable(previous, reading)) return { kind: "current" };
  return confirms(reading, previous.suspect) ? { kind: "current" } : reject("impossible-jump");
}

/** What the next reading is measured against, once this one has its verdict. */
export function afterVerdict(verdict: Verdict, reading: Reading, previous: Current | null): Current | null {
  if (verdict.kind === "current") return { ...pointOf(reading), suspect: null };
  if (previous && verdict.kind === "set-aside" && verdict.why === "impossible-jump") {
    return { ...previous, suspect: pointOf(reading) };
  }
  return previous;
}

const reject = (why: RejectionReason): Verdict => ({ kind: "set-aside", why, message: rejectionReasonLabels[why] });

/** Two jumps that agree with each other outvote current; otherwise one bad point would hold a truck for ever. */
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
