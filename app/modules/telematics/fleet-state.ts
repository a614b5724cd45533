import type { UtcMs } from "~/kernel/time";
import { lastMovedAt } from "./motion";
import { afterVerdict, assessReading, type Current, type RejectionReason } from "./readings/assess-reading";
import { type FaultCode, faultKey, type Reading } from "./readings/reading";
import type { Roster } from "./roster";

export type OpenFault = { fault: FaultCode; since: UtcMs };

/** Current state of an asset: newest position, and the newest value of everything ever reported. */
export type Snapshot = {
  assetId: string;
  deviceId: string;
  /** The batch that last changed this; viewers that have seen it need no update. */
  seq: number;
  recordedAt: UtcMs;
  latitude: number;
  longitude: number;
  speedMps: number | null;
  headingDegrees: number | null;
  odometerMeters: number | null;
  /** When the odometer was last reported; may be long before the position. */
  odometerAt: UtcMs | null;
  engineSeconds: number | null;
  engineAt: UtcMs | null;
  ignition: boolean | null;
  lastMovedAt: UtcMs | null;
  faults: readonly OpenFault[];
};

/** The outcome of a reading. All but `unknown-device` and `own-key` mean that the sender should not resend it. */
export type Outcome =
  | { kind: "current" }
  | { kind: "late" }
  | { kind: "unassigned" }
  | { kind: "duplicate" }
  | { kind: "set-aside"; why: RejectionReason; message: string }
  | { kind: "unknown-device" }
  | { kind: "own-key" };

export type FaultChange = { assetId: string; fault: FaultCode; openedAt: UtcMs; closedAt: UtcMs | null };

export type FleetState = {
  /** By asset. */
  snapshots: Map<string, Snapshot>;
  /** By device: the reference for the next reading. */
  points: Map<string, Current>;
};

export const emptyFleet = (): FleetState => ({ snapshots: new Map(), points: new Map() });

/** `before` is the state of the asset that `changed` replaces, if there was one. */
type Taken = { outcome: Outcome; before: Snapshot | null; changed: Snapshot | null; faults: readonly FaultChange[] };
type Arrival = { roster: Roster; now: UtcMs; seq: number };

/** Assesses a reading and, if it is the device's newest, updates the asset that had the device at that time. */
export function take(state: FleetState, reading: Reading, { roster, now, seq }: Arrival): Taken {
  if (!roster.knows(reading.deviceId)) return { outcome: { kind: "unknown-device" }, before: null, changed: null, faults: [] };
  const before = state.points.get(reading.deviceId) ?? null;
  const verdict = assessReading(reading, before, now);
  const after = afterVerdict(verdict, reading, before);
  if (after && after !== before) state.points.set(reading.deviceId, after);
  if (verdict.kind !== "current") return { outcome: verdict, before: null, changed: null, faults: [] };
  const { assigned, ...moved } = moveAsset(state, reading, roster, seq);
  return { outcome: { kind: assigned ? "current" : "unassigned" }, ...moved };
}

/** Replays an accepted reading from history after a restart, without assessing it again. */
export function replay(state: FleetState, reading: Reading, roster: Roster, seq: number): void {
  const before = state.points.get(reading.deviceId);
  if (before && reading.recordedAt <= before.recordedAt) return;
  const { recordedAt, latitude, longitude, accuracyMeters } = reading;
  state.points.set(reading.deviceId, { recordedAt, latitude, longitude, accuracyMeters, suspect: null });
  moveAsset(state, reading, roster, seq);
}

function moveAsset(state: FleetState, reading: Reading, roster: Roster, seq: number) {
  const assignment = roster.assignmentAt(reading.deviceId, reading.recordedAt);
  if (!assignment) return { assigned: false, before: null, changed: null, faults: [] };
  const before = state.snapshots.get(assignment.assetId) ?? null;
  // A phone and a tracker may be on one asset; the older reading of the two doesn't overwrite the newer.
  if (before && before.recordedAt > reading.recordedAt) return { assigned: true, before, changed: null, faults: [] };
  const faults = faultsAfter(before?.faults ?? [], reading);
  const changed: Snapshot = {
    assetId: assignment.assetId,
    deviceId: reading.deviceId,
    seq,
    recordedAt: reading.recordedAt,
    latitude: reading.latitude,
    longitude: reading.longitude,
    speedMps: reading.speedMps,
    headingDegrees: reading.headingDegrees ?? before?.headingDegrees ?? null,
    odometerMeters: reading.odometerMeters ?? before?.odometerMeters ?? null,
    odometerAt: reading.odometerMeters === null ? (before?.odometerAt ?? null) : reading.recordedAt,
    engineSeconds: reading.engineSeconds ?? before?.engineSeconds ?? null,
    engineAt: reading.engineSeconds === null ? (before?.engineAt ?? null) : reading.recordedAt,
    ignition: reading.ignition,
    lastMovedAt: lastMovedAt(reading, before),
    faults: faults.open,
  };
  state.snapshots.set(assignment.assetId, changed);
  return { assigned: true, before, changed, faults: faults.changes.map((change) => ({ assetId: assignment.assetId, ...change })) };
}

function faultsAfter(before: readonly OpenFault[], reading: Reading): { open: readonly OpenFault[]; changes: Omit<FaultChange, "assetId">[] } {
  if (reading.faults === null) return { open: before, changes: [] };
  const known = new Map(before.map((open) => [faultKey(open.fault), open]));
  const reported = new Map(reading.faults.map((fault) => [faultKey(fault), fault]));
  const open = [...reported].map(([key, fault]) => ({ fault, since: known.get(key)?.since ?? reading.recordedAt }));
  const opened = open.filter(({ fault }) => !known.has(faultKey(fault)));
  const closed = before.filter(({ fault }) => !reported.has(faultKey(fault)));
  return {
    open,
    changes: [
      ...opened.map(({ fault, since }) => ({ fault, openedAt: since, closedAt: null })),
      ...closed.map(({ fault, since }) => ({ fault, openedAt: since, closedAt: reading.recordedAt })),
    ],
  };
}
