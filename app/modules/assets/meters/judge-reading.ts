import { DAY, type UtcMs } from "~/kernel/time";
import { type CountedMeter, isDistance, type Meter, type MeterReading } from "./meter";

/** Per day: more meters than a truck with two drivers covers; the seconds of a day. */
const MOST_A_DAY = { distance: 2_400_000, hours: 24 * 3_600 };
/** Above any real meter: five million miles; thirty-four years of running. */
const MOST_EVER = { distance: 8_000_000_000, hours: 300_000 * 3_600 };
/** A dash cuts off what a tracker counts on, so less than a mile or an hour behind is the same. */
const SLACK = { distance: 1_609.344, hours: 3_600 };

const measureOf = (meter: Meter): "distance" | "hours" => (isDistance(meter) ? "distance" : "hours");

export const reviewReasons = ["zero", "too-high", "rollback", "jump"] as const;
export type ReviewReason = (typeof reviewReasons)[number];
export const reviewLabels: Record<ReviewReason, string> = {
  zero: "is zero",
  "too-high": "is higher than any real meter",
  rollback: "runs backward",
  jump: "jumps further than it can have run",
};

/** `value` is the one to keep: a reading cut off by less than a unit is the same as its neighbor. */
export type Judged = { status: "counted"; reason: null; value: number } | { status: "review"; reason: ReviewReason; value: number };
/** The counted readings just before and after an instant. */
export type Neighbors = { before: MeterReading | null; after: MeterReading | null };

/**
 * Whether a reading counts or is held for review, whoever took it. One that is zero, runs backward or jumps impossibly
 * far is saved, but changes nothing until somebody accepts it. A backdated reading must fit between its neighbors.
 */
export function judgeReading(meter: Meter, reading: MeterReading, { before, after }: Neighbors): Judged {
  const { value, at } = reading;
  const measure = measureOf(meter);
  const review = (reason: ReviewReason): Judged => ({ status: "review", reason, value });
  if (value <= 0) return review("zero");
  if (value > MOST_EVER[measure]) return review("too-high");
  const most = (other: MeterReading) => MOST_A_DAY[measure] * Math.max(1, Math.ceil(Math.abs(at - other.at) / DAY));
  if (before && value < before.value) {
    if (value + SLACK[measure] <= before.value) return review("rollback");
    return { status: "counted", reason: null, value: before.value };
  }
  if (before && value - before.value > most(before)) return review("jump");
  if (after && value > after.value) {
    if (value - SLACK[measure] >= after.value) return review("rollback");
    return { status: "counted", reason: null, value: after.value };
  }
  if (after && after.value - value > most(after)) return review("jump");
  return { status: "counted", reason: null, value };
}

/** The one value that every page shows: the newest counted reading, or a tracker's later one that would count. */
export function currentMeter(meter: Meter, counted: Omit<CountedMeter, "source"> | null, live: { value: number | null; at: number } | null): number | null {
  if (live === null || live.value === null || (counted && live.at < counted.at)) return counted?.value ?? null;
  const reading = { value: live.value + (counted?.offset ?? 0), at: live.at as UtcMs }; // a tracker's times are instants
  const judged = judgeReading(meter, reading, { before: counted, after: null });
  return judged.status === "counted" ? judged.value : (counted?.value ?? null);
}
