import type { UtcMs } from "~/kernel/time";
import type { FaultChange, Outcome, Snapshot } from "./fleet-state";
import type { LiveUnit } from "./live-unit";
import type { Reading } from "./readings/reading";
import type { Assignment } from "./roster";

/** Whose eyes a fleet is read for. */
export type FleetViewer = { audience: "staff" } | { audience: "customer"; customerId: string };

export type FleetPicture = { seq: number; units: LiveUnit[] };
export type TrailPoint = { at: UtcMs; latitude: number; longitude: number; speedMps: number | null };
export type RosterOf = { version: number; assignments: readonly Assignment[]; devicesWithOwnKey: readonly string[] };

export type UnknownDevice = { code: string; firstAt: UtcMs; lastAt: UtcMs; requests: number };
export type DeviceTally = { code: string; duplicates: number; late: number; rejected: number; lastRejection: string | null };
export type DevicePicture = { lastReadings: Record<string, UtcMs>; unknown: UnknownDevice[]; tallies: DeviceTally[] };

/** What the rest of the house asks of an organization's live room. */
export type FleetPort = {
  /**
   * Keeps readings before it answers, one outcome each in the order given.
   * Null when the room does not know its roster yet: apply one and ask again.
   * `through` is the device whose own key was used, or null for the common key.
   */
  ingest(readings: readonly Reading[], through: string | null): Promise<Outcome[] | null>;
  /** Replaces the roster, unless the room already has a later one. */
  applyRoster(roster: RosterOf): Promise<void>;
  picture(viewer: FleetViewer): Promise<FleetPicture>;
  /** Positions of one asset in time order, half-open. */
  trail(assetId: string, from: UtcMs, to: UtcMs): Promise<TrailPoint[]>;
  devices(): Promise<DevicePicture>;
  /** Closes the open sockets that carry this tag, such as `session:<id>`. */
  closeTagged(tag: string): Promise<number>;
};

/** Where the room's alarm puts what belongs into the database. Each call may come twice. */
export type FleetSink = {
  keepLastSeen(snapshots: readonly Snapshot[]): Promise<void>;
  keepFaults(changes: readonly FaultChange[]): Promise<void>;
};
