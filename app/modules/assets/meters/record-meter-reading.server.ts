import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, HOUR, later, MINUTE, SECOND, type UtcMs } from "~/kernel/time";
import { toMeters } from "~/kernel/units";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { ReviewReason } from "./judge-reading";
import { isDistance, type Meter } from "./meter";
import { freeAt, meterLog } from "./meter-log.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
type Read = {
  assetId: Id<"asset">;
  meter: Meter;
  /** As shown on the dash: miles, kilometers or hours. */
  displayValue: number;
  source: string;
  /** When it was read; now if absent. */
  at?: UtcMs;
};
export type Recorded = { status: "counted" | "review"; reason: ReviewReason | null };

/** What a dash shows, in meters or seconds. */
export const shownValue = (meter: Meter, displayValue: number, unit: "mi" | "km"): number =>
  isDistance(meter) ? toMeters(displayValue, unit) : displayValue * (HOUR / SECOND);

/**
 * Saves a meter reading with its source. One that doesn't fit the counted readings around it is held for review. Another
 * reading of the same minute is kept beside the first; the same one sent again, or read again within a minute, is the same reading.
 */
export async function recordMeterReading(s: Needs, read: Read): Promise<Result<Recorded, { kind: "not-found" } | { kind: "in-future" } | { kind: "stale" }>> {
  const { assetId, meter, displayValue, source } = read;
  const unit = s.db.scope.organization.distanceUnit;
  const log = meterLog(s.db);
  const now = s.clock.now();
  // Whole seconds, so that of a form pressed twice at once the second finds its place in the log taken.
  const at = read.at ?? later(now, -(now % SECOND));
  if (at > now) return err({ kind: "in-future" });
  const shown = shownValue(meter, displayValue, unit);
  const reading = { assetId, meter, at, source, shown, receivedValue: displayValue, receivedUnit: isDistance(meter) ? unit : "h" };
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const taken = await log.minuteOf(reading, read.at === undefined ? MINUTE : 0);
    const same = taken.find((one) => isSame(one, reading));
    if (same) return ok({ status: same.status === "review" ? "review" : "counted", reason: same.status === "review" ? same.reason : null });
    const [judged] = await log.judge([{ ...reading, at: freeAt(taken, at) }]);
    if (!judged) return err({ kind: "not-found" });
    if (await log.add(judged, now)) return ok({ status: judged.status, reason: judged.reason });
  }
  return err({ kind: "stale" });
}

/** How often a place in the log is looked for while others take theirs. */
const ATTEMPTS = 5;
type Received = { receivedValue: number; receivedUnit: string };
/** Whether a reading in the log is what somebody sends now; a dismissed one counts for nothing and can be read anew. */
export const isSame = (kept: Received & { status: string }, sent: Received): boolean =>
  kept.status !== "dismissed" && kept.receivedValue === sent.receivedValue && kept.receivedUnit === sent.receivedUnit;
