import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { buildApp } from "../../local/build.ts";
import { demo } from "../../local/settings.ts";
import { SOCKETS_OF_A_SESSION } from "../../party/limits.ts";
import type { AppOptions, AppReady } from "./app-server.ts";
import { assetOf, customerToken, type Fleet, type Posted, vehicleOfAsset } from "./fleet.ts";
import { type Poster, posterTo, staffCookie } from "./post.ts";
import { type Server, startServer } from "./processes.ts";
import type { RelayReady } from "./relay-server.ts";
import type { Seat } from "./sockets.ts";
import type { WorkerReady } from "./worker-server.ts";

/** Something that takes positions over HTTP and tells them to sockets. */
export type Target = {
  name: string;
  serving(): number[];
  /** Resolves when it was answered that the readings are in. */
  post(readings: readonly Posted[]): Promise<void>;
  /** The address and credentials of the n-th socket, of which `customers` are a customer's and the rest staff's. */
  seat(at: number, customers: number): Seat;
  stop(): Promise<void>;
};

/** A folder of this run's own, and the app's built code frozen in it. */
export type BenchEnvironment = { folder: string; modulesFile: string; remove(): void };

export function prepareEnvironment(report: (message: string) => void): BenchEnvironment {
  const { modules } = buildApp({ development: true, report });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "baytrack-bench-"));
  const modulesFile = path.join(folder, "modules.json");
  fs.writeFileSync(modulesFile, JSON.stringify(modules));
  const remove = () => fs.rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove); // an interrupted run leaves nothing either
  return { folder, modulesFile, remove };
}

/** A session has only so many sockets, so the largest crowd needs several sessions. */
const MOST_STAFF_SOCKETS = 500;

export type AppTarget = Target & { server: Server<AppReady>; poster: Poster; fleet: Fleet; cookie: string };

/** The product: sessions, ingest key, validation, assessment, a durable row, a frame per scope. */
export async function appTarget(environment: BenchEnvironment, size: { vehicles: number; customers: number }, assets = false): Promise<AppTarget> {
  const options: AppOptions = { dataDir: path.join(environment.folder, "app"), modulesFile: environment.modulesFile, fleet: size, assets };
  const server = await startServer<AppReady>("app-server.ts", options);
  const { url, fleet } = server.ready;
  if (!fleet) throw new Error("the fleet was not written");
  const cookies: string[] = [];
  for (let n = 0; n < Math.ceil(MOST_STAFF_SOCKETS / SOCKETS_OF_A_SESSION); n++) cookies.push(await staffCookie(url, "owner@harbor.test", demo.password));
  const [cookie = ""] = cookies;
  const poster = posterTo(url);
  const room = `${url.replace("http", "ws")}/parties/fleet-room/${fleet.organizationId}`;
  return {
    name: "app",
    server,
    poster,
    fleet,
    cookie,
    serving: server.serving,
    async post(readings) {
      const answer = await poster.send("/api/telematics/readings", {
        headers: { Authorization: `Bearer ${demo.ingestKey}`, "Content-Type": "application/json" },
        body: JSON.stringify({ readings }),
      });
      const { accepted } = answer.status === 200 ? (JSON.parse(answer.body) as { accepted: number }) : { accepted: 0 };
      if (accepted !== readings.length) throw new Error(`${accepted} of ${readings.length} readings were taken: ${answer.status} ${answer.body.slice(0, 300)}`);
    },
    seat: (at, customers) =>
      at < customers
        ? { url: `${room}?as=customer`, headers: { Cookie: `__Host-customer=${customerToken(at % fleet.customers)}` } }
        : { url: `${room}?as=staff`, headers: { Cookie: cookies[Math.floor((at - customers) / SOCKETS_OF_A_SESSION) % cookies.length] ?? "" } },
    async stop() {
      poster.close();
      await server.stop();
    },
  };
}

let sequence = Date.now() * 1_000;
/** The frame the app would send for these readings, made by the client, so that the references carry the same bytes. */
function frameOf(readings: readonly Posted[]): string {
  const units = readings.map((reading) => ({
    assetId: assetOf(Number(reading.deviceId.slice(-5))),
    recordedAt: reading.recordedAt,
    latitude: reading.latitude,
    longitude: reading.longitude,
    speedMps: reading.speedMps,
    headingDegrees: reading.headingDegrees,
    odometerMeters: reading.odometerMeters,
    engineSeconds: reading.engineSeconds,
    ignition: null,
    lastMovedAt: reading.recordedAt,
    faults: [],
  }));
  return JSON.stringify({ type: "moved", seq: ++sequence, units });
}

function reference(name: string, server: Server<WorkerReady>, path: string): Target {
  const poster = posterTo(server.ready.url);
  return {
    name,
    serving: server.serving,
    async post(readings) {
      const { status } = await poster.send("/", { body: frameOf(readings) });
      if (status !== 200) throw new Error(`${name} answered ${status}`);
    },
    seat: () => ({ url: server.ready.url.replace("http", "ws") + path, headers: {} }),
    async stop() {
      poster.close();
      await server.stop();
    },
  };
}

export const bareTarget = async (environment: BenchEnvironment): Promise<Target> =>
  reference(
    "bare",
    await startServer<WorkerReady>("worker-server.ts", { entry: "bench/workers/bare-room.ts", room: "BareRoom", dataDir: environment.folder }),
    "/parties/bare-room/bench",
  );

export const relayTarget = async (): Promise<Target> => reference("ws", await startServer<RelayReady>("relay-server.ts", {}), "/");

/** The positions in a frame, whoever made it: its sequence number, and per unit the vehicle and its time. */
export function readFrame(text: string): { seq: number; positions: { vehicle: number; recordedAt: number }[] } | null {
  const frame = JSON.parse(text) as { type: string; seq: number; units?: { assetId: string; recordedAt: number }[] };
  if (frame.type !== "moved" || !frame.units) return null;
  return { seq: frame.seq, positions: frame.units.map(({ assetId, recordedAt }) => ({ vehicle: vehicleOfAsset(assetId), recordedAt })) };
}
