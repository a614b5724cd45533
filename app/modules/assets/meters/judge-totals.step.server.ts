import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { meterReadings } from "../asset.tables";
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
  const typed = meterKinds.flatMap((meter) => {
    const value = totals[meter];
    return value === undefined ? [] : [{ meter, value }];
  });
  const counted = (meter: Meter, when: SQL, order: SQL) => ({
    from: meterReadings,
    columns: { value: meterReadings.value, at: meterReadings.at },
    where: and(eq(meterReadings.assetId, assetId), eq(meterReadings.meter, meter), eq(meterReadings.status, "counted"), when),
    orderBy: [order],
    limit: 1,
  });
  const { at } = meterReadings;
  const found = await db.queries(
    ...typed.flatMap(({ meter }) => [
      counted(meter, sql`${at} < ${day.start}`, desc(at)),
      counted(meter, sql`${at} >= ${day.start} and ${at} < ${day.end}`, desc(at)),
      counted(meter, sql`${at} >= ${day.end}`, asc(at)),
    ]),
  );
  return typed.flatMap(({ meter, value }, n) => {
    const [before, same, after] = found.slice(n * 3, n * 3 + 3).map(([row]) => row ?? null);
    const judge = (around: Neighbors, when: UtcMs) => judgeReading(meter, { value, at: when }, around).reason;
    const reason =
      judge({ before: before ?? null, after: after ?? null }, day.start) ??
      (same ? judge(value < same.value ? { before: null, after: same } : { before: same, after: null }, same.at) : null);
    return reason === null ? [] : [{ meter, reason }];
  });
}
