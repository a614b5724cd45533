import { env } from "cloudflare:test";
import { toUtcMs } from "~/kernel/time";
import type { FleetPort } from "~/modules/telematics/fleet";
import type { Reading } from "~/modules/telematics/readings/reading";
import type { FleetMessage } from "../../party/protocol";
import type { Shop } from "./shop";
import { openSocket } from "./socket";
import { createWorld } from "./world";

/** A position near the demo's roads. */
export const reading = (deviceId: string, at: number, change: Partial<Reading> = {}): Reading => ({
  deviceId,
  recordedAt: toUtcMs(at),
  latitude: 41.6,
  longitude: -87.3,
  speedMps: 20,
  headingDegrees: 90,
  odometerMeters: null,
  engineSeconds: null,
  ignition: null,
  accuracyMeters: null,
  faults: null,
  received: { via: "readings-api" },
  ...change,
});

/** A shop with two customers, a truck and a tracker each, and its live room knowing them. */
export async function liveShop() {
  const world = await createWorld();
  const shop = await world.shop();
  const [north, south] = [await shop.customer(), await shop.customer()];
  const [northTruck, southTruck] = [await shop.asset({ customer: north }), await shop.asset({ customer: south })];
  const [northTracker, southTracker] = [await shop.device({ asset: northTruck }), await shop.device({ asset: southTruck })];
  await shop.applyRoster();
  return { world, shop, north, south, northTruck, southTruck, northTracker, southTracker, now: world.clock.now(), ...roomOf(shop) };
}

export function roomOf(shop: Shop) {
  // A stub breaks with the object that it reached; each question here begins with a new one, as each request does.
  const stub = () => env.FleetRoom.getByName(shop.id);
  const room = () => stub() as unknown as FleetPort; // held to its port in workers/rooms.ts
  const ingest = async (...readings: Reading[]) => (await room().ingest(readings, null))?.map(({ kind }) => kind);
  const trail = (asset: string, from: number, to: number) => room().trail(asset, toUtcMs(from), toUtcMs(to));
  return { stub, room, ingest, trail };
}

export async function watch(shop: Shop, email: string, as: "staff" | "customer", since?: number) {
  const { cookie } = await shop.session(email, as);
  return openSocket<FleetMessage>(`fleet-room/${shop.id}?as=${as}${since === undefined ? "" : `&since=${since}`}`, cookie);
}
