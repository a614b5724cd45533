import type { UtcMs } from "~/kernel/time";
import { judgeReading, type ReviewReason } from "./judge-reading";
import type { Meter, MeterReading } from "./meter";

/** A reading that nobody dismissed, as it is now. */
export type KeptReading = MeterReading & { source: string; status: "counted" | "review"; reason: ReviewReason | null };
type Outcome = Pick<KeptReading, "status" | "reason">;
/** What judging readings again changes: all move by `delta`, and some have another state or a value of their own. */
export type JudgedAgain = {
  delta: number;
  from: UtcMs;
  to: UtcMs;
  /** Spans of time whose readings all have another state than before. */
  spans: readonly ({ from: UtcMs; to: UtcMs } & Outcome)[];
  /** Readings that a span cannot name: cut off to their neighbor's value, or of the same instant as another. */
  exact: readonly KeptReading[];
  /** How many counted before and are held now. */
  held: number;
};

/** Judges readings again, in time order, after what their meter adds to the dash changed by `delta`. */
export function judgeAgain(meter: Meter, readings: readonly KeptReading[], delta: number, before: MeterReading | null): JudgedAgain | null {
  const [first, end] = [readings[0], readings.at(-1)];
  if (!first || !end) return null;
  let last = before;
  const judged = readings.map((one): KeptReading => {
    const { value, status, reason } = judgeReading(meter, { value: one.value + delta, at: one.at }, { before: last, after: null });
    if (status === "counted") last = { value, at: one.at };
    return { ...one, value, status, reason };
  });
  const isExact = (one: KeptReading, n: number) =>
    one.value !== (readings[n]?.value ?? 0) + delta || readings[n - 1]?.at === one.at || readings[n + 1]?.at === one.at;
  return {
    delta,
    from: first.at,
    to: end.at,
    spans: spansOf(judged, readings),
    exact: judged.filter(isExact),
    held: judged.filter(({ status }, n) => status === "review" && readings[n]?.status === "counted").length,
  };
}

/** Neighbors of one outcome as one span; none where nothing changes. */
function spansOf(judged: readonly KeptReading[], before: readonly KeptReading[]): JudgedAgain["spans"] {
  const spans: ({ from: UtcMs; to: UtcMs; changes: boolean } & Outcome)[] = [];
  judged.forEach(({ at, status, reason }, n) => {
    const changes = before[n]?.status !== status || before[n]?.reason !== reason;
    const open = spans.at(-1);
    if (open?.status === status && open.reason === reason) spans[spans.length - 1] = { ...open, to: at, changes: open.changes || changes };
    else spans.push({ from: at, to: at, status, reason, changes });
  });
  return spans.filter(({ changes }) => changes).map(({ changes: _, ...span }) => span);
}
