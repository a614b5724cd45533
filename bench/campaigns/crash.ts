import path from "node:path";
import { demo } from "../../local/settings.ts";
import type { AppOptions, AppReady } from "../parts/app-server.ts";
import { assetOf, deviceOf, driver, type Fleet, type Posted } from "../parts/fleet.ts";
import { delay, type Spread, seeded, spreadOf } from "../parts/numbers.ts";
import { type Poster, posterTo } from "../parts/post.ts";
import { type Server, startServer } from "../parts/processes.ts";
import type { BenchEnvironment } from "../parts/targets.ts";

export type CrashOptions = { environment: BenchEnvironment; seed: number; size: number; report?(message: string): void };
export type CrashResult = {
  kills: number;
  /** Answered 200 and accepted, each once. */
  acked: number;
  /** Requests that a kill cut off and that were sent again. */
  cutOff: number;
  lost: number;
  doubled: number;
  /** In history and never sent. */
  invented: number;
  /** Assets whose current position is not their newest. */
  stale: number;
  /** Answers that were neither 200 nor a broken connection, in words. */
  refused: string[];
  control: { acked: number; lost: number };
  /** Milliseconds from the kill to a 200 of /healthz. */
  readyAfterWorkerd: Spread;
  readyAfterAll: Spread;
};

const BATCH_SENDERS = 6;
const VEHICLES_EACH = 3;
const SINGLE_SENDERS = 4;
const VEHICLES = BATCH_SENDERS * VEHICLES_EACH + SINGLE_SENDERS;
const READY_WITHIN = 60_000;

const keyOf = ({ deviceId, recordedAt }: Posted): string => `${deviceId} ${recordedAt}`;

