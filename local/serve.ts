import os from "node:os";
import { parkDemo } from "./demo/parked.ts";
import { holdFolder } from "./lock.ts";
import { demo, developmentSecrets } from "./settings.ts";
import { startSimulator } from "./simulator/simulator.ts";

export type Settings = { port: number; dataDir: string; https: boolean; report(message: string): void };

export type RunningServer = {
  url: string;
  /** Where the simulator's trackers report: plain HTTP on this machine. */
  trackerUrl: string;
  seed(): Promise<string>;
  scheduled(): Promise<void>;
  stop(): Promise<void>;
};

const CRON_EVERY = 60_000;

/** What `npm start` and `npm run dev` have in common: one folder, demo data, cron, the simulator, and a clean end. */
export async function serve(start: (settings: Settings) => Promise<RunningServer>): Promise<void> {
  const port = Number(process.env.PORT ?? 8787);
  const dataDir = process.env.DATA_DIR ?? ".data";
  const https = process.argv.includes("--https");
  const startedAt = performance.now();
  const report = (message: string) => process.stdout.write(`  ${message} …\n`);
  let stop = async (): Promise<void> => {};
  let ending = false;
  const end = async () => {
    if (ending) return;
    ending = true;
    process.stdout.write("\nStopping …\n");
    await stop();
    process.exit(0);
  };
  const takeSignals = () => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.removeAllListeners(signal).on(signal, end);
  };
  takeSignals();
  // Without its launcher nobody could stop this one.
  const launcher = process.ppid;
  setInterval(() => process.ppid !== launcher && end(), 2_000).unref();

  process.stdout.write("BayTrack\n");
  try {
    process.once("exit", holdFolder(dataDir, port));
    const running = await start({ port, dataDir, https, report });
    stop = running.stop;
    // The runtime and Vite listen too, and would end the process before the databases are closed.
    takeSignals();
    const seeded = process.env.SEED !== "none" && (await seedDemo(running, report));
    // What an earlier run left unsent or unsealed does not wait for the first minute.
    await running.scheduled();
    const cron = setInterval(() => running.scheduled().catch((cause) => console.error("cron failed:", cause)), CRON_EVERY);
    const simulator =
      seeded && process.env.SIMULATOR !== "off" ? startSimulator({ baseUrl: running.trackerUrl, ingestKey: demo.ingestKey, devices: demo.trackers }) : null;
    stop = async () => {
      clearInterval(cron);
      await simulator?.stop();
      await running.stop();
    };
    const ready = `Ready in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`;
    process.stdout.write(
      `${[ready, ...addresses(running.url, https), ...(seeded ? demoSummary(running.url, simulator !== null) : addressLabels(running.url)), "  Ctrl-C stops it."].join("\n\n")}\n\n`,
    );
  } catch (cause) {
    process.stderr.write(`\n${cause instanceof Error ? cause.message : String(cause)}\n`);
    await stop().catch(() => {});
    process.exit(1);
  }
}

/** Whether the demo's shops are there: seeded now, or by an earlier run. A database that somebody set up is left alone. */
async function seedDemo(running: RunningServer, report: (message: string) => void): Promise<boolean> {
  report("Looking for demo data");
  const found = await running.seed();
  if (found === "seeded") await parkDemo(running.trackerUrl, Date.now());
  return found !== "somebody's own";
}

function addresses(url: string, https: boolean): string[] {
  const portals = [
    `  Shop             ${url}/`,
    `  Customer portal  ${url}/portal`,
    `  Vendor portal    ${url}/vendor-portal`,
    `  Driver portal    ${url}/driver-portal`,
    `  Mail that would have been sent  ${url}/dev/mailbox`,
  ];
  const phones = Object.values(os.networkInterfaces())
    .flatMap((them) => them ?? [])
    .filter(({ family, internal }) => family === "IPv4" && !internal)
    .map(({ address }) => `    https://${address}:${new URL(url).port}/`);
  return [
    portals.join("\n"),
    ...(https ? [["  For phones on this network (the certificate is self-signed, so the browser warns once):", ...phones].join("\n")] : []),
  ];
}

function demoSummary(url: string, drives: boolean): string[] {
  return [
    [`  Demo sign-ins (password: ${demo.password})`, ...demo.people.map(([who, email, where]) => `    ${email.padEnd(22)} ${who.padEnd(26)} ${where}`)].join(
      "\n",
    ),
    [
      `  Tracker address  ${url}/api/telematics/osmand/${demo.ingestKey}?id=NL-101&lat=41.65&lon=-87.48`,
      drives ? `  ${demo.trackers.length} trucks drive the demo's roads, one position each every 10 s (SIMULATOR=off stops them)` : "  The simulator is off",
    ].join("\n"),
  ];
}

const addressLabels = (url: string): string[] => [
  `  No demo here. While the database is empty, set up your shop at ${url}/setup with the code  ${developmentSecrets.SETUP_CODE}`,
];
