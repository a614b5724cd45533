import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { freePort } from "../../local/runtime.ts";

// The processes of `npm start`: they end together, and never are two of them on one folder.

let dataDir: string;
let started: ChildProcess[] = [];
beforeEach(() => {
  if ("fault" in inject("app")) throw new Error("the app could not be built; the other tests say why");
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "baytrack-start-"));
});
afterEach(async () => {
  for (const child of started) if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
  await Promise.all(started.map((child) => child.exitCode !== null || child.signalCode !== null || once(child, "exit")));
  started = [];
  fs.rmSync(dataDir, { recursive: true, force: true });
});

type Started = { bootstrap: ChildProcess; port: number; output(): string; waitForOutput(pattern: RegExp): Promise<void> };

async function start(port: number): Promise<Started> {
  const bootstrap = spawn(process.execPath, ["local/bootstrap.mjs", "local/start.ts"], {
    env: { ...process.env, NODE_ENV: "", VITEST: "", PORT: String(port), DATA_DIR: dataDir, SIMULATOR: "off", TZ: "UTC" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(bootstrap);
  let printed = "";
  for (const stream of [bootstrap.stdout, bootstrap.stderr]) stream?.on("data", (text) => (printed += text));
  return { bootstrap, port, output: () => printed, waitForOutput: (pattern) => expect.poll(() => printed, { timeout: 120_000 }).toMatch(pattern) };
}

const serves = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/healthz`).then(
    (answer) => answer.ok,
    () => false,
  );

/** The launcher leads a group of its own, which its workerd belongs to. */
function groupOf(pid: number): { pid: number; command: string }[] {
  return fs.readdirSync("/proc").flatMap((entry) => {
    try {
      const stat = fs.readFileSync(`/proc/${entry}/stat`, "utf8");
      const [state, , group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return Number(group) === pid && state !== "Z" ? [{ pid: Number(entry), command: fs.readFileSync(`/proc/${entry}/cmdline`, "utf8") }] : [];
    } catch {
      return [];
    }
  });
}

const launcherOf = (): number => (JSON.parse(fs.readFileSync(path.join(dataDir, "running.json"), "utf8")) as { pid: number }).pid;

test.each(["SIGINT", "SIGTERM"] as const)("%s ends everything, with exit status 0", async (signal) => {
  const { bootstrap, port, waitForOutput, output } = await start(await freePort());
  await waitForOutput(/Ready in/);
  expect(await serves(port)).toBe(true);
  const group = launcherOf();
  expect(groupOf(group).some(({ command }) => command.includes("workerd"))).toBe(true);
  bootstrap.kill(signal);
  const [code] = await once(bootstrap, "exit");
  expect(output()).toMatch(/Stopping/);
  expect(code).toBe(0);
  await expect.poll(() => groupOf(group)).toEqual([]);
  expect(await serves(port)).toBe(false);
  expect(fs.existsSync(path.join(dataDir, "running.json"))).toBe(false);
});

test("a second start on the same folder is refused in words and disturbs nothing", async () => {
  const first = await start(await freePort());
  await first.waitForOutput(/Ready in/);
  const second = await start(await freePort());
  const [code] = await once(second.bootstrap, "exit");
  expect(code).toBe(1);
  expect(second.output()).toMatch(/already runs on .+ Stop it first, or set DATA_DIR/);
  expect(await serves(first.port)).toBe(true);
});

test("a launcher that is killed takes its runtime along", async () => {
  const { bootstrap, port, waitForOutput } = await start(await freePort());
  await waitForOutput(/Ready in/);
  const launcher = launcherOf();
  process.kill(launcher, "SIGKILL");
  const [code] = await once(bootstrap, "exit");
  expect(code).not.toBe(0);
  await expect.poll(() => groupOf(launcher)).toEqual([]);
  expect(await serves(port)).toBe(false);
});

test("what is left when both are killed is ended by the next start", async () => {
  const { bootstrap, port, waitForOutput } = await start(await freePort());
  await waitForOutput(/Ready in/);
  const launcher = launcherOf();
  bootstrap.kill("SIGKILL");
  process.kill(launcher, "SIGKILL");
  const [leftover] = groupOf(launcher).filter(({ command }) => command.includes("workerd"));
  const again = await start(await freePort());
  await again.waitForOutput(/Ready in/);
  expect(groupOf(launcher).filter(({ pid }) => pid === leftover?.pid)).toEqual([]);
  expect(await serves(port)).toBe(false);
  expect(await serves(again.port)).toBe(true);
});
