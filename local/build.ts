import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { buildServiceWorkers } from "./build-service-worker.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { shrunkPackage } from "./shrunk-package.ts";

const INPUTS = ["app", "workers", "party", "public", "vite.config.ts", "react-router.config.ts", "wrangler.toml", "package-lock.json", "tsconfig.json"];
const STAMP = "build/.made-from";
const HELD = "node_modules/.cache/baytrack/building";

export type Built = { modules: { type: "ESModule"; path: string; contents: string }[] };

type Wish = { development: boolean; report(message: string): void };

/** Builds the app into one Worker, unless the last build was made from the same files. Two commands at once make one build. */
export const buildApp = (wish: Wish): Built => oneAtATime(HELD, () => build(wish));

function build({ development, report }: Wish): Built {
  const source = `${fingerprint()} ${development}`;
  if (!fs.existsSync(STAMP) || fs.readFileSync(STAMP, "utf8") !== source) {
    fs.rmSync("build", { recursive: true, force: true });
    report("Building the pages");
    run("react-router", ["build"], { BAYTRACK_DEV_ROUTES: development ? "1" : "" });
    buildServiceWorkers("build/client");
    report("Bundling the Worker");
    placePackages();
    run("wrangler", ["deploy", "--dry-run", "--outdir", "build/worker"], {});
    fs.writeFileSync(STAMP, source);
  }
  const modules = fs
    .readdirSync("build/worker", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".js"))
    .sort((a, b) => Number(b === "app.js") - Number(a === "app.js"))
    .map((file) => ({ type: "ESModule" as const, path: file, contents: fs.readFileSync(path.join("build/worker", file), "utf8") }));
  return { modules };
}

/** What wrangler.toml has in place of large packages. Wrangler itself keeps names and spaces, for readable stack traces of our own code. */
function placePackages(): void {
  for (const name of ["square", "pdf-lib", "fontkit"] as const) fs.copyFileSync(shrunkPackage(name), `build/${name}.js`);
}

function run(command: string, args: string[], env: Record<string, string>): void {
  const done = spawnSync(command, args, {
    encoding: "utf8",
    env: { ...process.env, ...env, NODE_ENV: "production", WRANGLER_SEND_METRICS: "false", CLOUDFLARE_CF_FETCH_ENABLED: "false", CI: "1" },
  });
  if (done.status !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${done.stdout}\n${done.stderr}`);
}

function fingerprint(): string {
  const hash = createHash("sha256");
  for (const file of INPUTS.flatMap(filesOf).sort()) hash.update(file).update("\0").update(fs.readFileSync(file)).update("\0");
  return hash.digest("hex");
}

function filesOf(entry: string): string[] {
  if (fs.statSync(entry).isFile()) return [entry];
  return fs
    .readdirSync(entry, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && !file.name.includes(".test."))
    .map((file) => path.join(file.parentPath, file.name));
}
