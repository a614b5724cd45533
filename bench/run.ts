import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { crowdTable, measureCrowd } from "./cases/crowd.ts";
import { fanOutCells, measure, staffCrowd, tables } from "./cases/fan-out.ts";
import { formsTable, measureForms } from "./cases/forms.ts";
import { ingest, ingestTable } from "./cases/ingest.ts";
import { measurePages, pagesTable } from "./cases/pages.ts";
import { measureTaps, tapsTable } from "./cases/taps.ts";
import { waitForNobody } from "./parts/drive.ts";
import { type AppTarget, appTarget, bareTarget, type Format, prepareEnvironment, relayTarget, type Target } from "./parts/targets.ts";
import { SLOWER } from "./parts/vitals.ts";

const RESULTS = ".cache/bench";
const names = ["fan-out", "headline", "scopes", "ramp", "ingest", "pages", "crowd", "forms", "taps"] as const;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string" },
    quick: { type: "boolean", default: false },
    text: { type: "boolean", default: false },
    busy: { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
  },
});
if (values.busy) waitForNobody();
const format: Format = values.text ? "json" : "binary";
const quick = values.quick === true;
const rounds = Number(values.rounds ?? (quick ? 2 : 5));
const wanted = positionals.length > 0 ? positionals : names;
const unknown = wanted.filter((name) => !names.some((known) => known === name));
if (unknown.length > 0 || !Number.isInteger(rounds) || rounds < 1) {
  process.stderr.write(`Usage: npm run bench -- [${names.join("|")} …] [--rounds 5] [--quick] [--text] [--busy] [--verbose]\n`);
  process.exit(1);
}

const report = (message: string) => values.verbose && process.stderr.write(`  ${message}\n`);
const print = (text: string) => process.stdout.write(`${text}\n`);
const load = () => fs.readFileSync("/proc/loadavg", "utf8").split(" ").slice(0, 2).join(" ");
const results: Record<string, unknown> = { at: new Date().toISOString(), rounds, quick, format, loadBefore: load() };
const crowd500 = { sockets: 500, customerSockets: 50, customers: 50 };

const environment = prepareEnvironment(report);
const running: Target[] = [];
const started = async <T extends Target>(target: Promise<T>): Promise<T> => {
  const it = await target;
  running.push(it);
  return it;
};
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130)); // what runs is ended on exit
try {
  print(`BayTrack benchmarks: ${wanted.join(", ")}; ${rounds} rounds; load ${load()}`);
  const app: AppTarget = await started(
    appTarget(environment, { vehicles: 1_000, customers: 50 }, { assets: wanted.some((name) => name === "pages" || name === "taps"), format }),
  );
  const needsReferences = wanted.some((name) => !["ingest", "scopes", "pages", "crowd", "forms", "taps"].includes(name));
  const [bare, ws] = needsReferences ? [await started(bareTarget(environment, format)), await started(relayTarget(format))] : [];

  if (bare && ws && wanted.includes("fan-out")) {
    const cells = [];
    for (const sockets of [50, 200, 500]) cells.push(...(await measure([app, bare, ws], staffCrowd(sockets), fanOutCells(sockets, quick), rounds, report)));
    results["fan-out"] = cells;
    print(`\nfan-out: from the post to the frame at every socket, staff screens\n\n${tables(cells)}`);
  }
  if (bare && ws && wanted.includes("headline")) {
    const seconds = quick ? 5 : 20;
    const cell = { label: "1,000 vehicles @ 5 s, 500 screens, batches of 50", traffic: { vehicles: 1_000, batch: 50, posts: seconds * 4, everyMs: 250 } };
    const cells = await measure([app, bare, ws], crowd500, [cell], rounds, report);
    results.headline = cells;
    print(`\nheadline: ${seconds} s a round, 450 staff screens and one of each of 50 customers\n\n${tables(cells)}`);
  }
  if (wanted.includes("scopes")) {
    const cell = (label: string) => [{ label, traffic: { vehicles: 1_000, batch: 50, posts: quick ? 12 : 40, everyMs: 250 } }];
    const all = await measure([app], staffCrowd(500), cell("500 staff screens"), rounds, report);
    const own = await measure([app], { ...crowd500, customerSockets: 500 }, cell("500 screens of 50 customers"), rounds, report);
    results.scopes = [...all, ...own];
    print(`\nscopes: everybody sees everything, against everybody sees their own\n\n${tables([...all, ...own])}`);
  }
  if (bare && ws && wanted.includes("ramp")) {
    const seconds = quick ? 2 : 4;
    const cells = [1_000, 2_000, 4_000].map((rate) => ({
      label: `${rate} positions/s to 500 screens, batches of 100`,
      traffic: { vehicles: 1_000, batch: 100, posts: (rate / 100) * seconds, everyMs: 100_000 / rate },
    }));
    const measured = await measure([app, bare], staffCrowd(500), cells, Math.min(rounds, 3), report);
    results.ramp = measured;
    print(`\nramp: ${seconds} s a step\n\n${tables(measured)}`);
  }
  if (wanted.includes("ingest")) {
    const measured = await ingest(app, environment, rounds, quick, report);
    results.ingest = measured;
    print(`\ningest: nobody watches\n\n${ingestTable(measured)}`);
  }
  if (wanted.includes("pages")) {
    const measured = await measurePages(app, rounds, report);
    results.pages = measured;
    print(`\npages: a phone with a ${SLOWER}x slower processor on a slow line, nothing cached\n\n${pagesTable(measured)}`);
  }
  if (wanted.includes("crowd")) {
    const measured = await measureCrowd(app, rounds, report);
    results.crowd = measured;
    print(`\ncrowd: a page is opened beside so many open sockets of one board room\n\n${crowdTable(measured)}`);
  }
  if (wanted.includes("forms")) {
    const measured = await measureForms(environment, rounds, report);
    results.forms = measured;
    print(`\nforms: the first form of its kind in a fresh process, and later ones\n\n${formsTable(measured)}`);
  }
  if (wanted.includes("taps")) {
    const measured = await measureTaps(app, rounds, report);
    results.taps = measured;
    print(`\ntaps: an inspection on a phone with a ${SLOWER}x slower processor, from the list of vehicles to "Submitted"\n\n${tapsTable(measured)}`);
  }
  results.loadAfter = load();
  fs.mkdirSync(RESULTS, { recursive: true });
  const file = path.join(RESULTS, `${new Date().toISOString().replace(/[:.]/g, "-")}.json`);
  fs.writeFileSync(file, JSON.stringify(results, null, 1));
  print(`\nload ${load()}; all figures in ${file}`);
} finally {
  for (const target of running.reverse()) await target.stop();
  environment.remove();
}
process.exit(0);
