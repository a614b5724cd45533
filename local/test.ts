import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

type Count = { passed: number; failed: number; skipped: number };

// `npm test -- --project rules app/kernel`: what follows goes to vitest as it is.
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "baytrack-count-"));
const file = path.join(folder, "count.json");
const vitest = spawn(process.execPath, ["node_modules/vitest/vitest.mjs", "run", ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, BAYTRACK_COUNT: file, WRANGLER_SEND_METRICS: "false", CLOUDFLARE_CF_FETCH_ENABLED: "false" },
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => vitest.kill(signal));
vitest.on("exit", (code) => {
  const count = read();
  // A run that ends badly without a failed test has failed all the same.
  if (code !== 0 && count.failed === 0) count.failed = 1;
  fs.rmSync(folder, { recursive: true, force: true });
  const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : "";
  process.stdout.write(`${count.passed} passed, ${count.failed} failed${skipped}\n`);
  process.exitCode = count.failed === 0 ? 0 : 1;
});

function read(): Count {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")) as Count; // written by tests/setup/count.ts
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
