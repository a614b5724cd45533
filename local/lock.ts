import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

type Held = { pid: number; group: number; port: number };

/**
 * Two runtimes on one set of database files lose data: so one holds the folder. A leftover of ours whose
 * launcher died (its workerd goes on serving) is ended by its process group; a live one is left alone.
 */
export function holdFolder(dataDir: string, port: number): () => void {
  fs.mkdirSync(dataDir, { recursive: true });
  const file = path.join(dataDir, "running.json");
  const held = read(file);
  if (held) {
    if (isOurs(held.pid)) throw new Error(`BayTrack already runs on ${dataDir} (process ${held.pid}, port ${held.port}). Stop it first, or set DATA_DIR to another folder.`);
    endLeftover(held.group);
  }
  fs.writeFileSync(file, JSON.stringify({ pid: process.pid, group: process.pid, port } satisfies Held));
  return () => {
    if (read(file)?.pid === process.pid) fs.rmSync(file, { force: true });
  };
}

function read(file: string): Held | null {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")) as Held; // written by this file alone
  } catch {
    return null;
  }
}

const commandOf = (pid: number): string => spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout ?? commandFromProc(pid);

function commandFromProc(pid: number): string {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

/** Process numbers are used again: only a process that runs this launcher is taken for one. */
const isOurs = (pid: number): boolean => /local\/(start|dev)\.ts|vite/.test(commandOf(pid));

function endLeftover(group: number): void {
  for (const pid of membersOf(group)) {
    if (!/workerd|node/.test(commandOf(pid))) continue;
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It ended by itself.
    }
  }
}

function membersOf(group: number): number[] {
  const listed = spawnSync("ps", ["-A", "-o", "pid=,pgid="], { encoding: "utf8" }).stdout;
  if (listed) {
    return listed
      .split("\n")
      .map((line) => line.trim().split(/\s+/).map(Number))
      .flatMap(([pid, pgid]) => (pid && pgid === group ? [pid] : []));
  }
  return fs
    .readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => groupFromProc(pid) === group);
}

function groupFromProc(pid: number): number {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[2]);
  } catch {
    return 0;
  }
}
