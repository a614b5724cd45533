import { spawnSync } from "node:child_process";
import fs from "node:fs";

// Before the first release there is one migration per database; a folder that is missing is made anew under its fixed name.
for (const database of ["directory", "tenant"]) {
  const name = fs.existsSync(`migrations/${database}`) ? [] : ["--name", "initial"];
  const { status } = spawnSync("drizzle-kit", ["generate", "--config", `drizzle.${database}.config.ts`, ...name], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
