import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";

/** The source of the meter readings of a driver's report. */
export const readingSource = (driverName: string): string => `inspection by ${driverName}`;

/** The meters of a stored report, in meters and seconds, as readings of a unit. */
export function reportReadings(
  { odometer, engine, signedAt, driverName }: { odometer: number | null; engine: number | null; signedAt: UtcMs; driverName: string },
  assetId: Id<"asset">,
) {
  const common = { assetId, at: signedAt, source: readingSource(driverName) };
  return [
    ...(odometer === null ? [] : [{ ...common, meter: "odometer" as const, shown: odometer, receivedValue: odometer, receivedUnit: "m" }]),
    ...(engine === null ? [] : [{ ...common, meter: "engine" as const, shown: engine, receivedValue: engine, receivedUnit: "s" }]),
  ];
}
