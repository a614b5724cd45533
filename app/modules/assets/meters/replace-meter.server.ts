import type { Id } from "~/kernel/ids";
import { err, type Result } from "~/kernel/result";
import { type Clock, later, type UtcMs } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { judgeReading } from "./judge-reading";
import { isDistance, type Meter, type MeterReading } from "./meter";
import { meterLog } from "./meter-log.store.server";
import { shownValue } from "./record-meter-reading.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
export type Replacement = {
  assetId: Id<"asset">;
  meter: Meter;
  at: UtcMs;
  /** What the old meter showed last; null if it can't be read, so the last counted reading is taken. */
  oldShows: number | null;
  newShows: number;
  name: string;
};
type Refusal = { kind: "not-found" } | { kind: "stale" } | { kind: "in-future" } | { kind: "before-last" } | { kind: "no-total" };

/**
 * Replaces a meter: what the old one counted is added to what the new one shows from then on, so the unit's total goes
 * on. Readings since then are judged again as the new meter's.
 */
export async function replaceMeter(s: Needs, { assetId, meter, at, oldShows, newShows, name }: Replacement): Promise<Result<null, Refusal>> {
  const unit = s.db.scope.organization.distanceUnit;
  const log = meterLog(s.db);
  const now = s.clock.now();
  if (at > now) return err({ kind: "in-future" });
  const [asset, { inUse, before, later: since }] = await Promise.all([log.asset(assetId), log.replacing(assetId, meter, at)]);
  if (!asset) return err({ kind: "not-found" });
  if (inUse && at <= inUse.since) return err({ kind: "before-last" });
  const oldOffset = inUse?.offset ?? 0;
  const total = oldShows === null ? (before?.value ?? null) : shownValue(meter, oldShows, unit) + oldOffset;
  if (total === null) return err({ kind: "no-total" });
  const offset = total - shownValue(meter, newShows, unit);
  const receivedUnit = isDistance(meter) ? unit : "h";
  const reading = { assetId, meter, status: "counted", reason: null, receivedUnit, value: total } as const;
  const first = [
    ...(oldShows === null ? [] : [{ ...reading, at: later(at, -1), source: "old meter, when replaced", receivedValue: oldShows }]),
    { ...reading, at, source: "new meter, when installed", receivedValue: newShows },
  ];
  let last: MeterReading = { value: total, at };
  const again = since.map(({ value, ...key }) => {
    const moved = { value: value - oldOffset + offset, at: key.at };
    const judged = judgeReading(meter, moved, { before: last, after: null });
    if (judged.status === "counted") last = { value: judged.value, at: key.at };
    return { assetId, meter, at: key.at, source: key.source, value: judged.value, status: judged.status };
  });
  return log.replace(assetId, { meter, at, offset, name, inUse, first }, again, now);
}
