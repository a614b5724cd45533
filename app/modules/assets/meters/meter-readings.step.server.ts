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

/** As `takenReadingRows`, of readings that may have been taken back before: they count, or wait, as they are judged now. */
export async function reenteredReadingRows(db: ScopedDatabase, readings: readonly NewReading[], key: string, at: UtcMs): Promise<Statement[]> {
  const log = meterLog(db);
  const units = [...new Set(readings.map(({ assetId }) => assetId))];
  return [...log.again(await log.judge(readings)), ...units.map((assetId) => log.changed(assetId, key, at))];
}

/** Takes back what was read at an instant: it was about another unit. */
export const takenBackRows = (db: ScopedDatabase, its: { assetId: Id<"asset">; at: UtcMs; source: string }, key: string, now: UtcMs): Statement[] => [
  meterLog(db).takeBack(its),
  meterLog(db).changed(its.assetId, key, now),
];
