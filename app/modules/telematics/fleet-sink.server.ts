import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { meterReadingRows, type NewReading } from "~/modules/assets/meters/meter-readings.step.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { isStop } from "./faults/faults";
import type { FleetSink } from "./fleet";
import { fleetSinkStore } from "./fleet-sink.store.server";
import type { Snapshot } from "./fleet-state";

/** Saves the fleet room's flushes: every 15 minutes per changed asset, and faults at once. */
export function fleetSink(db: ScopedDatabase<"job">, readZone: () => Promise<string>): FleetSink {
  const store = fleetSinkStore(db);
  return {
    async keepLastSeen(snapshots) {
      const [readings, zone] = await Promise.all([meterReadingRows(db, snapshots.flatMap(readingsOf)), readZone()]);
      await store.keepLastSeen(snapshots, readings, zone);
    },
    async keepFaults(changes) {
      await store.keepFaults(changes, changes.some(({ fault }) => isStop(fault)) ? await readZone() : "UTC");
    },
  };
}

/** Keyed by the time of the meter's report, so a flush without a new one adds nothing. */
function readingsOf({ assetId, odometerMeters, odometerAt, engineSeconds, engineAt }: Snapshot): NewReading[] {
  const reading = (meter: "odometer" | "engine", at: UtcMs | null, value: number | null, receivedUnit: string): NewReading[] =>
    at === null || value === null
      ? []
      : [{ assetId: assetId as Id<"asset">, meter, at, source: "telematics", shown: value, receivedValue: value, receivedUnit }]; // roster ids are asset ids
  return [...reading("odometer", odometerAt, odometerMeters, "m"), ...reading("engine", engineAt, engineSeconds, "s")];
}
