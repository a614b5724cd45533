import type { UtcMs } from "~/kernel/time";

/** A fault code of a truck (J1939) or a light vehicle (OBD-II). */
export type FaultCode = { spn: number; fmi: number; occurrenceCount: number | null } | { dtc: string };

/** Identifies a fault, independent of its occurrence count. */
export const faultKey = (fault: FaultCode): string => ("dtc" in fault ? `dtc:${fault.dtc}` : `spn:${fault.spn}/fmi:${fault.fmi}`);

/** Values and units as sent by the device, before conversion; absent if not sent. */
export type Received = {
  /** The provider's name for the format. */
  via: string;
  speed?: readonly [number, "kn" | "m/s" | "km/h" | "mph"];
  odometer?: readonly [number, "m" | "km" | "mi"];
  engine?: readonly [number, "ms" | "s" | "h"];
  hdop?: number;
  /** The device reported no fix. */
  noFix?: true;
  /** The phone reported a simulated position. */
  mock?: true;
  /** No time could be read, so `recordedAt` is the arrival time. */
  untimed?: true;
};

/** Canonical units: meters, seconds, meters per second, decimal degrees, UTC milliseconds. Null is "not reported". */
export type Reading = {
  deviceId: string;
  recordedAt: UtcMs;
  latitude: number;
  longitude: number;
  speedMps: number | null;
  /** 0 <= degrees < 360, clockwise from north. */
  headingDegrees: number | null;
  odometerMeters: number | null;
  engineSeconds: number | null;
  ignition: boolean | null;
  accuracyMeters: number | null;
  /** An empty list means the device reported no faults. */
  faults: readonly FaultCode[] | null;
  received: Received;
};
