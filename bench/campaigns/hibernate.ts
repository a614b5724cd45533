import { demo } from "../../local/settings.ts";
import { drive, type Measured, openStage, type Traffic, warmUp } from "../parts/drive.ts";
import { assetOf } from "../parts/fleet.ts";
import { delay } from "../parts/numbers.ts";
import { posterTo } from "../parts/post.ts";
import { startServer } from "../parts/processes.ts";
import { seat } from "../parts/sockets.ts";
import { type AppTarget, appTarget, type BenchEnvironment } from "../parts/targets.ts";
import type { WorkerReady } from "../parts/worker-server.ts";

export type HibernateOptions = { environment: BenchEnvironment; sockets: number; naps: readonly ("evicted" | "idle")[]; report?(message: string): void };
export type Nap = {
  how: "evicted" | "idle";
  /** Whether the object that woke is a new one: its memory is gone. */
  fresh: boolean;
  /** Units that nobody drove are as before, and those that drove have moved. */
  sameState: boolean;
  /** Sockets that the nap closed. */
  closed: number;
  before: Measured;
  after: Measured;
};
export type HibernateResult = { sockets: number; naps: Nap[]; control: { sockets: number; receivedBefore: number; receivedAfter: number } };

/** Longer than the ten seconds after which an object without work is put to sleep. */
const IDLE_MS = 12_500;
const TRAFFIC: Traffic = { vehicles: 200, batch: 20, posts: 5, everyMs: 300 };

/** Sleeps with sockets open, and looks whether those who sat there notice. */
export async function hibernate({ environment, sockets, naps, report = () => {} }: HibernateOptions): Promise<HibernateResult> {
  const app = await appTarget(environment, { vehicles: 200, customers: 10 });
  try {
    const stage = await openStage(app, { sockets, customerSockets: Math.floor(sockets / 2), customers: 10 });
    await warmUp(stage, TRAFFIC);
    const results: Nap[] = [];
    for (const how of naps) {
      const before = await drive(stage, TRAFFIC);
      const known = await pictureOf(app);
      const calls = await unauthenticatedCall(app, how);
      if (how === "evicted") await app.server.ask("hibernate", app.fleet.organizationId);
      else await delay(IDLE_MS);
      const from = stage.at;
      const after = await drive(stage, TRAFFIC);
      const woken = await unauthenticatedCall(app, how);
      const now = await pictureOf(app);
      const driven = new Set(Array.from({ length: stage.at - from }, (_, at) => assetOf((from + at) % TRAFFIC.vehicles)));
      const sameState = now.size === known.size && [...known].every(([asset, unit]) => (now.get(asset) === unit) !== driven.has(asset));
      // A stranger's device is noted once a minute, by memory: noted again at once means that the memory is new.
      results.push({ how, fresh: woken > calls, sameState, closed: stage.audience.closed(), before, after });
      report(`${how}: ${after.frames} frames after it, first p99 ${after.p99.toFixed(1)} ms`);
    }
    await stage.audience.close();
    return { sockets, naps: results, control: await listedInMemory(environment, Math.min(sockets, 100)) };
  } finally {
    await app.stop();
  }
}

/** The first frame of a new viewer: all that the room knows, here by asset, as text. */
async function pictureOf(app: AppTarget): Promise<Map<string, string>> {
  const lateViewer = await seat([app.seat(0, 0)]);
  await until(() => lateViewer.frames() > 0);
  const frame = JSON.parse(lateViewer.received().frames[0]?.data.toString() ?? "{}") as { type?: string; units?: { assetId: string }[] };
  await lateViewer.close();
  if (frame.type !== "sync" || !frame.units) throw new Error("the room sent a new viewer nothing");
  return new Map(frame.units.map((unit) => [unit.assetId, JSON.stringify(unit)]));
}

/** How often the room has noted this unknown device, after one more call of it. Asked at the devices page: a stub held in Node would keep the room awake. */
async function unauthenticatedCall(app: AppTarget, name: string): Promise<number> {
  const code = `STRANGER-${name}`;
  await app.poster.send(`/api/telematics/osmand/${demo.ingestKey}?id=${code}&lat=41.5&lon=-87.2&timestamp=${Date.now()}`, { method: "GET" });
  const { body } = await app.poster.send("/settings/devices.data", { method: "GET", headers: { Cookie: app.cookie } });
  // The page's data is one flat list, in which objects name their keys and values by place.
  const flat = JSON.parse(body.split("\n")[0] ?? "[]") as unknown[];
  const place = flat.indexOf(code);
  const row = flat.find((value): value is Record<string, number> => typeof value === "object" && value !== null && Object.values(value).includes(place));
  const requests = Object.entries(row ?? {}).find(([key]) => flat[Number(key.slice(1))] === "requests")?.[1];
  const count = requests === undefined ? null : flat[requests];
  if (typeof count !== "number") throw new Error("the devices page does not tell of the stranger");
  return count;
}

async function until(holds: () => boolean, mostMs = 30_000): Promise<void> {
  for (const last = performance.now() + mostMs; !holds() && performance.now() < last; ) await delay(20);
}

async function listedInMemory(environment: BenchEnvironment, sockets: number): Promise<HibernateResult["control"]> {
  const server = await startServer<WorkerReady>("worker-server.ts", { entry: "bench/workers/listed-room.ts", room: "ListedRoom", dataDir: environment.folder });
  const poster = posterTo(server.ready.url);
  try {
    const url = server.ready.url.replace("http", "ws");
    const audience = await seat(Array.from({ length: sockets }, () => ({ url, headers: {} })));
    const sendToAll = () => poster.send("/", { body: '{"type":"moved","seq":1,"units":[]}' });
    await sendToAll();
    await until(() => audience.frames() === sockets);
    const receivedBefore = audience.frames();
    await server.ask("hibernate");
    audience.clear();
    await sendToAll();
    await delay(500);
    const receivedAfter = audience.frames();
    await audience.close();
    return { sockets, receivedBefore, receivedAfter };
  } finally {
    poster.close();
    await server.stop();
  }
}
