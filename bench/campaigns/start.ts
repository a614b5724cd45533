import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { eventually } from "../../local/people.ts";
import { freePort } from "../../local/runtime.ts";

export const journeys = ["SIGINT", "SIGTERM", "second start", "launcher killed", "both killed"] as const;
export type Journey = (typeof journeys)[number];
type Facts = Record<string, boolean | number | null>;
export type StartResult = {
  seen: Facts;
  wanted: Facts;
  /** Whether something was left to be cleared away; had nothing been, the journey would prove nothing. */
  control?: boolean;
};

const LONGEST = 240_000;

/** The processes of `npm start`: they end together, and never are two of them on one folder. */
export async function start(journey: Journey): Promise<StartResult> {
  const environment = groundOf();
  try {
    if (journey === "second start") return await secondStart(environment);
    if (journey === "launcher killed") return await launcherKilled(environment);
    if (journey === "both killed") return await bothKilled(environment);
    return await ended(environment, journey);
  } finally {
    await environment.remove();
  }
}

type BenchEnvironment = ReturnType<typeof groundOf>;

async function ended({ start, launcherOf, isHeld }: BenchEnvironment, signal: "SIGINT" | "SIGTERM"): Promise<StartResult> {
  const { bootstrap, port, saying, output } = await start();
  await saying(/Ready in/);
  const served = await serves(port);
  const group = launcherOf();
  const hadWorkerd = groupOf(group).some(({ command }) => command.includes("workerd"));
  bootstrap.kill(signal);
  const [code] = await once(bootstrap, "exit");
  const left = await leftOf(group);
  const seen = { served, hadWorkerd, saidStopping: /Stopping/.test(output()), code, left, serves: await serves(port), held: isHeld() };
  return { seen, wanted: { served: true, hadWorkerd: true, saidStopping: true, code: 0, left: 0, serves: false, held: false } };
}

async function secondStart({ start }: BenchEnvironment): Promise<StartResult> {
  const first = await start();
  await first.saying(/Ready in/);
  const second = await start();
  const [code] = await once(second.bootstrap, "exit");
  const saidWhy = /already runs on .+ Stop it first, or set DATA_DIR/.test(second.output());
  return { seen: { code, saidWhy, serves: await serves(first.port) }, wanted: { code: 1, saidWhy: true, serves: true } };
}

async function launcherKilled({ start, launcherOf }: BenchEnvironment): Promise<StartResult> {
  const { bootstrap, port, saying } = await start();
  await saying(/Ready in/);
  const launcher = launcherOf();
  const exited = once(bootstrap, "exit");
  process.kill(launcher, "SIGKILL");
  const [code] = await exited;
  const left = await leftOf(launcher);
  return { seen: { failed: code !== 0, left, serves: await serves(port) }, wanted: { failed: true, left: 0, serves: false } };
}

/** What is left then is ended by the next start. */
async function bothKilled({ start, launcherOf }: BenchEnvironment): Promise<StartResult> {
  const { bootstrap, port, saying } = await start();
  await saying(/Ready in/);
  const launcher = launcherOf();
  bootstrap.kill("SIGKILL");
  process.kill(launcher, "SIGKILL");
  const [leftover] = groupOf(launcher).filter(({ command }) => command.includes("workerd"));
  const again = await start();
  await again.saying(/Ready in/);
  const lives = groupOf(launcher).some(({ pid }) => pid === leftover?.pid);
  return {
    seen: { lives, serves: await serves(port), servesAgain: await serves(again.port) },
    wanted: { lives: false, serves: false, servesAgain: true },
    control: leftover !== undefined,
  };
}

function groundOf() {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "baytrack-start-"));
  const held = path.join(dataDir, "running.json");
  const started: ChildProcess[] = [];
  return {
    /** The launcher leads a group of its own, which its workerd belongs to. */
    launcherOf: (): number => (JSON.parse(fs.readFileSync(held, "utf8")) as { pid: number }).pid,
    isHeld: () => fs.existsSync(held),
    async start() {
      const port = await freePort();
      const bootstrap = spawn(process.execPath, ["local/bootstrap.mjs", "local/start.ts"], {
        env: { ...process.env, NODE_ENV: "", VITEST: "", PORT: String(port), DATA_DIR: dataDir, SIMULATOR: "off", TZ: "UTC" },
        stdio: ["ignore", "pipe", "pipe"],
      });
      started.push(bootstrap);
      let said = "";
      for (const stream of [bootstrap.stdout, bootstrap.stderr]) stream?.on("data", (text) => (said += text));
      const hasEnded = () => bootstrap.exitCode !== null || bootstrap.signalCode !== null;
      const saying = async (message: RegExp) => {
        await eventually(async () => message.test(said) || hasEnded(), `${message} in what npm start prints`, LONGEST).catch((cause) => {
          throw new Error(`${cause.message}. It printed:\n${said}`);
        });
        if (!message.test(said)) throw new Error(`npm start ended before it printed ${message}. It printed:\n${said}`);
      };
      return { bootstrap, port, output: () => said, saying };
    },
    async remove(): Promise<void> {
      const isUp = (child: ChildProcess) => child.exitCode === null && child.signalCode === null;
      const exits = started.filter(isUp).map((child) => once(child, "exit"));
      for (const child of started.filter(isUp)) child.kill("SIGTERM");
      await Promise.all(exits);
      fs.rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const serves = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/healthz`).then(
    (answer) => answer.ok,
    () => false,
  );

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

/** How many processes of a group are left, once it had its time to end. */
async function leftOf(group: number): Promise<number> {
  await eventually(async () => groupOf(group).length === 0, "the group to end").catch(() => {});
  return groupOf(group).length;
}
