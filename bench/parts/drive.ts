import { driver, ownerOf, type Posted } from "./fleet.ts";
import { delay, percentile } from "./numbers.ts";
import { cpuMs, neighbours } from "./processes.ts";
import { type Audience, seat } from "./sockets.ts";
import type { Target } from "./targets.ts";

export type Crowd = {
  sockets: number;
  /** How many of them are customers' screens, one customer each in turn; the app alone tells them apart. */
  customerSockets: number;
  customers: number;
};
export type Traffic = { vehicles: number; batch: number; posts: number; everyMs: number };
export type Measured = {
  p50: number;
  p99: number;
  frames: number;
  /** On the wire, with what a WebSocket adds. */
  bytesPerPosition: number;
  cpuUsPerFrame: number;
  /** Of one core, while it lasted. */
  cpuShare: number;
  /** Of a core, what others on this machine used meanwhile. */
  neighbours: number;
  lost: number;
  doubled: number;
  disordered: number;
};

export type Stage = { target: Target; audience: Audience; crowd: Crowd; next: (vehicle: number) => Posted; at: number };

export async function openStage(target: Target, crowd: Crowd): Promise<Stage> {
  const audience = await seat(
    Array.from({ length: crowd.sockets }, (_, at) => target.seat(at, crowd.customerSockets)),
    target.learn,
  );
  return { target, audience, crowd, next: driver(), at: 0 };
}

/** The next vehicles in turn, once each before any comes again. */
function batchOf(stage: Stage, { vehicles, batch }: Traffic): Posted[] {
  return Array.from({ length: batch }, () => stage.next(stage.at++ % vehicles));
}

/**
 * Warms the room and the caches; its frames are not counted. First every vehicle is posted once, because the first
 * position of a unit is sent in full. It does not wait for a quiet machine: what measures speed does.
 */
export async function warmUp(stage: Stage, traffic: Traffic, posts = 4): Promise<void> {
  while (stage.at < traffic.vehicles) await stage.target.post(batchOf(stage, { ...traffic, batch: Math.min(100, traffic.vehicles - stage.at) }));
  for (let at = 0; at < posts; at++) await stage.target.post(batchOf(stage, traffic));
  await settle(stage);
  stage.audience.clear();
}

/** Until no frame came for a while. */
async function settle({ audience }: Stage, quietMs = 250, mostMs = 15_000): Promise<void> {
  const until = performance.now() + mostMs;
  for (let before = -1; before !== audience.frames() && performance.now() < until; ) {
    before = audience.frames();
    await delay(quietMs);
  }
}

const QUIET = 0.25;
let timeoutMs = 3 * 60_000;
/** For a machine that will not get quiet: its figures are what they are. */
export function waitForNobody(): void {
  timeoutMs = 0;
}

/** Until others leave most of the machine alone; at most three minutes in a whole run, and then as it is. */
export async function whenQuiet(pids: readonly number[]): Promise<void> {
  while (timeoutMs > 0) {
    const others = neighbours(() => pids);
    await delay(400);
    if (others() < QUIET) return;
    timeoutMs -= 400;
  }
}

/** Posts at a fixed pace, whether or not the answer before has come, and reads afterwards what every socket got. */
export async function drive(stage: Stage, traffic: Traffic): Promise<Measured> {
  const { target, audience } = stage;
  const pids = target.serving();
  audience.clear();
  const batches: { readings: Posted[]; at: number }[] = [];
  const answers: Promise<void>[] = [];
  const others = neighbours(() => pids);
  const cpuBefore = cpuMs(pids);
  const begun = performance.now();
  for (let post = 0; post < traffic.posts; post++) {
    const due = begun + post * traffic.everyMs;
    const early = due - performance.now();
    if (early > 0) await delay(early);
    const readings = batchOf(stage, traffic);
    batches.push({ readings, at: performance.now() });
    const answer = target.post(readings);
    answer.catch(() => {}); // reported below, by Promise.all
    answers.push(answer);
  }
  await Promise.all(answers);
  await settle(stage, 100);
  const cpu = cpuMs(pids) - cpuBefore;
  const took = performance.now() - begun;
  const bytes = audience.bytes();
  const disturbed = others();
  // What a busy machine has not delivered yet is not lost.
  let assessed = assess(stage, batches);
  for (const last = performance.now() + 30_000; assessed.lost > 0 && performance.now() < last; assessed = assess(stage, batches)) await delay(250);
  const { positions, ...figures } = assessed;
  return {
    ...figures,
    bytesPerPosition: bytes / Math.max(1, positions),
    cpuUsPerFrame: (cpu * 1_000) / Math.max(1, audience.frames()),
    cpuShare: cpu / took,
    neighbours: disturbed,
    frames: audience.frames(),
  };
}

type Assessed = Pick<Measured, "p50" | "p99" | "lost" | "doubled" | "disordered"> & { positions: number };

function assess({ audience, crowd, target }: Stage, batches: readonly { readings: readonly Posted[]; at: number }[]): Assessed {
  const postedAt = new Map<string, number>();
  const expectedOf = new Map<number, number>();
  for (const { readings, at } of batches) {
    for (const { deviceId, recordedAt } of readings) {
      const vehicle = Number(deviceId.slice(-5));
      postedAt.set(`${vehicle} ${recordedAt}`, at);
      const owner = ownerOf(vehicle, crowd.customers);
      expectedOf.set(owner, (expectedOf.get(owner) ?? 0) + 1);
    }
  }
  const received = audience.received();
  const frames = received.frames.map((frame) => target.read(frame));
  const delays: number[] = [];
  let positions = 0;
  let [lost, doubled, disordered] = [0, 0, 0];
  for (const [socket, events] of received.perSocket.entries()) {
    const seen = new Set<string>();
    const lastOf = new Map<number, number>();
    let lastSeq = 0;
    for (const { frame: place, at } of events) {
      const frame = frames[place];
      if (!frame) continue;
      if (frame.seq <= lastSeq && target.name === "app") disordered += 1;
      lastSeq = frame.seq;
      let posted: number | undefined;
      for (const { vehicle, recordedAt } of frame.positions) {
        const key = `${vehicle} ${recordedAt}`;
        posted = postedAt.get(key) ?? posted;
        if (!postedAt.has(key)) continue;
        positions += 1;
        if (seen.has(key)) doubled += 1;
        seen.add(key);
        if (recordedAt < (lastOf.get(vehicle) ?? 0)) disordered += 1;
        lastOf.set(vehicle, recordedAt);
      }
      if (posted !== undefined) delays.push(at - posted);
    }
    const customer = target.name === "app" && socket < crowd.customerSockets ? socket % crowd.customers : null;
    const expected = customer === null ? postedAt.size : (expectedOf.get(customer) ?? 0);
    lost += Math.max(0, expected - seen.size);
    // A frame about someone else's vehicle is worse than a lost one.
    if (seen.size > expected) throw new Error(`socket ${socket} got ${seen.size} positions of ${expected} that it may see`);
  }
  const samples = Float64Array.from(delays);
  return { p50: percentile(samples, 0.5), p99: percentile(samples, 0.99), lost, doubled, disordered, positions };
}
