import fs from "node:fs";
import path from "node:path";
import { installedBrowser } from "../../local/browser.ts";
import { buildApp } from "../../local/build.ts";
import { freePort, type Runtime, startRuntime } from "../../local/runtime.ts";

// A process of its own, so that the other tests run while the app is built: `node tests/browser/apps.ts <folder> <how many>`.
// It leaves word in the folder, and ends when whoever started it is gone.

const [folder = "", count = "1"] = process.argv.slice(2);
const running: Runtime[] = [];
process.once("disconnect", async () => {
  setTimeout(() => process.exit(1), 10_000).unref();
  await Promise.all(running.map((runtime) => runtime.stop()));
  process.exit(0);
});

/** A copy of the app on files of its own, with the demo's shops. The simulator never drives in tests. */
async function startApp(modules: ReturnType<typeof buildApp>["modules"], name: string): Promise<string> {
  const runtime = await startRuntime({ port: await freePort(), dataDir: path.join(folder, name), app: { modules, assets: true } });
  running.push(runtime);
  await runtime.seed();
  return runtime.url;
}

function say(label: object): void {
  // Whole or not at all: it is read as soon as it is there.
  fs.writeFileSync(path.join(folder, "word.part"), JSON.stringify(label));
  fs.renameSync(path.join(folder, "word.part"), path.join(folder, "word.json"));
}

try {
  await installedBrowser();
  const { modules } = buildApp({ development: true, report: () => {} });
  const baseUrls: string[] = [];
  for (let at = 1; at <= Number(count); at++) baseUrls.push(await startApp(modules, `app-${at}`));
  say({ baseUrls });
} catch (cause) {
  // Reported by each test, rather than ending the whole run.
  say({ fault: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) });
}
