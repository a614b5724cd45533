import type { Snapshot } from "~/modules/telematics/fleet-state";
import type { FleetMessage, LiveUnit } from "./protocol";

/** What a viewer gets of a snapshot: the device and the room's own bookkeeping stay inside. */
export const asUnit = (snapshot: Snapshot): LiveUnit => ({
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
  faults: [...snapshot.faults],
});

export const positionsFrame = (seq: number, snapshots: readonly Snapshot[]): string =>
  JSON.stringify({ type: "moved", seq, units: snapshots.map(asUnit) } satisfies FleetMessage);
