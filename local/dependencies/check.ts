import fs from "node:fs";
import { vulnerabilitiesIn } from "./known-vulnerable.ts";
import { isPermitted, licenseList } from "./licenses.ts";
import { installedPackages } from "./lock-file.ts";

const file = new URL("../../docs/third-party.md", import.meta.url);
const installed = installedPackages();
const list = licenseList(installed);
if (process.argv.includes("--write")) fs.writeFileSync(file, list);

const problems = [
  ...vulnerabilitiesIn(installed),
  ...installed.filter(({ isProduction, license }) => isProduction && !isPermitted(license)).map(({ path, license }) => `${path}: license ${license}`),
  ...(fs.existsSync(file) && fs.readFileSync(file, "utf8") === list ? [] : ["docs/third-party.md is out of date: node local/dependencies/check.ts --write"]),
];
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
