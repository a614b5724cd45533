import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** A server in a process group of its own. It ends itself when this process is gone. */
export type Server<Ready> = {
  ready: Ready;
  /** Of the leader, which is the group's number too. */
  pid: number;
  /** What serves: the leader's workerd processes, or the leader itself where it has none. */
  serving(): number[];
  ask<T>(what: string, ...args: unknown[]): Promise<T>;
  /** SIGKILL to workerd alone; its parent lives. */
  killWorkerd(): void;
  /** SIGKILL to the whole group. */
  killGroup(): Promise<void>;
  stop(): Promise<void>;
};

type Answer = { id: number; value?: unknown; fault?: string };
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) kill(-(child.pid ?? 0), "SIGKILL");
});

/** Starts a script that tells `{ id: 0, value }` when it serves and answers `{ id, what, args }` from then on. */
export async function startServer<Ready>(script: string, options: unknown, { quiet = false } = {}): Promise<Server<Ready>> {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", path.join(import.meta.dirname, script)], {
    detached: true,
    stdio: ["ignore", quiet ? "ignore" : "inherit", quiet ? "ignore" : "inherit", "ipc"],
    env: { ...process.env, BENCH_OPTIONS: JSON.stringify(options), WRANGLER_SEND_METRICS: "false", CLOUDFLARE_CF_FETCH_ENABLED: "false" },
  });
  running.add(child);
  const pid = child.pid as number;
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const pending = new Map<number, { resolve(value: unknown): void; reject(cause: Error): void }>();
  let asked = 0;
  const answered = new Promise<unknown>((resolve, reject) => pending.set(0, { resolve, reject }));
  child.on("message", ({ id, value, fault }: Answer) => {
    const one = pending.get(id);
    pending.delete(id);
    if (fault === undefined) one?.resolve(value);
    else one?.reject(new Error(fault));
  });
  child.once("exit", (code) => {
    running.delete(child);
    for (const { reject } of pending.values()) reject(new Error(`${script} ended with ${code}`));
    pending.clear();
  });
  const ready = (await answered) as Ready;
  return {
    ready,
    pid,
    serving() {
      const workers = workerdOf(pid);
      return workers.length > 0 ? workers : [pid];
    },
    ask<T>(what: string, ...args: unknown[]) {
      const id = ++asked;
      return new Promise<T>((resolve, reject) => {
        pending.set(id, { resolve: resolve as (value: unknown) => void, reject });
        child.send({ id, what, args }, (cause) => cause && reject(cause));
      });
    },
    killWorkerd() {
      for (const worker of workerdOf(pid)) kill(worker, "SIGKILL");
    },
    async killGroup() {
      kill(-pid, "SIGKILL");
      await gone;
    },
    async stop() {
      if (child.connected) child.disconnect();
      const forced = setTimeout(() => kill(-pid, "SIGKILL"), 5_000);
      await gone;
      clearTimeout(forced);
      kill(-pid, "SIGKILL");
    },
  };
}

/** The other side: serves questions until the parent is gone, then ends. */
export function serveParent(handlers: Record<string, (...args: never[]) => unknown>, end: () => Promise<void>): (ready: unknown) => void {
  process.on("message", async ({ id, what, args }: { id: number; what: string; args: never[] }) => {
    try {
      process.send?.({ id, value: await handlers[what]?.(...args) });
    } catch (cause) {
      process.send?.({ id, fault: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) });
    }
  });
  process.once("disconnect", async () => {
    setTimeout(() => process.exit(1), 4_000).unref();
    await end().catch(() => {});
    process.exit(0);
  });
  return (ready) => process.send?.({ id: 0, value: ready });
}

export const optionsOfParent = <T>(): T => JSON.parse(process.env.BENCH_OPTIONS ?? "{}") as T;

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    if (pid !== 0) process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
}

/** Children of that process which are workerd. */
export function workerdOf(parent: number): number[] {
  return fs
    .readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
        const [state, its] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        return state !== "Z" && Number(its) === parent && stat.includes("(workerd)");
      } catch {
        return false;
      }
    });
}

/**
 * Milliseconds on a core so far, of all threads: what utime + stime round to 10 ms,
 * read from the scheduler's own account in nanoseconds.
 */
export function cpuMs(pids: readonly number[]): number {
  let nanoseconds = 0;
  for (const pid of pids) {
    for (const thread of fs.readdirSync(`/proc/${pid}/task`)) {
      try {
        nanoseconds += Number(fs.readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]);
      } catch {
        // A thread that ended between the two reads.
      }
    }
  }
  return nanoseconds / 1e6;
}

/** Milliseconds that all cores together have worked so far, for whomever. */
function machineMs(): number {
  const [user, nice, system, , , irq, softirq, steal] = fs.readFileSync("/proc/stat", "utf8").split("\n", 1)[0]?.split(/\s+/).slice(1).map(Number) ?? [];
  return [user, nice, system, irq, softirq, steal].reduce<number>((sum, ticks) => sum + (ticks ?? 0), 0) * 10;
}

/** How much of a core everybody else used since it was made: what the machine did, less this process and these. */
export function neighbours(pids: () => readonly number[]): () => number {
  const mine = () => (process.cpuUsage().user + process.cpuUsage().system) / 1_000 + cpuMs(pids());
  const [at, machine, own] = [performance.now(), machineMs(), mine()];
  return () => Math.max(0, machineMs() - machine - (mine() - own)) / (performance.now() - at);
}
