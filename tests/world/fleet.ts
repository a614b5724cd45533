import { env } from "cloudflare:test";
import { toUtcMs } from "~/kernel/time";
import type { FleetPicture, FleetPort } from "~/modules/telematics/fleet";
import { PositionFrame } from "~/modules/telematics/position-frame";
import type { Reading } from "~/modules/telematics/readings/reading";
import { FleetFeed } from "../../app/routes/parts/fleet-feed";
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

type Came = { how: "sync" | "moved" | "gone" | "records"; seq: number; assets: string[] };

/** A page that follows the room: what came to it, in which form, and the fleet that it shows. */
export async function openPage(shop: Shop, email: string, as: "staff" | "customer", format: string, picture: FleetPicture | null = null) {
  const { cookie } = await shop.session(email, as);
  const feed = new FleetFeed(new Map(picture?.units.map((unit) => [unit.assetId, unit])), picture?.seq ?? 0);
  const assets = new Map<number, string>();
  const read = (data: string | ArrayBuffer): Came => {
    if (typeof data !== "string") {
      if (!feed.receiveRecords(data)) throw new Error("the page has no use for these records");
      const frame = new PositionFrame(data);
      return { how: "records", seq: frame.seq, assets: Array.from({ length: frame.count }, (_, at) => assets.get(frame.number(at)) ?? "unknown") };
    }
    feed.receiveText(data);
    const message = JSON.parse(data) as FleetMessage;
    if (message.type === "gone") return { how: "gone", seq: message.seq, assets: message.assetIds };
    const named = message.type === "sync" ? message.visible : message.units.map(({ assetId }) => assetId);
    for (const [at, number] of (message.numbers ?? []).entries()) assets.set(number, named[at] ?? "");
    return { how: message.type, seq: message.seq, assets: message.units.map(({ assetId }) => assetId) };
  };
  const open = () => openSocket<Came>(`fleet-room/${shop.id}?as=${as}&since=${feed.seq}${format && `&format=${format}`}`, cookie, read);
  let socket = await open();
  return {
    fleet: () => feed.fleet,
    numbers: () => new Map([...assets].map(([number, asset]) => [asset, number])),
    soFar: () => socket.soFar(),
    close: () => socket.socket.close(1000, "away"),
    async reopen() {
      socket.socket.close(1000, "away");
      socket = await open();
      return socket.soFar();
    },
  };
}
