import type { UtcMs } from "~/kernel/time";
import type { FaultChange, Outcome, Snapshot } from "./fleet-state";
import type { LiveUnit } from "./live-unit";
import type { Reading } from "./readings/reading";
import type { Assignment } from "./roster";

/** The viewer a fleet is read for. */
export type FleetViewer = { audience: "staff" } | { audience: "customer"; customerId: string };

export type FleetPicture = { seq: number; units: LiveUnit[] };
export type TrailPoint = { at: UtcMs; latitude: number; longitude: number; speedMps: number | null };
export type RosterOf = { version: number; assignments: readonly Assignment[]; devicesWithOwnKey: readonly string[] };

export type UnknownDevice = { code: string; firstAt: UtcMs; lastAt: UtcMs; requests: number };
export type DeviceTally = { code: string; duplicates: number; late: number; rejected: number; lastRejection: string | null };
export type DevicePicture = { lastReadings: Record<string, UtcMs>; unknown: UnknownDevice[]; tallies: DeviceTally[] };

/** The interface of an organization's fleet room to the rest of the code. */
export type FleetPort = {
  /**
   * Stores readings before it returns one outcome each, in the given order.
   * Null if the room doesn't have its roster yet: apply one and call again.
   * `through` is the device whose own key was used, or null for the common key.
   */
  ingest(readings: readonly Reading[], through: string | null): Promise<Outcome[] | null>;
  /** Replaces the roster, unless the room already has a later one. */
  applyRoster(roster: RosterOf): Promise<void>;
  picture(viewer: FleetViewer): Promise<FleetPicture>;
  /** Positions of one asset in time order, half-open. */
  trail(assetId: string, from: UtcMs, to: UtcMs): Promise<TrailPoint[]>;
  devices(): Promise<DevicePicture>;
  /** Closes the open sockets with this tag, such as `session:<id>`. */
  closeTagged(tag: string): Promise<number>;
};

/** Where the room's alarm saves data to the database. Each call may be repeated. */
export type FleetSink = {
  keepLastSeen(snapshots: readonly Snapshot[]): Promise<void>;
  keepFaults(changes: readonly FaultChange[]): Promise<void>;
};
