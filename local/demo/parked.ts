import { demo } from "../settings.ts";
import { type Yard, yards } from "./roads.ts";

/** Units with trackers that no simulator drives: each reports once where it is parked, its meters, and that its engine is off. */
const parked: readonly { key: string; yard: Yard; devices: readonly string[] }[] = [
  { key: demo.ingestKey, yard: yards.harbor, devices: ["SG-201", "SG-202", "SG-203", "SG-204", "SG-205"] },
  { key: demo.ridgeIngestKey, yard: yards.ridge, devices: ["RT-21", "RT-22", "RT-23"] },
];

/** In a row along the yard, about 60 m apart, so that a map shows each. */
const APART_DEGREES = 0.0007;
const KM = 1_000;

export async function parkDemo(baseUrl: string, now: number): Promise<void> {
  for (const { key, yard, devices } of parked) {
    const readings = devices.map((deviceId, at) => ({
      deviceId,
      recordedAt: now,
      latitude: yard.latitude - 0.004,
      longitude: yard.longitude + at * APART_DEGREES,
      speedMps: 0,
      odometerMeters: (1_430_000 + at * 41_300) * KM,
      engineSeconds: (6_400 + at * 811) * 3_600,
    }));
    const answer = await fetch(`${baseUrl}/api/telematics/readings`, {
      method: "POST",
      headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
      body: JSON.stringify({ readings }),
    });
    if (!answer.ok) throw new Error(`The demo's parked units could not report: ${answer.status} ${await answer.text()}`);
  }
}
