import type { LiveUnit } from "./live-unit";
import type { PositionFrame } from "./position-frame";

export type LiveFleet = ReadonlyMap<string, LiveUnit>;

export type FleetUpdate =
  | { type: "sync"; units: readonly LiveUnit[]; visible: readonly string[] }
  | { type: "moved"; units: readonly LiveUnit[] }
  | { type: "gone"; assetIds: readonly string[] };

/** The page's state after a message of the room. An older position never replaces a newer one. */
export function applyUpdate(fleet: LiveFleet, update: FleetUpdate): LiveFleet {
  const next = new Map(fleet);
  if (update.type === "gone") {
    for (const id of update.assetIds) next.delete(id);
    return next;
  }
  if (update.type === "sync") {
    const visible = new Set(update.visible);
    for (const id of fleet.keys()) if (!visible.has(id)) next.delete(id);
  }
  for (const unit of update.units) {
    const known = next.get(unit.assetId);
    if (!known || known.recordedAt <= unit.recordedAt) next.set(unit.assetId, unit);
  }
  return next;
}

/** The page's state after a frame of records; null where one is of a unit that the page does not have. */
export function applyPositions(fleet: LiveFleet, frame: PositionFrame, assets: ReadonlyMap<number, string>): LiveFleet | null {
  const next = new Map(fleet);
  for (let index = 0; index < frame.count; index++) {
    const known = next.get(assets.get(frame.number(index)) ?? "");
    if (!known) return null;
    const recordedAt = frame.recordedAt(index);
    if (recordedAt < known.recordedAt) continue;
    next.set(known.assetId, {
      assetId: known.assetId,
      recordedAt,
      latitude: frame.latitude(index),
      longitude: frame.longitude(index),
      speedMps: frame.speedMps(index),
      headingDegrees: frame.headingDegrees(index),
      odometerMeters: frame.odometerMeters(index),
      engineSeconds: frame.engineSeconds(index),
      ignition: frame.ignition(index),
      lastMovedAt: frame.moved(index) ? recordedAt : known.lastMovedAt,
      faults: known.faults,
    });
  }
  return next;
}
