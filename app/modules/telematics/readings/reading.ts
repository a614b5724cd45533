import type { UtcMs } from "~/kernel/time";

/** A fault as a truck's network (J1939) or a light vehicle's (OBD-II) names it. */
export type FaultCode = { spn: number; fmi: number; occurrenceCount: number | null } | { dtc: string };

/** What makes two reports the same fault; how often it came back does not. */
export const faultKey = (fault: FaultCode): string => ("dtc" in fault ? `dtc:${fault.dtc}` : `spn:${fault.spn}/fmi:${fault.fmi}`);

/** The forms that a reading may arrive in. The packed codec stores the index: append, never reorder. */
export const arrivals = ["osmand-query", "osmand-json", "readings-api"] as const;
export type Arrival = (typeof arrivals)[number];

/** Values and units as the device sent them, before they became canon; absent where it sent none. */
export type Received = {
  via: Arrival;
  speed?: readonly [number, "kn" | "m/s"];
  odometer?: readonly [number, "m"];
  engine?: readonly [number, "ms" | "s"];
  hdop?: number;
  /** The device said itself that it had no fix. */
  noFix?: true;
  /** The phone said that its position was simulated. */
  mock?: true;
  /** No time could be read, so `recordedAt` is when we got it. */
  untimed?: true;
};

/** The canon: metres, seconds, metres per second, decimal degrees, UTC milliseconds. Null is "not reported". */
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
  /** An empty list says that the device reported that there are none. */
  faults: readonly FaultCode[] | null;
  received: Received;
};