/** Posts without pause, kills without warning, starts again on the same files, and then asks the room what it has. */
export async function crash({ environment, seed, size, report = () => {} }: CrashOptions): Promise<CrashResult> {
  const random = seeded(seed);
  const between = (low: number, high: number) => low + Math.floor(random() * (high - low));
  const options = (fleet?: AppOptions["fleet"]): AppOptions => ({
    dataDir: path.join(environment.folder, "crash"),
    modulesFile: environment.modulesFile,
    forgetful: true,
    fleet,
  });
  const start = (fleet?: AppOptions["fleet"]) => startServer<AppReady>("app-server.ts", options(fleet), { quiet: true });

  let server: Server<AppReady> = await start({ vehicles: VEHICLES, customers: 3 });
  const fleet = server.ready.fleet as Fleet;
  let posters = connect(server);
  let up: Promise<void> = Promise.resolve();
  let stopped = false;
  const acked = new Set<string>();
  const sent = new Set<string>();
  const newest = new Map<string, number>();
  const refused: string[] = [];
  const control = { acked: new Set<string>(), lost: 0 };
  let [cutOff, inFlight] = [0, 0];
  const next = driver();

  /** Sends until it is answered, as trackers do. */
  async function insist(request: (poster: Poster) => Promise<{ status: number; body: string }>, readings: readonly Posted[]): Promise<void> {
    for (const reading of readings) sent.add(keyOf(reading));
    for (;;) {
      await up;
      inFlight += 1;
      try {
        const { status, body } = await request(posters.app);
        if (status === 503) throw new Error("answered 503");
        if (status !== 200 || /"rejected":\[\{/.test(body)) refused.push(`${status} ${body.slice(0, 200)}`);
        else
          for (const reading of readings) {
            acked.add(keyOf(reading));
            newest.set(reading.deviceId, Math.max(newest.get(reading.deviceId) ?? 0, reading.recordedAt));
          }
        return;
      } catch {
        cutOff += 1;
        await delay(20);
      } finally {
        inFlight -= 1;
      }
    }
  }

  async function sendBatches(sender: number): Promise<void> {
    while (!stopped) {
      const readings = Array.from({ length: between(5, 40) }, () => next(sender * VEHICLES_EACH + between(0, VEHICLES_EACH)));
      // One batch in three comes out of order, as after a dead spot.
      if (random() < 1 / 3) readings.sort(() => random() - 0.5);
      const body = JSON.stringify({ readings });
      await insist(
        (poster) =>
          poster.send("/api/telematics/readings", { headers: { Authorization: `Bearer ${demo.ingestKey}`, "Content-Type": "application/json" }, body }),
        readings,
      );
      const response = await posters.control.send("/", { body }).catch(() => null);
      if (response?.status === 200) for (const reading of readings) control.acked.add(keyOf(reading));
    }
  }

  async function sendSingles(sender: number): Promise<void> {
    while (!stopped) {
      const reading = next(BATCH_SENDERS * VEHICLES_EACH + sender);
      const query = new URLSearchParams({
        id: reading.deviceId,
        lat: String(reading.latitude),
        lon: String(reading.longitude),
        timestamp: String(reading.recordedAt),
        speed: "12",
      });
      await insist((poster) => poster.send(`/api/telematics/osmand/${demo.ingestKey}?${query}`, { method: "GET" }), [reading]);
      await delay(2);
    }
  }

  const senders = [...Array.from({ length: BATCH_SENDERS }, (_, at) => sendBatches(at)), ...Array.from({ length: SINGLE_SENDERS }, (_, at) => sendSingles(at))];
  const ready: { workerd: number[]; all: number[] } = { workerd: [], all: [] };
  try {
    for (let kill = 1; kill <= size; kill++) {
      const before = acked.size;
      // Each life must have got somewhere, or the next kill would hit nothing.
      await until(() => acked.size > before + 200, READY_WITHIN, "readings are taken");
      await delay(between(20, 400));
      await until(() => inFlight > 1, READY_WITHIN, "requests are on their way");
      const whole = kill % 2 === 0;
      let open: () => void = () => {};
      up = new Promise((resolve) => {
        open = resolve;
      });
      const killedAt = performance.now();
      const old = posters;
      if (whole) {
        await server.killGroup();
        server = await start();
      } else {
        server.killWorkerd();
      }
      posters = connect(server);
      await until(() => isHealthy(posters.app), READY_WITHIN, "the server is back");
      const took = performance.now() - killedAt;
      (whole ? ready.all : ready.workerd).push(took);
      await until(() => answers(posters.control), READY_WITHIN, "the control is back");
      old.app.close();
      old.control.close();
      open();
      report(`kill ${kill} of ${size} (${whole ? "everything" : "workerd alone"}): back after ${took.toFixed(0)} ms, ${acked.size} acknowledged`);
    }
    const before = acked.size;
    await until(() => acked.size > before + 200, READY_WITHIN, "readings are taken");
    stopped = true;
    await Promise.all(senders);

    let [lost, doubled, invented, stale] = [0, 0, 0, 0];
    const current = new Map(await server.ask<[string, number][]>("newest", fleet.organizationId));
    for (let vehicle = 0; vehicle < VEHICLES; vehicle++) {
      const [device, asset] = [deviceOf(vehicle), assetOf(vehicle)];
      const times = await server.ask<number[]>("trail", fleet.organizationId, asset);
      const kept = new Set(times.map((at) => `${device} ${at}`));
      doubled += times.length - kept.size;
      for (const key of kept) if (!sent.has(key)) invented += 1;
      for (const key of acked) if (key.startsWith(`${device} `) && !kept.has(key)) lost += 1;
      if (current.get(asset) !== newest.get(device)) stale += 1;
    }
    const remembered = new Set(JSON.parse((await posters.control.send("/", { method: "GET" })).body) as string[]);
    for (const key of control.acked) if (!remembered.has(key)) control.lost += 1;
    return {
      kills: size,
      acked: acked.size,
      cutOff,
      lost,
      doubled,
      invented,
      stale,
      refused,
      control: { acked: control.acked.size, lost: control.lost },
      readyAfterWorkerd: spreadOf(ready.workerd),
      readyAfterAll: spreadOf(ready.all),
    };
  } finally {
    stopped = true;
    up = Promise.resolve();
    await server.stop();
    posters.app.close();
    posters.control.close();
  }
}

const connect = ({ ready }: Server<AppReady>) => ({ app: posterTo(ready.url), control: posterTo(ready.forgetfulUrl as string) });
const isHealthy = (poster: Poster): Promise<boolean> =>
  poster.send("/healthz", { method: "GET" }).then(
    ({ status }) => status === 200,
    () => false,
  );
const answers = (poster: Poster): Promise<boolean> =>
  poster.send("/", { body: '{"readings":[]}' }).then(
    ({ status }) => status === 200,
    () => false,
  );

async function until(holds: () => boolean | Promise<boolean>, mostMs: number, what: string): Promise<void> {
  const last = performance.now() + mostMs;
  while (!(await holds())) {
    if (performance.now() > last) throw new Error(`waited ${mostMs} ms until ${what}`);
    await delay(5);
  }
}
