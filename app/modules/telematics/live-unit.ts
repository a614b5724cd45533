import type { OpenFault, Snapshot } from "./fleet-state";

/**
 * A unit as every screen gets it, with a page or over a socket. Which tracker said so and the room's own bookkeeping
 * stay in the room. Times are UTC milliseconds; metres, seconds, metres per second.
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

/** Each field is named: what a snapshot gets later is not shown until somebody decides so. */
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
