import type { OpenFault, Snapshot } from "./fleet-state";

/**
 * A unit as pages and sockets get it, without the tracker's id and the room's internal fields. Times are UTC
 * milliseconds; meters, seconds, meters per second.
 */
export type LiveUnit = {
  assetId: string;
  recordedAt: number;
  latitude: number;
  longitude: number;
  speedMps: number | null;
  headingDegrees: number | null;
  odometerMeters: number | null;
  engineSeconds: number | null;
  ignition: boolean | null;
  lastMovedAt: number | null;
  faults: readonly { fault: OpenFault["fault"]; since: number }[];
};

/** Lists every field by name, so a field added to snapshots later is not shown by accident. */
export const liveUnitOf = (snapshot: Snapshot): LiveUnit => ({
  assetId: snapshot.assetId,
  recordedAt: snapshot.recordedAt,
  latitude: snapshot.latitude,
  longitude: snapshot.longitude,
  speedMps: snapshot.speedMps,
  headingDegrees: snapshot.headingDegrees,
  odometerMeters: snapshot.odometerMeters,
  engineSeconds: snapshot.engineSeconds,
  ignition: snapshot.ignition,
  lastMovedAt: snapshot.lastMovedAt,
  faults: snapshot.faults.map(({ fault, since }) => ({ fault, since })),
});
