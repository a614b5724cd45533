import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { buildApp } from "../../local/build.ts";
import { freePort, type Runtime, startRuntime } from "../../local/runtime.ts";

export type App = { baseUrl: string; dataDir: string; runtime: Runtime; stop(): Promise<void> };

/** A copy of the app of its own, on files of its own: with the demo's organizations, or empty. The simulator never drives in tests. */
export async function startApp({ seeded }: { seeded: boolean }): Promise<App> {
  const { modules } = buildApp({ development: true, report: () => {} });
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "baytrack-test-"));
  const runtime = await startRuntime({ port: await freePort(), dataDir, app: { modules, assets: true } });
  if (seeded) await runtime.seed();
  return {
    baseUrl: runtime.url,
    dataDir,
    runtime,
    async stop() {
      await runtime.stop();
      fs.rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
