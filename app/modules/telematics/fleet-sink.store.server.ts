import { sql } from "drizzle-orm";
import type { Effect } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import { dayOf } from "~/kernel/time";
import { effectRow } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { boardChanged } from "~/platform/live/board-effects";
import { isStop } from "./faults/faults";
import type { FaultChange, Snapshot } from "./fleet-state";
import { faultKey } from "./readings/reading";
import { telematicsEffects } from "./telematics.effects";
import { assetDays, assetFaults, lastSeen } from "./telematics.tables";

const PER_BATCH = 60;

/** Last known states and faults, as the fleet room hands them over. */
export function fleetSinkStore(db: ScopedDatabase<"job">) {
  return {
    /** Last states with their meter readings, which were judged before. Days are those of the shop's zone. */
    keepLastSeen: (snapshots: readonly Snapshot[], readings: readonly Statement[], zone: string) =>
      inBatches(db, [...snapshots.flatMap((snapshot) => [seen(db, snapshot), ...moved(db, snapshot, zone)]), ...readings]),
    /** Faults, and with each change of a critical one that pages and people hear of it. */
    keepFaults: (changes: readonly FaultChange[], zone: string) =>
      inBatches(
        db,
        changes.flatMap((change) => [
          kept(db, change),
          ...(isStop(change.fault) ? alerts(change, zone) : []).map((effect) => effectRow(db, effect, change.closedAt ?? change.openedAt)),
        ]),
      ),
  };
}

const kept = (db: ScopedDatabase<"job">, { assetId, fault, openedAt, closedAt }: FaultChange): Statement =>
  db.upsert(
    assetFaults,
    {
      assetId: assetId as never, // roster ids are asset ids
      faultKey: faultKey(fault),
      openedAt,
      closedAt,
      occurrenceCount: "spn" in fault ? fault.occurrenceCount : null,
      isCritical: isStop(fault),
    },
    [assetFaults.assetId, assetFaults.faultKey, assetFaults.openedAt],
    { closedAt },
  );

/** A fault that comes and goes is mailed once a day. */
function alerts({ assetId, fault, openedAt, closedAt }: FaultChange, zone: string): Effect[] {
  const key = faultKey(fault);
  const changed = boardChanged(`${assetId}:${key}:${openedAt}:${closedAt ?? "open"}`, { kind: "asset", id: assetId, version: 0 }, ["staff"]);
  if (closedAt !== null) return [changed];
  const id = assetId as Id<"asset">; // roster ids are asset ids
  return [changed, telematicsEffects.of("mail.critical-fault", `mail.critical-fault:${id}:${key}:${dayOf(openedAt, zone)}`, { assetId: id, faultKey: key })];
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
