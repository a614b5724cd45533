import { sql } from "drizzle-orm";
import { dayOf } from "~/kernel/time";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import type { FaultChange, Snapshot } from "./fleet-state";
import { faultKey } from "./readings/reading";
import { assetDays, assetFaults, lastSeen } from "./telematics.tables";

const PER_BATCH = 60;

/** Last known states and faults, as the fleet room hands them over. */
export function fleetSinkStore(db: ScopedDatabase<"job">) {
  return {
    /** Last states with their meter readings, which were judged before. Days are those of the shop's zone. */
    keepLastSeen: (snapshots: readonly Snapshot[], readings: readonly Statement[], zone: string) =>
      inBatches(db, [...snapshots.flatMap((snapshot) => [seen(db, snapshot), ...moved(db, snapshot, zone)]), ...readings]),
    keepFaults: (changes: readonly FaultChange[]) =>
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
