import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { readAroundDay } from "./around-day.store.server";
import { judgeReading, type Neighbors, type ReviewReason } from "./judge-reading";
import { type Meter, meterKinds } from "./meter";

export type Totals = Partial<Record<Meter, number>>;
export type TotalDoubt = { meter: Meter; reason: ReviewReason };

/** Which totals that somebody names for a day don't fit the unit's counted readings; those of the day itself can be before or after. */
export async function doubtsAboutTotals(
  db: ScopedDatabase<"staff">,
  assetId: Id<"asset">,
  totals: Totals,
  day: { start: UtcMs; end: UtcMs },
): Promise<TotalDoubt[]> {
  const typed = meterKinds.filter((meter) => totals[meter] !== undefined);
  return (await readAroundDay(db, assetId, typed, day)).flatMap(({ meter, before, same, after }) => {
    const value = totals[meter] ?? 0;
    const judge = (around: Neighbors, at: UtcMs) => judgeReading(meter, { value, at }, around).reason;
    const reason =
      judge({ before, after }, day.start) ?? (same && judge(value < same.value ? { before: null, after: same } : { before: same, after: null }, same.at));
    return reason === null ? [] : [{ meter, reason }];
  });
}
