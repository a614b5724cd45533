import { WebSocket } from "ws";
import { demo } from "../../local/settings.ts";
import { whenQuiet } from "../parts/drive.ts";
import { figure, formatSpread, percentile, type Spread, spreadOf, table } from "../parts/numbers.ts";
import { staffCookie } from "../parts/post.ts";
import { type Seat, seat } from "../parts/sockets.ts";
import type { AppTarget } from "../parts/targets.ts";

type Round = { p50: number; p99: number };
export type CrowdResult = { sockets: number; rounds: Round[] };

const STAFF = 500;
const JOINS = 40;
const RECORD = `wo_${"0".repeat(26)}`;

/** How long somebody waits for a board room's first message who opens a page while so many others have theirs open. */
export async function measureCrowd(app: AppTarget, rounds: number, report: (message: string) => void): Promise<CrowdResult[]> {
  const cookie = await staffCookie(app.server.ready.url, "owner@harbor.test", demo.password);
  const board = `${app.server.ready.url.replace("http", "ws")}/parties/board-room/${app.fleet.organizationId}`;
  const toBoard = ({ url, headers }: Seat): Seat => ({
    url: `${url.replace("fleet-room", "board-room")}${url.endsWith("staff") ? `&at=${RECORD}` : ""}`,
    headers,
  });
  const results: CrowdResult[] = [];
  for (const sockets of [0, 1_500]) {
    // Of the crowd, a third are staff who all look at one record; the rest are customers' people.
    const customers = Math.max(0, sockets - STAFF);
    const crowd = await seat(Array.from({ length: sockets }, (_, at) => toBoard(app.seat(at, customers))));
    const measured: Round[] = [];
    for (let round = 0; round <= rounds; round++) {
      await whenQuiet(app.serving());
      const times = new Float64Array(JOINS);
      for (let n = 0; n < JOINS; n++) times[n] = await firstMessage(`${board}?as=staff&at=${RECORD}`, cookie);
      if (round === 0) continue; // warms
      measured.push({ p50: percentile(times, 0.5), p99: percentile(times, 0.99) });
      report(`${sockets} sockets, round ${round}: ${figure(percentile(times, 0.5))} ms`);
    }
    if (crowd.closed() > 0) throw new Error(`${crowd.closed()} of the crowd were shown out`);
    await crowd.close();
    results.push({ sockets, rounds: measured });
  }
  return results;
}

async function firstMessage(url: string, cookie: string): Promise<number> {
  const begun = performance.now();
  const socket = new WebSocket(url, { headers: { Cookie: cookie }, perMessageDeflate: true });
  try {
    await new Promise<void>((resolve, reject) => socket.once("message", () => resolve()).once("error", reject));
    return performance.now() - begun;
  } finally {
    socket.close();
  }
}

export function crowdTable(results: readonly CrowdResult[]): string {
  const spread = (rounds: readonly Round[], pick: (round: Round) => number): Spread => spreadOf(rounds.map(pick));
  return table(
    ["sockets open", "first message p50 ms", "p99 ms"],
    results.map(({ sockets, rounds }) => [String(sockets), formatSpread(spread(rounds, ({ p50 }) => p50)), formatSpread(spread(rounds, ({ p99 }) => p99))]),
  );
}
