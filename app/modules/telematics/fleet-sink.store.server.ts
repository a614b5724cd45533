import { sql } from "drizzle-orm";
import { dayOf, type UtcMs } from "~/kernel/time";
import { meterReadings } from "~/modules/assets/asset.tables";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import type { FleetSink } from "./fleet";
import type { Snapshot } from "./fleet-state";
import { faultKey } from "./readings/reading";
import { assetDays, assetFaults, lastSeen } from "./telematics.tables";

const PER_BATCH = 60;

/** Saves the fleet room's flushes: every 15 minutes per changed asset, and faults at once. Days are those of the shop's zone. */
export function fleetSink(db: ScopedDatabase<"job">, readZone: () => Promise<string>): FleetSink {
  return {
    async keepLastSeen(snapshots) {
      const zone = await readZone();
      await inBatches(
        db,
        snapshots.flatMap((snapshot) => [seen(db, snapshot), ...moved(db, snapshot, zone), ...meters(db, snapshot)]),
      );
    },
    keepFaults: (changes) =>
      inBatches(
        db,
        changes.map(({ assetId, fault, openedAt, closedAt }) =>
          db.upsert(
            assetFaults,
            {
              assetId: assetId as never, // roster ids are asset ids
              faultKey: faultKey(fault),
              openedAt,
              closedAt,
              occurrenceCount: "spn" in fault ? fault.occurrenceCount : null,
            },
            [assetFaults.assetId, assetFaults.faultKey, assetFaults.openedAt],
            { closedAt },
          ),
        ),
      ),
  };
}

async function inBatches(db: ScopedDatabase<"job">, statements: readonly Statement[]): Promise<void> {
  for (let at = 0; at < statements.length; at += PER_BATCH) await db.batch(statements.slice(at, at + PER_BATCH));
}

function seen(db: ScopedDatabase<"job">, snapshot: Snapshot): Statement {
  const { assetId, deviceId, recordedAt, latitude, longitude, speedMps, headingDegrees, odometerMeters, engineSeconds, lastMovedAt } = snapshot;
  const set = { deviceCode: deviceId, recordedAt, latitude, longitude, speedMps, headingDegrees, odometerMeters, engineSeconds, movedAt: lastMovedAt };
  // A late repeated flush must not overwrite newer data.
  return db.upsert(lastSeen, { assetId: assetId as never, ...set }, [lastSeen.assetId], set, sql`${lastSeen.recordedAt} < ${recordedAt}`); // roster ids are asset ids
}

/** The day that it last moved on; written once. */
const moved = (db: ScopedDatabase<"job">, { assetId, lastMovedAt }: Snapshot, zone: string): Statement[] =>
  lastMovedAt === null ? [] : [db.insertOnce(assetDays, { assetId: assetId as never, day: dayOf(lastMovedAt, zone) })]; // roster ids are asset ids

function meters(db: ScopedDatabase<"job">, { assetId, odometerMeters, odometerAt, engineSeconds, engineAt }: Snapshot): Statement[] {
  const reading = (meter: "odometer" | "engine", at: UtcMs, value: number, unit: string) =>
    db.insertOnce(meterReadings, {
      assetId: assetId as never, // roster ids are asset ids
      meter,
      at,
      source: "telematics",
      value,
      receivedValue: value,
      receivedUnit: unit,
      status: "counted",
    });
  return [
    // Keyed by the time of the meter's report, so a flush without a new one adds nothing.
    ...(odometerMeters === null || odometerAt === null ? [] : [reading("odometer", odometerAt, odometerMeters, "m")]),
    ...(engineSeconds === null || engineAt === null ? [] : [reading("engine", engineAt, engineSeconds, "s")]),
  ];
}
