import path from "node:path";
import type { AppOptions, AppReady } from "../parts/app-server.ts";
import { median, seeded } from "../parts/numbers.ts";
import { addressOf } from "../parts/people.ts";
import { type Answer, posterTo } from "../parts/post.ts";
import { startServer } from "../parts/processes.ts";
import type { BenchEnvironment } from "../parts/targets.ts";
import type { WorkerReady } from "../parts/worker-server.ts";

export type EnumerationOptions = { environment: BenchEnvironment; seed: number; size: number; report?(message: string): void };
export type SignInPageResult = {
  page: string;
  /** Milliseconds in the middle. */
  known: number;
  unknown: number;
  /** How often an answer about a known address takes longer than one about an unknown one; 0.5 shows nothing. */
  auc: number;
  /** Differences that need no clock: status, headers, length. */
  differences: string[];
  distinguishable: boolean;
};
export type EnumerationResult = { pages: SignInPageResult[]; control: SignInPageResult[] };

const MOST_APART = 0.05;
const AUC = [0.45, 0.55] as const;

type SignInPage = { name: string; path: string; form(email: string): Record<string, string> };
const pages: readonly SignInPage[] = [
  { name: "link", path: "/portal/sign-in", form: (email) => ({ step: "ask", email }) },
  { name: "password", path: "/login", form: (email) => ({ email, password: "correct horse battery staple" }) },
];

/** Tries each sign-in page with `size` known and as many unknown addresses in random turn, each from a place of its own, and compares how long answers take. */
export async function enumeration({ environment, seed, size, report = () => {} }: EnumerationOptions): Promise<EnumerationResult> {
  const warmUp = Math.min(30, size);
  const options: AppOptions = {
    dataDir: path.join(environment.folder, "enumeration"),
    modulesFile: environment.modulesFile,
    fleet: { vehicles: 1, customers: 1 },
    people: size + warmUp,
  };
  const app = await startServer<AppReady>("app-server.ts", options, { quiet: true });
  const naive = await startServer<WorkerReady>("worker-server.ts", {
    entry: "bench/workers/naive-sign-in.ts",
    room: "NaiveSignIn",
    dataDir: environment.folder,
  });
  try {
    const measured = { pages: [] as SignInPageResult[], control: [] as SignInPageResult[] };
    for (const page of pages) {
      measured.pages.push(await measure(app.ready.url, page, { seed, size, warmUp }));
      measured.control.push(await measure(naive.ready.url, page, { seed, size, warmUp }));
      report(`${page.name}: ${JSON.stringify([measured.pages.at(-1), measured.control.at(-1)])}`);
    }
    return measured;
  } finally {
    await Promise.all([app.stop(), naive.stop()]);
  }
}

async function measure(url: string, page: SignInPage, { seed, size, warmUp }: { seed: number; size: number; warmUp: number }): Promise<SignInPageResult> {
  const random = seeded(seed);
  const turns = Array.from({ length: 2 * size }, (_, at) => ({ known: at % 2 === 0, at: warmUp + (at >> 1) }));
  for (let at = turns.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [turns[at], turns[other]] = [turns[other] as (typeof turns)[0], turns[at] as (typeof turns)[0]];
  }
  const first = Array.from({ length: 2 * warmUp }, (_, at) => ({ known: at % 2 === 0, at: at >> 1 }));
  const poster = posterTo(url, 1);
  const times = { known: [] as number[], unknown: [] as number[] };
  const seen = { known: new Set<string>(), unknown: new Set<string>() };
  let place = 0;
  for (const [turn, { known, at }] of [...first, ...turns].entries()) {
    place += 1;
    const begun = performance.now();
    const answer = await poster.send(page.path, {
      headers: {
        Origin: url,
        "Content-Type": "application/x-www-form-urlencoded",
        "CF-Connecting-IP": `10.${(place >> 16) & 255}.${(place >> 8) & 255}.${place & 255}`,
      },
      body: new URLSearchParams(page.form(addressOf(known, at))).toString(),
    });
    const took = performance.now() - begun;
    if (turn < first.length) continue;
    const side = known ? "known" : "unknown";
    times[side].push(took);
    seen[side].add(outlineOf(answer));
  }
  poster.close();
  const [known, unknown] = [median(times.known), median(times.unknown)];
  const auc = shareLonger(times.known, times.unknown);
  const differences = [...new Set([...seen.known, ...seen.unknown])].filter((outline) => !seen.known.has(outline) || !seen.unknown.has(outline));
  const distinguishable = differences.length > 0 || Math.abs(known / unknown - 1) > MOST_APART || auc < AUC[0] || auc > AUC[1];
  return { page: page.name, known, unknown, auc, differences, distinguishable };
}

/** All of an answer that may not differ; the id of a request and the nonce of a page always do. */
const outlineOf = ({ status, headers, body }: Answer): string =>
  JSON.stringify([status, body.length, Object.entries(headers).filter(([name]) => !/^(date|content-security-policy)$/.test(name))]).replace(
    /lnk_\w{26}/g,
    "<id>",
  );

/** The chance that one of the first took longer than one of the second (Mann-Whitney). */
function shareLonger(first: readonly number[], second: readonly number[]): number {
  let wins = 0;
  for (const one of first) for (const other of second) wins += one > other ? 1 : one === other ? 0.5 : 0;
  return wins / (first.length * second.length);
}
