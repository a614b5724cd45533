import { knotsToMps } from "../../app/kernel/units.ts";
import type { DriveReading } from "./drive.ts";

/** The request that a Traccar client would send: seconds, knots, metres, and engine hours in milliseconds. */
export function osmandUrl(baseUrl: string, ingestKey: string, device: string, reading: DriveReading, at: number): string {
  const query = new URLSearchParams({
    id: device,
    lat: reading.latitude.toFixed(6),
    lon: reading.longitude.toFixed(6),
    timestamp: String(Math.floor(at / 1_000)),
    speed: (reading.speedMps / knotsToMps(1)).toFixed(2),
    bearing: reading.headingDegrees.toFixed(1),
    accuracy: "5",
    odometer: reading.odometerMeters.toFixed(0),
    hours: (reading.engineSeconds * 1_000).toFixed(0),
    ignition: String(reading.ignition),
    motion: String(reading.speedMps > 0),
  });
  if (reading.faultCodes.length > 0) query.set("dtcs", reading.faultCodes.join(" "));
  return `${baseUrl.replace(/\/$/, "")}/api/telematics/osmand/${encodeURIComponent(ingestKey)}?${query}`;
}
