import { buildApp } from "./build.ts";
import { holdFolder } from "./lock.ts";
import { startRuntime } from "./runtime.ts";
import { demo, developmentSecrets } from "./settings.ts";
import { startSimulator } from "./simulator/simulator.ts";

const CRON_EVERY = 60_000;
const port = Number(process.env.PORT ?? 8787);
const dataDir = process.env.DATA_DIR ?? ".data";
const https = process.argv.includes("--https");
const startedAt = performance.now();
const say = (words: string) => process.stdout.write(`  ${words} …\n`);

process.stdout.write("BayTrack\n");
try {
  const release = holdFolder(dataDir, port);
  process.once("exit", release);
  const built = buildApp({ development: true, say });
  say("Starting the runtime and its databases");
  const runtime = await startRuntime({ port, dataDir, https, app: { modules: built.modules, assets: true } });
  const seeded = process.env.SEED === "none" ? "none" : await seed();
  const cron = setInterval(() => runtime.scheduled().catch((cause) => console.error("cron failed:", cause)), CRON_EVERY);
  const simulator = seeded !== "none" && process.env.SIMULATOR !== "off" ? startSimulator({ baseUrl: runtime.url, ingestKey: demo.ingestKey, devices: northlineDevices() }) : null;
  tell();

  async function seed(): Promise<string> {
    say("Looking for demo data");
    return runtime.seed();
  }

  let stopping: Promise<void> | null = null;
  const stop = () => {
    stopping ??= (async () => {
      process.stdout.write("\nStopping …\n");
      clearInterval(cron);
      await simulator?.stop();
      await runtime.stop();
      process.exit(0);
    })();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  // Without its launcher nobody could stop this one.
  const launcher = process.ppid;
  setInterval(() => process.ppid !== launcher && stop(), 2_000).unref();

  function tell(): void {
    const lines = [
      "",
      `Ready in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`,
      "",
      `  Shop             ${runtime.url}/`,
      `  Customer portal  ${runtime.url}/portal`,
      `  Vendor portal    ${runtime.url}/vendor-portal`,
      `  Driver portal    ${runtime.url}/driver-portal`,
      `  Mail that would have been sent  ${runtime.url}/dev/mailbox`,
      "",
      ...(seeded === "none"
        ? [`  Empty database. Set up your shop at ${runtime.url}/setup with the code  ${developmentSecrets.SETUP_CODE}`]
        : [
            `  Demo sign-ins (password: ${demo.password})`,
            ...demo.people.map(([who, email, where]) => `    ${email.padEnd(22)} ${who.padEnd(26)} ${where}`),
            `  Tracker address  ${runtime.url}/api/telematics/osmand/${demo.ingestKey}?id=NL-101&lat=41.65&lon=-87.48`,
            simulator ? "  12 trucks drive the demo's roads, one position each every 10 s (SIMULATOR=off stops them)" : "  The simulator is off",
          ]),
      "",
      "  Ctrl-C stops it.",
      "",
    ];
    process.stdout.write(`${lines.join("\n")}\n`);
  }
} catch (cause) {
  process.stderr.write(`\n${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exit(1);
}

function northlineDevices(): string[] {
  return Array.from({ length: 12 }, (_, at) => `NL-${101 + at}`);
}
