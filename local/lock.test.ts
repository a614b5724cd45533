import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { holdFolder } from "./lock.ts";

let folder: string;
let started: ChildProcess[] = [];
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "baytrack-lock-"));
});
afterEach(() => {
  for (const { pid } of started) if (pid) endGroup(pid);
  started = [];
  fs.rmSync(folder, { recursive: true, force: true });
});

function endGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Ended already.
  }
}

/** A launcher that holds the folder, with something called workerd in its group. */
async function launcher(): Promise<{ pid: number; runtime: number }> {
  const script = `
    const { holdFolder } = await import("./local/lock.ts");
    const { spawn } = await import("node:child_process");
    holdFolder(${JSON.stringify(folder)}, 1234);
    const runtime = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", "workerd"], { stdio: "ignore" });
    console.log(runtime.pid);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { detached: true, stdio: ["ignore", "pipe", "inherit"] });
  started.push(child);
  const [text] = (await once(child.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
  return { pid: child.pid ?? 0, runtime: Number(text.toString()) };
}

const runs = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(fs.existsSync(`/proc/${pid}/status`) ? fs.readFileSync(`/proc/${pid}/status`, "utf8") : "");
  } catch {
    return false;
  }
};
const heldBy = () => (JSON.parse(fs.readFileSync(path.join(folder, "running.json"), "utf8")) as { pid: number }).pid;

test("a folder is held until it is given back", () => {
  const release = holdFolder(folder, 1);
  expect(heldBy()).toBe(process.pid);
  release();
  expect(fs.existsSync(path.join(folder, "running.json"))).toBe(false);
});

test("while one runs, a second start on its folder is refused in words, and nothing of it is touched", async () => {
  const { pid, runtime } = await launcher();
  expect(() => holdFolder(folder, 1)).toThrow(
    `BayTrack already runs on ${folder} (process ${pid}, port 1234). Stop it first, or set DATA_DIR to another folder.`,
  );
  expect([runs(pid), runs(runtime), heldBy()]).toEqual([true, true, pid]);
});

test("what a killed launcher left running is ended by the next start", async () => {
  const { pid, runtime } = await launcher();
  process.kill(pid, "SIGKILL");
  await expect.poll(() => runs(pid)).toBe(false);
  expect(runs(runtime)).toBe(true);
  holdFolder(folder, 1);
  await expect.poll(() => runs(runtime)).toBe(false);
  expect(heldBy()).toBe(process.pid);
});

test("a process that has only the number of the one before is neither waited for nor ended", async () => {
  const { pid, runtime } = await launcher();
  const file = path.join(folder, "running.json");
  const held = JSON.parse(fs.readFileSync(file, "utf8")) as object;
  fs.writeFileSync(file, JSON.stringify({ ...held, startedAt: "another start" }));
  holdFolder(folder, 1);
  expect([runs(pid), runs(runtime)]).toEqual([true, true]);
});

test("a file that a crash cut short does not keep anybody out", () => {
  fs.writeFileSync(path.join(folder, "running.json"), '{"pid":');
  holdFolder(folder, 1);
  expect(heldBy()).toBe(process.pid);
});
