import { spawn } from "node:child_process";

type Step = { name: string; command: string; args: string[] };

// What no test runs: form, lint, generated types, types, who may import whom, unused code, known-vulnerable packages and licenses.
const steps: Step[] = [
  { name: "format and lint", command: "biome", args: ["check", "--error-on-warnings", "."] },
  { name: "types of the bindings", command: "wrangler", args: ["types", "--include-runtime=false", "--check"] },
  { name: "types", command: "tsc", args: ["--noEmit"] },
  { name: "boundaries", command: "vitest", args: ["run", "--project", "rules", "tests/rules"] },
  { name: "unused code", command: "knip", args: ["--no-progress"] },
  { name: "dependencies", command: process.execPath, args: ["local/dependencies/check.ts"] },
];

const wanted = process.argv.slice(2);
let failed = 0;
for (const step of steps.filter(({ name }) => wanted.length === 0 || wanted.some((filter) => name.includes(filter)))) {
  const startedAt = performance.now();
  const { status, output } = await run(step);
  process.stdout.write(`${status === 0 ? "ok    " : "FAILED"}  ${step.name}  (${((performance.now() - startedAt) / 1_000).toFixed(1)} s)\n`);
  if (status === 0) continue;
  failed += 1;
  process.stdout.write(`${output}\n`);
}
process.exitCode = failed === 0 ? 0 : 1;

function run({ command, args }: Step): Promise<{ status: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env: { ...process.env, WRANGLER_SEND_METRICS: "false", CI: "1" }, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
    child.on("error", (cause) => resolve({ status: 1, output: `${command}: ${cause.message}` }));
    child.on("close", (status) => resolve({ status, output }));
  });
}
