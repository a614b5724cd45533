import { demo } from "../../local/settings.ts";
import { whenQuiet } from "../parts/drive.ts";
import { driver, type Posted } from "../parts/fleet.ts";
import { figure, formatSpread, type Spread, spreadOf, table } from "../parts/numbers.ts";
import { type Poster, posterTo } from "../parts/post.ts";
import { cpuMs, startServer } from "../parts/processes.ts";
import type { AppTarget, BenchEnvironment } from "../parts/targets.ts";
import type { WorkerReady } from "../parts/worker-server.ts";

type Round = { perSecond: number; cpuUsPerPosition: number };
export type IngestResult = { batch: number; app: Round[]; idle: Round[]; ratio: Spread };

const AT_ONCE = 4;

/** As many requests as come back, a few at once, for a fixed time: first all bodies are made, since making them costs the same cores. */
async function flood(
  poster: Poster,
  path: string,
  headers: Record<string, string>,
  lanes: readonly (readonly string[])[],
  batch: number,
  pids: readonly number[],
  mostMs: number,
): Promise<Round> {
  const cpuBefore = cpuMs(pids);
  const begun = performance.now();
  let taken = 0;
  await Promise.all(
    lanes.map(async (bodies) => {
      for (const body of bodies) {
        if (performance.now() - begun > mostMs) return;
        const answer = await poster.send(path, { headers: { ...headers, "Content-Type": "application/json" }, body });
        const { accepted } = JSON.parse(answer.body) as { accepted: number };
        if (answer.status !== 200 || accepted !== batch)
          throw new Error(`${accepted} of ${batch} readings were taken: ${answer.status} ${answer.body.slice(0, 200)}`);
        taken += accepted;
      }
    }),
  );
  const seconds = (performance.now() - begun) / 1_000;
  return { perSecond: taken / seconds, cpuUsPerPosition: ((cpuMs(pids) - cpuBefore) * 1_000) / taken };
}

/** Each connection has vehicles of its own, so that none of their readings overtake each other: late points cost more, and are not what is asked here. */
function lanesOf(next: (vehicle: number) => Posted, vehicles: number, batch: number, bodies: number): string[][] {
  const each = Math.floor(vehicles / AT_ONCE);
  return Array.from({ length: AT_ONCE }, (_, lane) => {
    let at = 0;
    return Array.from({ length: Math.ceil(bodies / AT_ONCE) }, () =>
      JSON.stringify({ readings: Array.from({ length: batch }, () => next(lane * each + (at++ % each))) }),
    );
  });
}

/** Nobody watches: what a position costs on its way in, kept, against the same way into an object that keeps nothing. */
export async function ingest(
  app: AppTarget,
  environment: BenchEnvironment,
  rounds: number,
  quick: boolean,
  report: (message: string) => void,
): Promise<IngestResult[]> {
  const server = await startServer<WorkerReady>("worker-server.ts", { entry: "bench/workers/idle-ingest.ts", room: "IdleIngest", dataDir: environment.folder });
  const poster = posterTo(server.ready.url);
  const next = driver();
  const mostMs = quick ? 700 : 2_000;
  const results: IngestResult[] = [];
  try {
    for (const batch of [50, 500]) {
      const appRounds: Round[] = [];
      const idleRounds: Round[] = [];
      for (let round = 0; round <= rounds; round++) {
        const lanes = lanesOf(next, app.fleet.vehicles, batch, (mostMs * 150) / batch);
        const ofApp = () => flood(app.poster, "/api/telematics/readings", { Authorization: `Bearer ${demo.ingestKey}` }, lanes, batch, app.serving(), mostMs);
        const ofIdle = () => flood(poster, "/", {}, lanes, batch, server.serving(), mostMs);
        await whenQuiet([...app.serving(), ...server.serving()]);
        const early = round % 2 ? await ofApp() : null;
        const idle = await ofIdle();
        const its = early ?? (await ofApp());
        if (round === 0) continue; // warms both
        appRounds.push(its);
        idleRounds.push(idle);
        report(`batches of ${batch}, round ${round}: app ${figure(its.perSecond)} positions/s, nothing stored ${figure(idle.perSecond)}`);
      }
      const ratio = spreadOf(appRounds.map(({ perSecond }, at) => perSecond / (idleRounds[at] as Round).perSecond));
      results.push({ batch, app: appRounds, idle: idleRounds, ratio });
    }
  } finally {
    poster.close();
    await server.stop();
  }
  return results;
}

export const ingestTable = (results: readonly IngestResult[]): string =>
  table(
    ["batch", "app positions/s", "app CPU µs/position", "nothing stored positions/s", "its CPU µs/position", "ratio"],
    results.map(({ batch, app, idle, ratio }) => {
      const of = (rounds: readonly Round[], pick: (it: Round) => number) => formatSpread(spreadOf(rounds.map(pick)));
      return [
        String(batch),
        of(app, (it) => it.perSecond),
        of(app, (it) => it.cpuUsPerPosition),
        of(idle, (it) => it.perSecond),
        of(idle, (it) => it.cpuUsPerPosition),
        formatSpread(ratio),
      ];
    }),
  );
