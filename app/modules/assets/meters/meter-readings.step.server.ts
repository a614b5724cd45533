import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { meterLog, type NewReading } from "./meter-log.store.server";

export type { NewReading };

/** Readings as statements for another batch, each judged against the counted ones around it. */
export async function meterReadingRows(db: ScopedDatabase, readings: readonly NewReading[]): Promise<Statement[]> {
  if (readings.length === 0) return [];
  const log = meterLog(db);
  return log.rows(await log.judge(readings));
}

/** As `meterReadingRows` for what people read, with the effect that follows for each unit. */
export async function takenReadingRows(db: ScopedDatabase, readings: readonly NewReading[], key: string, at: UtcMs): Promise<Statement[]> {
  const units = [...new Set(readings.map(({ assetId }) => assetId))];
  return [...(await meterReadingRows(db, readings)), ...units.map((assetId: Id<"asset">) => meterLog(db).changed(assetId, key, at))];
}
