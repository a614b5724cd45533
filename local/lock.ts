import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

type Held = { pid: number; startedAt: string; group: number; port: number };

/**
 * Two runtimes on one set of database files lose data: so one holds the folder. A leftover of ours whose
 * launcher died (its workerd goes on serving) is ended by its process group; a live one is left alone.
 */
export function holdFolder(dataDir: string, port: number): () => void {
  fs.mkdirSync(dataDir, { recursive: true });
  const file = path.join(dataDir, "running.json");
  const me = processOf(process.pid);
  if (!me) throw new Error("This system tells nothing about its processes: neither /proc nor ps is there.");
  const held = JSON.stringify({ pid: process.pid, startedAt: me.startedAt, group: me.group, port } satisfies Held);
  if (!tryWrite(file, held)) {
    const other = read(file);
    if (other && isRunning(other))
      throw new Error(`BayTrack already runs on ${dataDir} (process ${other.pid}, port ${other.port}). Stop it first, or set DATA_DIR to another folder.`);
    if (other) endLeftover(other);
    fs.rmSync(file, { force: true });
    if (!tryWrite(file, held)) throw new Error(`BayTrack is just being started on ${dataDir} by another command.`);
  }
  return () => {
    if (read(file)?.pid === process.pid) fs.rmSync(file, { force: true });
  };
}

/** False where the file is there already: the file system decides between two starts at once. */
function tryWrite(file: string, text: string): boolean {
  try {
    fs.writeFileSync(file, text, { flag: "wx" });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw cause;
  }
}

function read(file: string): Held | null {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")) as Held; // written by this file alone
  } catch {
    return null;
  }
}

/** Process numbers are used again, so the moment of its start tells whether it is still that process. */
const isRunning = ({ pid, startedAt }: Held): boolean => processOf(pid)?.startedAt === startedAt;

function endLeftover({ pid: launcher, group, startedAt }: Held): void {
  // Numbers are used again: after a restart of the machine, or where another process now leads that group, nothing of ours is left.
  if (bootOf(startedAt) !== bootOf(processOf(process.pid)?.startedAt ?? "") || (group === launcher && processOf(group))) return;
  for (const seen of processes()) {
    if (seen.group !== group || !/workerd/.test(seen.command)) continue;
    try {
      process.kill(seen.pid, "SIGKILL");
    } catch {
      // It ended by itself.
    }
  }
}

type Seen = { pid: number; group: number; command: string; startedAt: string };

const hasProc = fs.existsSync("/proc/self/stat");
const bootId = (): string => fs.readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
/** With /proc a start is "<boot> <ticks>"; with ps it is a date. */
const bootOf = (startedAt: string): string => (hasProc ? (startedAt.split(" ")[0] ?? "") : "");

function processes(): Seen[] {
  const pids = hasProc ? fs.readdirSync("/proc").filter((entry) => /^\d+$/.test(entry)) : ps("-A", "-o", "pid=").trim().split(/\s+/);
  return pids.flatMap((pid) => processOf(Number(pid)) ?? []);
}

function processOf(pid: number): Seen | null {
  return hasProc ? processFromProc(pid) : processFromPs(pid);
}

function processFromProc(pid: number): Seen | null {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name before ")" may hold spaces; state, parent and group follow, and the start is the 20th after it.
    const [state, , group, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (state === "Z") return null;
    return { pid, group: Number(group), command: fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " "), startedAt: `${bootId()} ${rest[16]}` };
  } catch {
    return null;
  }
}

function processFromPs(pid: number): Seen | null {
  const [group, ...rest] = ps("-o", "pgid=,lstart=,command=", "-p", String(pid)).trim().split(/\s+/);
  // lstart is five words: Mon Nov 21 10:00:00 2033.
  return group ? { pid, group: Number(group), startedAt: rest.slice(0, 5).join(" "), command: rest.slice(5).join(" ") } : null;
}

const ps = (...args: string[]): string => spawnSync("ps", args, { encoding: "utf8", env: { ...process.env, LC_ALL: "C" } }).stdout ?? "";
