import { toUtcMs, type UtcMs } from "~/kernel/time";

/** A device on an asset, from an instant up to but excluding another; null is open-ended. */
export type Assignment = {
  deviceId: string;
  assetId: string;
  customerId: string;
  from: UtcMs;
  to: UtcMs | null;
  /** Whether the shop shares the asset's telematics with this customer. */
  shared: boolean;
};

export const isInForce = ({ from, to }: Assignment, at: UtcMs): boolean => from <= at && (to === null || at < to);

/** The assignment of a reading at that instant; if two overlap, the later one. */
export function assignmentAt(assignments: readonly Assignment[], deviceId: string, at: UtcMs): Assignment | null {
  return latest(assignments.filter((row) => row.deviceId === deviceId && isInForce(row, at)));
}

export type Roster = {
  assignmentAt(deviceId: string, at: UtcMs): Assignment | null;
  /** Whether the device was ever assigned; others are listed as unknown devices. */
  knows(deviceId: string): boolean;
  currentOf(assetId: string, now: UtcMs): Assignment | null;
  /** Every device ever assigned to the asset. */
  devicesOf(assetId: string): string[];
  /** All devices on the asset at that instant, such as a tracker and a phone. */
  inForceOn(assetId: string, at: UtcMs): Assignment[];
};

export function indexRoster(rows: readonly Assignment[]): Roster {
  const byDevice = groupedBy(rows, "deviceId");
  const byAsset = groupedBy(rows, "assetId");
  const inForceOn = (assetId: string, at: UtcMs) => (byAsset.get(assetId) ?? []).filter((row) => isInForce(row, at));
  return {
    assignmentAt: (deviceId, at) => assignmentAt(byDevice.get(deviceId) ?? [], deviceId, at),
    knows: (deviceId) => byDevice.has(deviceId),
    currentOf: (assetId, now) => latest(inForceOn(assetId, now)),
    devicesOf: (assetId) => [...new Set((byAsset.get(assetId) ?? []).map((row) => row.deviceId))],
    inForceOn,
  };
}

type Seen = { deviceId: string; assetId: string; recordedAt: UtcMs; now: UtcMs };

/**
 * The customer who may see a snapshot, if any: the asset is theirs and shared, and the snapshot is from their ownership,
 * because earlier positions belong to the previous owner. All rows in force must allow it, so any doubt hides it.
 */
export function viewingCustomer(roster: Roster, { deviceId, assetId, recordedAt, now }: Seen): string | null {
  const then = roster.assignmentAt(deviceId, recordedAt);
  if (then === null || then.assetId !== assetId || !then.shared) return null;
  const today = roster.inForceOn(assetId, now);
  return today.length > 0 && today.every((row) => row.customerId === then.customerId && row.shared) ? then.customerId : null;
}

export const isVisibleTo = (roster: Roster, customerId: string, seen: Seen): boolean => viewingCustomer(roster, seen) === customerId;

function groupedBy(rows: readonly Assignment[], field: "deviceId" | "assetId"): Map<string, Assignment[]> {
  const groups = new Map<string, Assignment[]>();
  for (const row of rows) {
    const group = groups.get(row[field]);
    if (group) group.push(row);
    else groups.set(row[field], [row]);
  }
  return groups;
}

function latest(rows: readonly Assignment[]): Assignment | null {
  return rows.reduce<Assignment | null>((best, row) => (best && best.from > row.from ? best : row), null);
}

type Period = { from: UtcMs; to: UtcMs | null };

/** The intersection of two half-open periods, or null. */
export function overlap(a: Period, b: Period): Period | null {
  const from = toUtcMs(Math.max(a.from, b.from));
  const to = a.to === null ? b.to : b.to === null || a.to < b.to ? a.to : b.to;
  return to !== null && to <= from ? null : { from, to };
}
