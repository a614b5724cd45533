import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { encodePositions, PositionFrame } from "../../app/modules/telematics/position-frame.ts";
import { buildApp } from "../../local/build.ts";
import { demo } from "../../local/settings.ts";
import { SOCKETS_OF_A_SESSION } from "../../party/limits.ts";
import type { AppOptions, AppReady } from "./app-server.ts";
import { assetOf, customerToken, type Fleet, type Posted, vehicleOfAsset } from "./fleet.ts";
import { type Poster, posterTo, staffCookie } from "./post.ts";
import { type Server, startServer } from "./processes.ts";
import type { RelayReady } from "./relay-server.ts";
import type { Frame, Seat } from "./sockets.ts";
import type { WorkerReady } from "./worker-server.ts";

type Positions = { seq: number; positions: { vehicle: number; recordedAt: number }[] };
/** How the clients have positions sent: as pages do, or as programs do that take text. */
export type Format = "binary" | "json";

/** Something that takes positions over HTTP and tells them to sockets. */
export type Target = {
  name: string;
  serving(): number[];
  /** Resolves when it was answered that the readings are in. */
  post(readings: readonly Posted[]): Promise<void>;
  /** The address and credentials of the n-th socket, of which `customers` are a customer's and the rest staff's. */
  seat(at: number, customers: number): Seat;
  /** Gets every text that came to a socket, before it is asked to read a frame. */
  learn(text: string): void;
  /** The positions in a frame: its sequence number, and per unit the vehicle and its time. */
  read(frame: Frame): Positions | null;
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
export async function appTarget(
  environment: BenchEnvironment,
  size: { vehicles: number; customers: number },
  { assets = false, format = "binary" as Format } = {},
): Promise<AppTarget> {
  const options: AppOptions = { dataDir: path.join(environment.folder, "app"), modulesFile: environment.modulesFile, fleet: size, assets };
  const server = await startServer<AppReady>("app-server.ts", options);
  const { url, fleet } = server.ready;
  if (!fleet) throw new Error("the fleet was not written");
  const cookies: string[] = [];
  for (let n = 0; n < Math.ceil(MOST_STAFF_SOCKETS / SOCKETS_OF_A_SESSION); n++) cookies.push(await staffCookie(url, "owner@harbor.test", demo.password));
  const [cookie = ""] = cookies;
  const poster = posterTo(url);
  const numbers = new Map<number, number>();
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
        ? { url: `${room}?as=customer&format=${format}`, headers: { Cookie: `__Host-customer=${customerToken(at % fleet.customers)}` } }
        : {
            url: `${room}?format=${format}&as=staff`,
            headers: { Cookie: cookies[Math.floor((at - customers) / SOCKETS_OF_A_SESSION) % cookies.length] ?? "" },
          },
    learn: (text) => learnNumbers(text, numbers),
    read: (frame) => positionsOf(frame, (number) => numbers.get(number)),
    async stop() {
      poster.close();
      await server.stop();
    },
  };
}

let sequence = Date.now() * 1_000;
/** The frame the app would send for these readings, made by the client, so that the references carry the same bytes. */
function frameOf(readings: readonly Posted[], format: Format): string | Uint8Array {
  const units = readings.map(({ deviceId, ...reading }) => ({ vehicle: Number(deviceId.slice(-5)), ...reading, ignition: null }));
  sequence += 1;
  if (format === "binary") {
    const records = units.map(({ vehicle, ...unit }) => ({ number: vehicle, ...unit, moved: true }));
    return new Uint8Array(encodePositions(sequence, records));
  }
  return JSON.stringify({
    type: "moved",
    seq: sequence,
    units: units.map(({ vehicle, ...unit }) => ({ assetId: assetOf(vehicle), ...unit, lastMovedAt: unit.recordedAt, faults: [] })),
    numbers: units.map(({ vehicle }) => vehicle),
  });
}

function reference(name: string, server: Server<WorkerReady>, path: string, format: Format): Target {
  const poster = posterTo(server.ready.url);
  return {
    name,
    serving: server.serving,
    async post(readings) {
      const { status } = await poster.send("/", { headers: { "X-Format": format }, body: frameOf(readings, format) });
      if (status !== 200) throw new Error(`${name} answered ${status}`);
    },
    learn() {},
    read: (frame) => positionsOf(frame, (vehicle) => vehicle),
    seat: () => ({ url: server.ready.url.replace("http", "ws") + path, headers: {} }),
    async stop() {
      poster.close();
      await server.stop();
    },
  };
}

export const bareTarget = async (environment: BenchEnvironment, format: Format): Promise<Target> =>
  reference(
    "bare",
    await startServer<WorkerReady>("worker-server.ts", { entry: "bench/workers/bare-room.ts", room: "BareRoom", dataDir: environment.folder }),
    "/parties/bare-room/bench",
    format,
  );

export const relayTarget = async (format: Format): Promise<Target> => reference("ws", await startServer<RelayReady>("relay-server.ts", {}), "/", format);

/** Whose the numbers of records are: the app names them in each text that has units. */
function learnNumbers(text: string, numbers: Map<number, number>): void {
  const message = JSON.parse(text) as { visible?: string[]; units?: { assetId: string }[]; numbers?: number[] };
  const assets = message.visible ?? message.units?.map(({ assetId }) => assetId) ?? [];
  for (const [at, number] of (message.numbers ?? []).entries()) numbers.set(number, vehicleOfAsset(assets[at] ?? ""));
}

function positionsOf({ data, isBinary }: Frame, vehicleOf: (number: number) => number | undefined): Positions | null {
  if (isBinary) {
    const frame = new PositionFrame(data);
    const positions = Array.from({ length: frame.count }, (_, at) => ({
      vehicle: vehicleOf(frame.number(at)) ?? Number.NaN,
      recordedAt: frame.recordedAt(at),
    }));
    return { seq: frame.seq, positions };
  }
  const text = JSON.parse(data.toString()) as { type: string; seq: number; units?: { assetId: string; recordedAt: number }[] };
  if (text.type !== "moved" || !text.units) return null;
  return { seq: text.seq, positions: text.units.map(({ assetId, recordedAt }) => ({ vehicle: vehicleOfAsset(assetId), recordedAt })) };
}
