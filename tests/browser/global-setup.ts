import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** The file that tells where the apps answer, once they do. */
    apps: string;
  }
}

/** Begins to build and start an app for each process that runs tests. Nobody waits for it here: tests/browser/app.ts does. */
export default function setUp(project: TestProject): () => Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "baytrack-test-"));
  const apps = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "tests/browser/apps.ts", folder, String(project.config.maxWorkers)], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  project.provide("apps", path.join(folder, "word.json"));
  return async () => {
    if (apps.exitCode === null && apps.signalCode === null) {
      apps.disconnect();
      await once(apps, "exit");
    }
    fs.rmSync(folder, { recursive: true, force: true });
  };
}
