import type { LiveUnit } from "./live-unit";

export type LiveFleet = ReadonlyMap<string, LiveUnit>;

export type FleetNews =
  | { type: "sync"; units: readonly LiveUnit[]; visible: readonly string[] }
  | { type: "moved"; units: readonly LiveUnit[] }
  | { type: "gone"; assetIds: readonly string[] };

/** The page's picture after one message of the room. An older position never replaces a newer one. */
export function afterNews(fleet: LiveFleet, news: FleetNews): LiveFleet {
  const next = new Map(fleet);
  if (news.type === "gone") {
    for (const id of news.assetIds) next.delete(id);
    return next;
  }
  if (news.type === "sync") {
    const visible = new Set(news.visible);
    for (const id of fleet.keys()) if (!visible.has(id)) next.delete(id);
  }
  for (const unit of news.units) {
    const known = next.get(unit.assetId);
    if (!known || known.recordedAt <= unit.recordedAt) next.set(unit.assetId, unit);
  }
  return next;
}
