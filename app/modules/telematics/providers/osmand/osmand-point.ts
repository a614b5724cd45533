import type { UtcMs } from "~/kernel/time";
import { knotsToMps } from "~/kernel/units";
import { deviceTime } from "../../readings/device-time";
import { dtcsIn, flagIn, headingIn, numberIn, totalIn, unsignedIn } from "../../readings/field";
import type { Reading, Received } from "../../readings/reading";

export type OsmAndFormat = "osmand-query" | "osmand-json";

/** An unvalidated point with OsmAnd's field names. */
export type OsmAndPoint = Readonly<
  Record<
    "latitude" | "longitude" | "timestamp" | "speed" | "heading" | "accuracy" | "hdop" | "odometer" | "hours" | "ignition" | "dtcs" | "valid" | "mock",
    unknown
  >
>;

/** Range error of a consumer receiver, in meters per unit of hdop; a rule of thumb. */
const METERS_PER_HDOP = 5;

/** Speed is in knots in the query and form, in meters per second in JSON; `hours` is in milliseconds in both. */
function asReceived(point: OsmAndPoint, via: OsmAndFormat): Received {
  const received: Received = { via };
  const [speed, odometer, hours, hdop] = [point.speed, point.odometer, point.hours, point.hdop].map(numberIn);
  if (speed != null) received.speed = [speed, via === "osmand-json" ? "m/s" : "kn"];
  if (odometer != null) received.odometer = [odometer, "m"];
  if (hours != null) received.engine = [hours, "ms"];
  if (hdop != null) received.hdop = hdop;
  if (flagIn(point.valid) === false) received.noFix = true;
  if (flagIn(point.mock) === true) received.mock = true;
  return received;
}

/** Null if no position can be read. An impossible position is read here and assessed later. */
export function toReading(deviceId: string, point: OsmAndPoint, via: OsmAndFormat, receivedAt: UtcMs): Reading | null {
  const latitude = numberIn(point.latitude);
  const longitude = numberIn(point.longitude);
  if (latitude === null || longitude === null) return null;
  const speed = unsignedIn(point.speed);
  const engineMs = totalIn(point.hours);
  const hdop = totalIn(point.hdop);
  const recordedAt = deviceTime(point.timestamp);
  const received = asReceived(point, via);
  return {
    deviceId,
    recordedAt: recordedAt ?? receivedAt,
    latitude,
    longitude,
    speedMps: speed !== null && via === "osmand-query" ? knotsToMps(speed) : speed,
    headingDegrees: headingIn(point.heading),
    odometerMeters: totalIn(point.odometer),
    engineSeconds: engineMs === null ? null : engineMs / 1_000,
    ignition: flagIn(point.ignition),
    accuracyMeters: unsignedIn(point.accuracy) ?? (hdop === null ? null : unsignedIn(hdop * METERS_PER_HDOP)),
    faults: dtcsIn(point.dtcs),
    received: recordedAt === null ? { ...received, untimed: true } : received,
  };
}
