import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, HOUR, SECOND, type UtcMs } from "~/kernel/time";
import { toMeters } from "~/kernel/units";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { ReviewReason } from "./judge-reading";
import { isDistance, type Meter } from "./meter";
import { meterLog } from "./meter-log.store.server";

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

/** Saves a meter reading with its source. One that doesn't fit the counted readings around it is held for review. */
export async function recordMeterReading(s: Needs, read: Read): Promise<Result<Recorded, { kind: "not-found" } | { kind: "in-future" }>> {
  const { assetId, meter, displayValue, source } = read;
  const unit = s.db.scope.organization.distanceUnit;
  const log = meterLog(s.db);
  const now = s.clock.now();
  const at = read.at ?? now;
  if (at > now) return err({ kind: "in-future" });
  const shown = shownValue(meter, displayValue, unit);
  const reading = { assetId, meter, at, source, shown, receivedValue: displayValue, receivedUnit: isDistance(meter) ? unit : "h" };
  const [judged] = await log.judge([reading]);
  if (!judged) return err({ kind: "not-found" });
  await s.db.batch([...log.rows([judged]), log.changed(assetId, `${meter}:${at}`, now)]);
  return ok({ status: judged.status, reason: judged.reason });
}
