import { sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { meterReadings } from "~/modules/assets/asset.tables";
import { type Meter, readingStatus } from "~/modules/assets/meter";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";

/** A meter as a report has it: in meters or seconds, as it was received, and what one unit of the dash is. */
export type ReportReading = { meter: Meter; value: number; receivedValue: number; receivedUnit: string; oneUnit: number };
type Signed = { assetId: Id<"asset">; at: UtcMs; driverName: string };
type Last = { value: number; at: UtcMs };

const sourceOf = ({ driverName }: Signed): string => `inspection by ${driverName}`;

/** Enters a report's meter for its unit; `last` is the newest one that counts. One entered before counts or not as it does now. */
export function readingRow(
  db: ScopedDatabase<"driver"> | ScopedDatabase<"staff">,
  signed: Signed,
  { meter, value: given, receivedValue, receivedUnit, oneUnit }: ReportReading,
  last: Last | null,
): Statement {
  const { assetId, at } = signed;
  // A dash cuts off what a tracker counts on: less than one unit behind is the same.
  const value = last && given < last.value && given + oneUnit > last.value ? last.value : given;
  const status = readingStatus(meter, { value, at }, last);
  const row = { assetId, meter, at, source: sourceOf(signed), value, receivedValue, receivedUnit, status };
  return db.upsert(meterReadings, row, [meterReadings.assetId, meterReadings.meter, meterReadings.at, meterReadings.source], { status });
}

/** A report's meters don't count for this unit any more: it was about another. */
export const withdrawReadings = (db: ScopedDatabase<"staff">, signed: Signed): Statement =>
  db.update(
    meterReadings,
    { status: "review" },
    sql`${meterReadings.assetId} = ${signed.assetId} and ${meterReadings.at} = ${signed.at} and ${meterReadings.source} = ${sourceOf(signed)}`,
  );
