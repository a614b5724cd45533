import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { buildApp } from "./build.ts";

// `npm run deploy -- --env …` hands what follows to wrangler's deploy. docs/deploy.md lists what it needs.
const toWrangler = process.argv.slice(2);
try {
  refuseDevelopment();
  buildApp({ development: false, report: (message) => process.stdout.write(`  ${message} …\n`) });
  // Tables before the code that uses them: a migration never breaks what runs (docs/deploy.md).
  for (const database of ["DIRECTORY", "TENANTS"]) wrangler("d1", "migrations", "apply", database, "--remote", ...environmentOf(toWrangler));
  wrangler("deploy", ...toWrangler);
} catch (cause) {
  process.stderr.write(`\n${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exitCode = 1;
}

function wrangler(...args: string[]): void {
  const { status } = spawnSync("wrangler", args, { stdio: "inherit" });
  if (status !== 0) throw new Error(`wrangler ${args.slice(0, 3).join(" ")} failed; nothing after it was done.`);
}

/** Databases of the same environment as the Worker. */
function environmentOf(args: string[]): string[] {
  const at = args.findIndex((arg) => arg === "--env" || arg === "-e");
  return at === -1 ? [] : args.slice(at, at + 2);
}

function refuseDevelopment(): void {
  const text = fs.readFileSync("wrangler.toml", "utf8");
  if (/^\s*ENVIRONMENT\s*=|_BASE_URL\s*=/m.test(text))
    throw new Error("wrangler.toml sets ENVIRONMENT or a base URL. A deployment is production and calls the providers themselves.");
  if (/database_id\s*=\s*"0{8}-/.test(text))
    throw new Error("wrangler.toml still has placeholder database ids. See docs/deploy.md for creating the databases.");
}
