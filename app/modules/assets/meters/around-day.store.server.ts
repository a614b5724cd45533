import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { meterReadings } from "../asset.tables";
import type { Meter } from "./meter";

type Counted = { value: number; at: UtcMs } | null;
export type AroundDay = { meter: Meter; before: Counted; same: Counted; after: Counted };

/** For each meter, the counted readings around a day: the last before it, the last of it, the first after it. */
export async function readAroundDay(
  db: ScopedDatabase<"staff">,
  assetId: Id<"asset">,
  meters: readonly Meter[],
  { start, end }: { start: UtcMs; end: UtcMs },
): Promise<AroundDay[]> {
  const { at, value, meter, status } = meterReadings;
  const counted = (of: Meter, when: SQL, order: SQL) => ({
    from: meterReadings,
    columns: { value, at },
    where: and(eq(meterReadings.assetId, assetId), eq(meter, of), eq(status, "counted"), when),
    orderBy: [order],
    limit: 1,
  });
  const found = await db.queries(
    ...meters.flatMap((of) => [
      counted(of, sql`${at} < ${start}`, desc(at)),
      counted(of, sql`${at} >= ${start} and ${at} < ${end}`, desc(at)),
      counted(of, sql`${at} >= ${end}`, asc(at)),
    ]),
  );
  return meters.map((of, n) => {
    const [before, same, after] = found.slice(n * 3, n * 3 + 3).map(([row]) => row ?? null);
    return { meter: of, before: before ?? null, same: same ?? null, after: after ?? null };
  });
}
