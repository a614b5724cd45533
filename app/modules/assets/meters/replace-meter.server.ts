import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, later, type UtcMs } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { judgeAgain } from "./judge-again";
import { judgeReading } from "./judge-reading";
import { isDistance, type Meter } from "./meter";
import { freeAt, meterLog } from "./meter-log.store.server";
import { shownValue } from "./record-meter-reading.server";
import { INSTALLED, REPLACED, type ReplacementDoubt } from "./replacement";
import { replacementStore } from "./replacement.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
export type Replacement = {
  assetId: Id<"asset">;
  meter: Meter;
  at: UtcMs;
  /** What the old meter showed last; null if it can't be read, so the last counted reading is taken. */
  oldShows: number | null;
  newShows: number;
  name: string;
  /** The doubts that the page asked about and a person confirmed; others are asked about again. */
  confirmed?: string | null;
};
type Refusal =
  | { kind: "not-found" }
  | { kind: "stale" }
  | { kind: "in-future" }
  | { kind: "before-last" }
  | { kind: "no-total" }
  | { kind: "doubtful"; doubts: readonly ReplacementDoubt[] };

/**
 * Replaces a meter: what the old one counted is added to what the new one shows from then on, so the unit's total goes
 * on. Readings since then are judged again as the new meter's; answers how many of them are held for review now. Values
 * that don't fit are saved once a person confirmed them.
 */
export async function replaceMeter(
  s: Needs,
  { assetId, meter, at, oldShows, newShows, name, confirmed = null }: Replacement,
): Promise<Result<{ held: number }, Refusal>> {
  const unit = s.db.scope.organization.distanceUnit;
  const store = replacementStore(s.db);
  const now = s.clock.now();
  if (at > now) return err({ kind: "in-future" });
  const [asset, { inUse, before, taken }, since] = await Promise.all([
    meterLog(s.db).asset(assetId),
    store.replacing(assetId, meter, at),
    store.since(assetId, meter, at, { withOwn: true }),
  ]);
  if (!asset) return err({ kind: "not-found" });
  if (inUse && at <= inUse.since) return err({ kind: "before-last" });
  const oldOffset = inUse?.offset ?? 0;
  const typed = oldShows === null ? null : shownValue(meter, oldShows, unit) + oldOffset;
  const old = typed === null ? null : judgeReading(meter, { value: typed, at }, { before, after: null });
  const total = old?.value ?? before?.value ?? null;
  if (total === null) return err({ kind: "no-total" });
  const shown = shownValue(meter, newShows, unit);
  // A new meter may well show zero.
  const isTooHigh = shown > 0 && judgeReading(meter, { value: shown, at }, { before: null, after: null }).status === "review";
  const offset = total - shown;
  const again = judgeAgain(meter, since, offset - oldOffset, { value: total, at });
  const doubts: ReplacementDoubt[] = [
    ...(old?.reason ? [`old-${old.reason}` as const] : []),
    ...(isTooHigh ? ["new-too-high" as const] : []),
    ...(again && again.held > 0 ? [`later-${again.held}` as const] : []),
  ];
  if (doubts.length > 0 && doubts.join(" ") !== confirmed) return err({ kind: "doubtful", doubts });
  const decidedBy = doubts.length > 0 ? s.db.scope.actor.name : null;
  const reading = { assetId, meter, status: "counted", receivedUnit: isDistance(meter) ? unit : "h", value: total, decidedBy } as const;
  const free = (source: string, from: UtcMs, step: 1 | -1) =>
    freeAt(
      taken.filter((one) => one.source === source),
      from,
      step,
    );
  const first = [
    ...(oldShows === null
      ? []
      : [{ ...reading, at: free(REPLACED, later(at, -1), -1), source: REPLACED, receivedValue: oldShows, reason: old?.reason ?? null }]),
    { ...reading, at: free(INSTALLED, at, 1), source: INSTALLED, receivedValue: newShows, reason: isTooHigh ? ("too-high" as const) : null },
  ];
  const saved = await store.replace(assetId, { meter, at, offset, name, inUse, first }, again, now);
  return saved.ok ? ok({ held: again?.held ?? 0 }) : saved;
}
