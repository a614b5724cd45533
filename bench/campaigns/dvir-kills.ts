import path from "node:path";
import { newId } from "../../app/kernel/ids.ts";
import { sendRound } from "../../app/routes/driver/app/phone/send-round.ts";
import { type Put, phoneOf } from "../../tests/world/filings/phone.ts";
import { makeReport, type SignedFiling, sha256, withNewIds } from "../../tests/world/filings/reports.ts";
import { diceOf } from "../../tests/world/repairs/dice.ts";
import type { AppOptions, AppReady } from "../parts/app-server.ts";
import type { BenchDriver, KeptFilings } from "../parts/drivers.ts";
import { delay } from "../parts/numbers.ts";
import { type Poster, posterTo } from "../parts/post.ts";
import { type Server, startServer } from "../parts/processes.ts";
import type { BenchEnvironment } from "../parts/targets.ts";

export type KillsOptions = { environment: BenchEnvironment; seed: number; kills: number; report?(message: string): void };
export type KillsResult = {
  kills: number;
  filings: number;
  reports: number;
  photos: number;
  /** Requests that a kill cut off. */
  cutOff: number;
  lost: number;
  doubled: number;
  damaged: number;
  refused: string[];
  /** Phones without ids of their own, or that forget what they sent once. */
  naive: { sent: number; lost: number; doubled: number };
};

const [PHONES, NAIVE] = [8, 4];
/** A driver may send so much in an hour; each of these sends far less. */
const FILINGS_EACH = 3;
const READY_WITHIN = 60_000;

