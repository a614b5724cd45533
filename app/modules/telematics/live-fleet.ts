import type { LiveUnit } from "./live-unit";

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