/** Files from many phones without pause, kills the server without warning, starts it again on the same files, and asks what it has. */
export async function dvirKills({ environment, seed, kills, report = () => {} }: KillsOptions): Promise<KillsResult> {
  const dice = diceOf(seed);
  const dataDir = path.join(environment.folder, "dvir");
  const start = (demo: boolean) => {
    const options: AppOptions = { dataDir, modulesFile: environment.modulesFile, demo };
    return startServer<AppReady>("app-server.ts", options, { quiet: true });
  };
  let server: Server<AppReady> = await start(true);
  let poster: Poster = posterTo(server.ready.url);
  const drivers = await server.ask<BenchDriver[]>("addDrivers", (kills + 2) * (PHONES + NAIVE) * 4);
  const free = [...drivers];
  let up: Promise<void> = Promise.resolve();
  let stopped = false;
  let [answered, inFlight, cutOff, mark] = [0, 0, 0, 0];
  const refused: string[] = [];
  const signed: SignedFiling[] = [];
  const naive: string[] = [];

  const put: Put = async (to, body, headers) => {
    await up;
    inFlight += 1;
    try {
      const content = typeof body === "string" ? body : new Uint8Array(body);
      const { status, headers: its, body: text } = await poster.send(`/api/driver/${to}`, { method: "PUT", headers, body: content });
      if (status === 503) throw new Error("answered 503");
      answered += 1;
      return { status, headers: { get: (name) => its[name.toLowerCase()]?.toString() ?? null }, text };
    } catch (cause) {
      cutOff += 1;
      throw cause;
    } finally {
      inFlight -= 1;
    }
  };
  const fresh = () => makeReport({ dice, mark: mark++, signedAt: Date.now(), assets: [], known: [] });

  async function file(): Promise<void> {
    while (!stopped) {
      const driver = free.pop();
      if (!driver) throw new Error("there are too few drivers for so many kills");
      const phone = phoneOf(new Map([[driver.id, driver.token]]), Date.now, put);
      for (let one = 0; one < FILINGS_EACH; one++) {
        const filing = fresh();
        signed.push(filing);
        phone.sign(driver.id, filing);
      }
      while (!phone.isEmpty()) {
        const { waits } = await sendRound(phone.sending, phone.waiting());
        const asked = phone.askAgain();
        refused.push(...asked, ...waits.map((ms) => `to wait ${ms} ms`));
        if (refused.length > 100) return;
        await delay(5);
      }
    }
  }

  async function fileNaively(isForgetful: boolean): Promise<void> {
    while (!stopped) {
      const driver = free.pop();
      if (!driver) throw new Error("there are too few drivers for so many kills");
      for (let one = 0; one < FILINGS_EACH * 5; one++) {
        const { report: its } = fresh();
        naive.push(its.units[0]?.unitNumber ?? "");
        for (let isKept = false; !isKept; ) {
          const headers = { Authorization: `Bearer ${driver.token}`, "Content-Type": "application/json" };
          const answer = await put(`inspections/${newId("submission")}`, JSON.stringify(withNewIds(its)), headers).catch(() => null);
          isKept = isForgetful || answer?.status === 200;
        }
      }
    }
  }

  const senders = [...Array.from({ length: PHONES }, () => file()), ...Array.from({ length: NAIVE }, (_, at) => fileNaively(at % 2 === 1))];
  try {
    for (let kill = 1; kill <= kills; kill++) {
      const before = answered;
      // Each life must have got somewhere, or the next kill would hit nothing.
      await until(() => answered > before + 40, "reports are taken");
      await delay(20 + dice.below(300));
      await until(() => inFlight > 1, "requests are on their way");
      let open: () => void = () => {};
      up = new Promise((resolve) => {
        open = resolve;
      });
      const old = poster;
      if (kill % 2 === 0) {
        await server.killGroup();
        server = await start(false);
      } else {
        server.killWorkerd();
      }
      poster = posterTo(server.ready.url);
      await until(() => isHealthy(poster), "the server is back");
      old.close();
      open();
      report(`kill ${kill} of ${kills}: ${signed.length} filings signed, ${cutOff} requests cut off`);
    }
    const before = answered;
    await until(() => answered > before + 40, "reports are taken");
    stopped = true;
    await Promise.all(senders);
    const kept = await server.ask<KeptFilings>("filings");
    return compare(kept);
  } finally {
    stopped = true;
    up = Promise.resolve();
    await server.stop();
    poster.close();
  }

  function compare({ reports, defects, photos }: KeptFilings): KillsResult {
    const [units, own] = [signed.flatMap((filing) => filing.report.units), new Set(naive)];
    const wanted = {
      reports: units.map(({ unitNumber }) => unitNumber),
      defects: units.flatMap((unit) => unit.defects.map(({ note }) => note)),
      photos: signed.flatMap((filing) => [...filing.photos].map(([id, content]) => ({ id, sha256: sha256(content) }))),
    };
    const counts = [
      differences(
        wanted.reports,
        reports.map(({ unit }) => unit).filter((unit) => units.some(({ unitNumber }) => unitNumber === unit)),
      ),
      differences(
        wanted.defects,
        defects.filter((note) => wanted.defects.includes(note)),
      ),
      differences(
        wanted.photos.map(({ id }) => id),
        photos.map(({ id }) => id),
      ),
    ];
    const hashes = new Map(photos.map((photo) => [photo.id, photo.sha256]));
    return {
      kills,
      filings: signed.length,
      reports: wanted.reports.length,
      photos: wanted.photos.length,
      cutOff,
      lost: counts.reduce((sum, { lost }) => sum + lost, 0),
      doubled: counts.reduce((sum, { doubled }) => sum + doubled, 0),
      damaged: wanted.photos.filter((photo) => hashes.has(photo.id) && hashes.get(photo.id) !== photo.sha256).length,
      refused,
      naive: {
        sent: naive.length,
        ...differences(
          naive,
          reports.map(({ unit }) => unit).filter((unit) => own.has(unit)),
        ),
      },
    };
  }
}

function differences(wanted: readonly string[], found: readonly string[]): { lost: number; doubled: number } {
  const counts = new Map<string, number>();
  for (const one of found) counts.set(one, (counts.get(one) ?? 0) + 1);
  const more = [...counts].map(([one, times]) => times - (wanted.includes(one) ? 1 : 0));
  return { lost: wanted.filter((one) => !counts.has(one)).length, doubled: more.reduce((sum, times) => sum + times, 0) };
}

const isHealthy = (poster: Poster): Promise<boolean> =>
  poster.send("/healthz", { method: "GET" }).then(
    ({ status }) => status === 200,
    () => false,
  );

async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const last = performance.now() + READY_WITHIN;
  while (!(await holds())) {
    if (performance.now() > last) throw new Error(`waited ${READY_WITHIN} ms until ${what}`);
    await delay(5);
  }
}
